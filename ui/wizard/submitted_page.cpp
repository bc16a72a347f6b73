#include "ui/wizard/submitted_page.h"

#include "downloads/download_queue.h"
#include "jobs/job_texts.h"
#include "orders/order_texts.h"
#include "preparation/wizard_context.h"
#include "restore/restore_texts.h"
#include "session/session.h"
#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/notice.h"
#include "ui/look/stage_widgets.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/time_text.h"
#include "ui/wizard/submitted_agents.h"
#include "ui/wizard/submitted_jobs_model.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <QWizard>

#include <algorithm>

namespace tidemark {

static constexpr double sideBySide = 190; ///< units of width from which jobs and agents stand beside each other

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
    : HeadedPage(parent)
    , m_context(context)
    , m_downloads(downloads)
    , m_title(new ElidedLabel(Qt::ElideMiddle))
    , m_summary(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_status(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_chip(new Chip)
    , m_stages(new StageStrip)
    , m_note(new NoticePanel)
    , m_model(new SubmittedJobsModel([&context](const RestoreJob &job) { return partName(context.session(), job); },
                                     [&downloads](const JobId &job) { return downloadOf(downloads, job); },
                                     [this](const RestoreJob &job) { return chipOfJob(job); }, this))
    , m_table(new QTableView)
    , m_tableSetup(new ItemViewSetup(m_table, m_model, tableOptions(), context.settings()))
    , m_agents(new SubmittedAgents)
    , m_agentsPart(makeAgents())
    , m_download(new QPushButton(tr("&Download now")))
    , m_parts(new QBoxLayout(QBoxLayout::LeftToRight))
{
    setFinalPage(true);
    m_note->setObjectName(QStringLiteral("submittedNote"));
    m_download->setObjectName(QStringLiteral("downloadNow"));
    m_download->setAutoDefault(false);
    m_download->setEnabled(false);
    m_download->setIcon(lookIcon(QStringLiteral("download")));

    m_parts->addWidget(makeJobs(), 5);
    m_parts->addWidget(m_agentsPart, 6);
    auto *foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(m_download);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeHead());
    layout->addLayout(m_parts, 1);
    layout->addWidget(m_note);
    layout->addLayout(foot);
    keepMeasures(this, [this, layout] {
        layout->setSpacing(u(3));
        m_parts->setSpacing(u(3));
        m_table->setMinimumHeight(m_tableSetup->heightFor(3));
        m_download->setIconSize(QSize(u(5), u(5)));
        m_download->setMinimumHeight(u(8));
    });

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

QWidget *SubmittedPage::makeHead()
{
    m_summary->setObjectName(QStringLiteral("submittedSummary"));
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_status->setObjectName(QStringLiteral("submittedStatus"));
    keepFont(m_title, TypeRole::Heading);
    keepInk(m_title, Ink::Text);
    auto *head = new Panel(4);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_chip);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins({});
    layout->addLayout(top);
    layout->addWidget(m_summary);
    layout->addWidget(m_status);
    layout->addWidget(m_stages);
    keepMeasures(head, [layout] { layout->setSpacing(u(1.5)); });
    return head;
}

QWidget *SubmittedPage::makeJobs()
{
    m_table->setObjectName(QStringLiteral("submittedJobs"));
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    QLabel *label = labelFor(tr("Restore &jobs"), m_table);
    keepFont(label, TypeRole::Strong);
    layout->addWidget(label);
    layout->addWidget(m_table, 1);
    return part;
}

QWidget *SubmittedPage::makeAgents()
{
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addWidget(new LookLabel(tr("Agents"), TypeRole::Strong));
    layout->addWidget(m_agents, 1);
    return part;
}

ChipData SubmittedPage::chipOfJob(const RestoreJob &job) const
{
    const JobGroup *group = m_context.session().jobs().group(m_key);
    return group != nullptr ? chipOf(jobState(*group, job, m_context.now())) : ChipData();
}

void SubmittedPage::setOrder(const PendingOrder &order, const std::vector<RestoreJob> &jobs)
{
    m_key = jobs.front().batch.isEmpty() ? jobs.front().id.value : jobs.front().batch.value;
    m_mode = order.mode;
    m_point = pointText(order.point, order.pointTime, utcLocalLine);
    setHead(tr("Submitted"), isAutomated(m_mode)
                                 ? tr("The restore has been ordered. It is followed here and under Restore jobs.")
                                 : tr("The download link has been ordered. It is followed here and under Restore "
                                      "jobs."));
    m_lostAnswer.clear();
    if (order.status < 200 || order.status > 299)
        m_lostAnswer = answeredText(order);
    m_expectedJobs = size_t(std::max(order.expectedJobs, 1));
    m_title->setText(order.clusterName);
    m_summary->setText(modeName(m_mode));
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
    m_agentsPart->setVisible(isAutomated(m_mode));
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

/// They are dated by this machine's clock.
QDateTime SubmittedPage::agentsRead(const ProjectId &project) const
{
    Session &session = m_context.session();
    for (const JobsReading &reading : session.jobs().readings()) {
        if (reading.cluster.isEmpty() && reading.project == project && reading.lastGood.isValid())
            return reading.lastGood.addMSecs(session.clock().now().msecsTo(m_context.now()));
    }
    return {};
}

QString SubmittedPage::summary() const
{
    QString text = tr("%1, %2").arg(modeName(m_mode), m_point);
    if (!m_lostAnswer.isEmpty())
        text += QLatin1Char('\n') + m_lostAnswer;
    return text;
}

void SubmittedPage::showGroup(const JobGroup &group)
{
    const QDateTime now = m_context.now();
    const StageLine line = stages(group, now);
    m_model->setJobs(group.jobs);
    m_title->setText(group.targetClusterName.isEmpty() ? group.clusterName
                                                       : tr("%1 → %2").arg(group.clusterName, group.targetClusterName));
    m_summary->setText(summary());
    m_chip->setChip(chipOf(line));
    m_stages->setStages(line.stages);
    m_status->setText(groupStatusText(group, now));
    m_status->setVisible(m_status->text() != line.word); // the chip says it
    if (!isAutomated(m_mode)) {
        showDownload(group);
        return;
    }
    m_agents->show(line, group.agents, agentsRead(group.targetProject));
    m_note->say(NoticeKind::Note, tr("You may close this window."),
                tr("The restore goes on by itself and is followed under Restore jobs. A finished job has merely been "
                   "handed over to the agents. The data are in place when their goal has risen since the order and "
                   "every process has reached it."));
}

void SubmittedPage::showDownload(const JobGroup &group)
{
    const QDateTime now = m_context.now();
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
    offerDownload(allReady && anyWanted);
    if (!anyWanted)
        m_note->say(NoticeKind::Note, tr("In the queue under Downloads."),
                    tr("There it is verified, and goes on when this window is closed."));
    else if (group.jobs.size() < m_expectedJobs)
        m_note->say(NoticeKind::Note, tr("%1 of %2 jobs are on the list so far.")
                                          .arg(QString::number(group.jobs.size()), QString::number(m_expectedJobs)));
    else if (allReady)
        m_note->say(NoticeKind::Good, tr("Ready: the archives can be downloaded now."));
    else
        m_note->say(NoticeKind::Note, groupDeliveryText(group, now));
}

/// The default button while it can be pressed, and Close otherwise.
void SubmittedPage::offerDownload(bool canBe)
{
    if (canBe == m_download->isEnabled())
        return;
    m_download->setEnabled(canBe);
    m_download->setAutoDefault(canBe);
    auto *close = wizard() != nullptr ? qobject_cast<QPushButton *>(wizard()->button(QWizard::FinishButton)) : nullptr;
    if (canBe)
        m_download->setDefault(true);
    else if (close != nullptr)
        close->setDefault(true);
}

void SubmittedPage::resizeEvent(QResizeEvent *event)
{
    HeadedPage::resizeEvent(event);
    m_parts->setDirection(width() < u(sideBySide) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void SubmittedPage::showEvent(QShowEvent *event)
{
    HeadedPage::showEvent(event);
    m_countdown.start();
    showJobs();
}

void SubmittedPage::hideEvent(QHideEvent *event)
{
    HeadedPage::hideEvent(event);
    m_countdown.stop();
}

} // namespace tidemark
