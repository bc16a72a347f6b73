#include "ui/wizard/submitted_page.h"

#include "downloads/download_queue.h"
#include "jobs/job_texts.h"
#include "orders/order_texts.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/wizard/submitted_jobs_model.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

static const Download *downloadOf(const DownloadQueue &queue, const JobId &job)
{
    // The newest one counts: an earlier attempt may still be listed.
    const auto &all = queue.downloads();
    const auto found =
        std::find_if(all.rbegin(), all.rend(), [&job](const Download &download) { return download.source.job == job; });
    return found != all.rend() ? &*found : nullptr;
}

static QString partName(const Session &session, const RestoreJob &job)
{
    const Cluster *cluster = session.catalogue().cluster(job.cluster);
    if (cluster == nullptr)
        return job.clusterName.isEmpty() ? job.cluster.value : job.clusterName;
    if (!cluster->shardName.isEmpty())
        return cluster->shardName;
    return cluster->replicaSetName.isEmpty() ? cluster->name : cluster->replicaSetName;
}

static ItemViewOptions tableOptions()
{
    using Model = SubmittedJobsModel;
    return {.name = QStringLiteral("submittedJobs"),
            .columns = {{Model::Part, QStringLiteral("part")},
                        {Model::Status, QStringLiteral("status")},
                        {Model::DeliveryState, QStringLiteral("delivery")},
                        {Model::Download, QStringLiteral("download")},
                        {Model::LinkExpires, QStringLiteral("linkExpires")},
                        {Model::DownloadsAllowed, QStringLiteral("downloadsAllowed")},
                        {Model::Hash, QStringLiteral("hash")},
                        {Model::File, QStringLiteral("file")}},
            .sort = {}};
}

SubmittedPage::SubmittedPage(WizardContext &context, DownloadQueue &downloads, QWidget *parent)
    : QWizardPage(parent)
    , m_context(context)
    , m_downloads(downloads)
    , m_summary(wrappingLabel())
    , m_status(wrappingLabel())
    , m_note(new FieldHint)
    , m_model(new SubmittedJobsModel([&context](const RestoreJob &job) { return partName(context.session(), job); },
                                     [&downloads](const JobId &job) { return downloadOf(downloads, job); }, this))
    , m_table(new QTableView)
    , m_tableSetup(new ItemViewSetup(m_table, m_model, tableOptions(), context.settings()))
    , m_download(new QPushButton(tr("&Download now")))
{
    setTitle(tr("Submitted"));
    setFinalPage(true);
    m_summary->setObjectName(QStringLiteral("submittedSummary"));
    m_status->setObjectName(QStringLiteral("submittedStatus"));
    QFont bold;
    bold.setBold(true);
    m_status->setFont(bold);
    m_note->setObjectName(QStringLiteral("submittedNote"));
    m_note->setKeepsPlace(false);
    m_download->setObjectName(QStringLiteral("downloadNow"));
    m_download->setAutoDefault(false);
    m_download->setEnabled(false);

    m_table->setObjectName(QStringLiteral("submittedJobs"));

    auto *foot = new QHBoxLayout;
    foot->addWidget(m_note, 1);
    foot->addWidget(m_download, 0, Qt::AlignRight | Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_status);
    layout->addWidget(labelFor(tr("Restore &jobs"), m_table));
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);

    connect(&context.session().jobs(), &JobMonitor::groupsChanged, this, [this](const QStringList &changed) {
        if (changed.contains(m_key))
            showJobs();
    });
    for (const auto signal : {&DownloadQueue::changed, &DownloadQueue::removed, &DownloadQueue::ended})
        connect(&downloads, signal, this, &SubmittedPage::showJobs);
    connect(&downloads, &DownloadQueue::added, this, &SubmittedPage::showJobs);
    connect(m_download, &QPushButton::clicked, this, [this] {
        focusJobs(); // before the button is disabled, which would send the keyboard elsewhere
        Q_EMIT downloadRequested(m_key);
    });
    m_countdown.setInterval(std::chrono::seconds(1));
    connect(&m_countdown, &QTimer::timeout, this, &SubmittedPage::showJobs);
}

void SubmittedPage::setOrder(const PendingOrder &order, const std::vector<RestoreJob> &jobs)
{
    m_key = jobs.front().batch.isEmpty() ? jobs.front().id.value : jobs.front().batch.value;
    m_mode = order.mode;
    setSubTitle(isAutomated(m_mode) ? tr("The restore has been ordered. It is followed here and under Restore jobs.")
                                    : tr("The download link has been ordered. It is followed here and under Restore "
                                         "jobs."));
    m_lostAnswer.clear();
    if (order.status < 200 || order.status > 299)
        m_lostAnswer = answeredText(order);
    m_expectedJobs = size_t(std::max(order.expectedJobs, 1));
    m_summary->setText(tr("%1: %2").arg(order.clusterName, modeName(m_mode)));
    m_model->setKind({isAutomated(m_mode) ? JobKind::Is::ToCluster : JobKind::Is::Download, isAutomated(m_mode), {}});
    m_model->setJobs(jobs);
    showColumns();
    showJobs();
}

void SubmittedPage::showColumns()
{
    // An automated restore has no link that anybody could use.
    for (const int column :
         {SubmittedJobsModel::DeliveryState, SubmittedJobsModel::LinkExpires, SubmittedJobsModel::DownloadsAllowed,
          SubmittedJobsModel::File, SubmittedJobsModel::Hash, SubmittedJobsModel::Download})
        m_tableSetup->setColumnOffered(column, !isAutomated(m_mode));
    m_download->setVisible(!isAutomated(m_mode));
}

void SubmittedPage::focusJobs()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void SubmittedPage::showJobs()
{
    if (m_key.isEmpty() || !isVisible())
        return;
    m_model->setNow(m_context.now());
    if (const JobGroup *group = m_context.session().jobs().group(m_key))
        showGroup(*group);
}

QString SubmittedPage::summary(const JobGroup &group) const
{
    QString text = group.targetClusterName.isEmpty()
                       ? tr("%1: %2, %3").arg(group.clusterName, modeName(m_mode), group.pointText)
                       : tr("%1: %2, %3, to %4")
                             .arg(group.clusterName, modeName(m_mode), group.pointText, group.targetClusterName);
    if (!m_lostAnswer.isEmpty())
        text += QLatin1Char('\n') + m_lostAnswer;
    return text;
}

void SubmittedPage::showGroup(const JobGroup &group)
{
    const QDateTime now = m_context.now();
    m_model->setJobs(group.jobs);
    m_status->setText(groupStatusText(group, now));
    m_summary->setText(summary(group));
    if (isAutomated(m_mode)) {
        m_note->say(FieldHint::Level::Calm,
                    tr("A finished job has merely been handed over to the agents. The data are in place when their "
                       "goal has risen since the order and every process has reached it."));
        return;
    }

    const auto isReady = [&now](const RestoreJob &job) {
        const Delivery &delivery = job.delivery;
        return delivery.status == DeliveryStatus::Ready && delivery.hasLink() &&
               (!delivery.expires.isValid() || delivery.expires > now);
    };
    const auto isWanted = [this](const RestoreJob &job) { return downloadOf(m_downloads, job.id) == nullptr; };
    // A batch's jobs may appear one after the other: whoever downloads some of them has no whole backup.
    const bool allReady =
        group.jobs.size() >= m_expectedJobs && std::all_of(group.jobs.begin(), group.jobs.end(), isReady);
    const bool anyWanted = std::any_of(group.jobs.begin(), group.jobs.end(), isWanted);
    m_download->setEnabled(allReady && anyWanted);
    if (!anyWanted)
        m_note->say(FieldHint::Level::Note,
                    tr("In the queue under Downloads, where it is verified and goes on when this "
                       "window is closed."));
    else if (group.jobs.size() < m_expectedJobs)
        m_note->say(FieldHint::Level::Calm,
                    tr("%1 of %2 jobs are on the list so far.")
                        .arg(QString::number(group.jobs.size()), QString::number(m_expectedJobs)));
    else if (allReady)
        m_note->say(FieldHint::Level::Note, tr("Ready: the archives can be downloaded now."));
    else
        m_note->say(FieldHint::Level::Calm, groupDeliveryText(group, now));
}

void SubmittedPage::showEvent(QShowEvent *event)
{
    QWizardPage::showEvent(event);
    m_countdown.start();
    showJobs();
}

void SubmittedPage::hideEvent(QHideEvent *event)
{
    QWizardPage::hideEvent(event);
    m_countdown.stop();
}

} // namespace tidemark
