#include "ui/jobs/jobs_tab.h"

#include "base/background.h"
#include "downloads/download_queue.h"
#include "jobs/job_json.h"
#include "session/job_report.h"
#include "session/reading_texts.h"
#include "session/session.h"
#include "ui/jobs/job_actions.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/jobs/job_pane.h"
#include "ui/jobs/jobs_filter.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/pending_orders_view.h"
#include "ui/jobs/report_file.h"
#include "ui/jobs/unlisted_restores_view.h"
#include "ui/look/metrics.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/reading_line.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/selection.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QRegularExpression>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

ItemViewOptions viewOptions()
{
    return {.name = QStringLiteral("jobs"),
            .columns = {{JobsModel::ClusterColumn, QStringLiteral("cluster")},
                        {JobsModel::ModeColumn, QStringLiteral("mode")},
                        {JobsModel::TargetColumn, QStringLiteral("target")},
                        {JobsModel::StatusColumn, QStringLiteral("status"), 24},
                        {JobsModel::PointColumn, QStringLiteral("point")},
                        {JobsModel::DeliveryColumn, QStringLiteral("delivery"), 20},
                        {JobsModel::ExpiryColumn, QStringLiteral("linkExpires")},
                        {JobsModel::DownloadsColumn, QStringLiteral("downloadsAllowed")},
                        {JobsModel::HashColumn, QStringLiteral("hash")},
                        {JobsModel::CreatedColumn, QStringLiteral("created")}},
            .sort = ItemSort{JobsModel::CreatedColumn, Qt::DescendingOrder}};
}

bool isAnyListUnread(const std::vector<JobsReading> &readings)
{
    return std::ranges::any_of(readings, [](const JobsReading &one) { return one.error && !one.cluster.isEmpty(); });
}

} // namespace

JobsTab::JobsTab(const DownloadQueue &downloads, const Clock &clock, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_downloads(downloads)
    , m_clock(clock)
    , m_model(new JobsModel(m_clock, this))
    , m_filter(new JobsFilter(*m_model, this))
    , m_actions(new JobActions(m_clock, this))
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_filter, viewOptions(), settings))
    , m_filterBox(new FilterEdit(tr("Filter restore jobs"), m_view))
    , m_beside(new QSplitter)
    , m_pane(new JobPane)
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyPage)
    , m_message(new MessageBar)
    , m_saved(new SavedFileBar)
    , m_reading(new ReadingLine)
    , m_pending(new PendingOrdersView(settings))
    , m_unlisted(new UnlistedRestoresView(settings))
{
    m_message->setObjectName(QStringLiteral("jobsMessage"));
    setUpView();
    m_pages->addWidget(m_empty);
    m_beside->addWidget(m_view);
    m_beside->addWidget(m_pane);
    m_beside->setStretchFactor(0, 1);
    m_beside->setChildrenCollapsible(false);
    m_pages->addWidget(m_beside);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeButtons());
    layout->addWidget(m_pages, 1);
    // Below the list, whose rows thus stay where the pointer is when something is said.
    for (QWidget *below : std::initializer_list<QWidget *>{m_reading, m_pending, m_unlisted, m_message, m_saved})
        layout->addWidget(below);

    connect(m_reading, &ReadingLine::tryAgain, this, [this] {
        m_session->catalogue().read();
        m_session->jobs().refreshNow();
    });
    connect(m_empty, &EmptyPage::buttonClicked, this, [this] {
        if (!m_session)
            Q_EMIT connectionsRequested();
        else if (m_model->rowCount() > 0)
            m_filterBox->clear();
        else
            Q_EMIT newRestoreRequested();
    });
    connect(m_actions, &JobActions::downloadRequested, this, &JobsTab::downloadRequested);
    connect(m_actions, &JobActions::repeatRequested, this, &JobsTab::repeatRequested);
    connect(m_actions, &JobActions::jsonRequested, this, &JobsTab::showJson);
    connect(m_actions, &JobActions::reportRequested, this, &JobsTab::chooseReportFile);
    connect(m_actions, &JobActions::stopFollowingRequested, this, [this](const QString &key) {
        const Result<bool> stopped = m_session ? m_session->stopFollowing(key) : Result<bool>(false);
        if (!stopped)
            m_message->say(MessageBar::Kind::Error, stopped.error().sentence + QLatin1Char(' ') + stopped.error().hint);
    });
    connect(m_actions, &JobActions::linkCopied, this, [this] {
        m_message->say(MessageBar::Kind::Information,
                       tr("The link is on the clipboard. Whoever has it can download the archive until it expires."));
    });
    connect(m_pending, &PendingOrdersView::jsonRequested, this, &JobsTab::showJsonDialog);
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &JobsTab::updateCountdowns);
    showPage();
}

/// The list asks for the time as long as it is seen and has rows; the clock ends before it does.
JobsTab::~JobsTab()
{
    hide();
    m_model->clear();
}

QWidget *JobsTab::makeButtons()
{
    m_filterBox->setObjectName(QStringLiteral("jobsFilter"));
    m_filterBox->setToolTip(tr("Shows the restores with this text in any column, or with this id."));
    connect(m_filterBox, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        showPage();
    });
    m_viewSetup->rememberFilter(m_filterBox);

    auto *row = new ActionRow;
    for (QAction *action : m_actions->actions())
        row->addAction(action);
    row->addStretch();
    row->addWidget(m_filterBox);
    return row;
}

void JobsTab::setUpView()
{
    m_view->setObjectName(QStringLiteral("jobs"));
    m_view->setAccessibleName(tr("Restore jobs"));
    m_viewSetup->setDefaultAction(m_actions->showJson()); // the one that only shows
    m_viewSetup->setMenu([this](QMenu &menu) {
        for (QAction *action : m_actions->actions())
            menu.addAction(action);
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JobsTab::onSelectionChanged);
}

void JobsTab::setOpening(const QString &connectionName)
{
    m_opening = connectionName;
    showPage();
}

void JobsTab::setSession(Session *session)
{
    if (m_session) {
        m_session->jobs().disconnect(this);
        m_session->catalogue().disconnect(this);
    }
    m_session = session;
    m_clock.follow(session ? &session->client() : nullptr);
    m_pending->setDesk(session ? &session->orders() : nullptr, [session] { return session->client().serverNow(); });
    m_unlisted->setSession(session);
    m_read = false;
    m_model->clear();
    if (session) {
        connect(&session->jobs(), &JobMonitor::groupsChanged, this, &JobsTab::update);
        connect(&session->jobs(), &JobMonitor::refreshed, this, [this] {
            m_read = true;
            showReading();
            showPage();
        });
        connect(&session->jobs(), &JobMonitor::refreshFailed, this, [this] {
            showReading();
            showPage();
        });
        connect(&session->catalogue(), &Catalogue::stateChanged, this, &JobsTab::showReading);
        connect(&session->catalogue(), &Catalogue::projectsChanged, this, &JobsTab::showPage);
        update({});
    }
    onSelectionChanged();
    showReading();
    showPage();
}

/// What the list does not show although it may be there.
void JobsTab::showReading()
{
    if (!m_session) {
        m_reading->say({}, false);
        return;
    }
    const CatalogueState &catalogue = m_session->catalogue().state();
    const QString jobs = jobsText(m_session->jobs().readings());
    m_reading->say({catalogueText(catalogue), jobs}, catalogue.lastError.has_value() || !jobs.isEmpty());
}

void JobsTab::update(const QStringList &changedKeys)
{
    const JobMonitor &jobs = m_session->jobs();
    std::vector<const JobGroup *> changed;
    for (const QString &key : changedKeys)
        changed.push_back(jobs.group(key));
    const bool sameRows = static_cast<size_t>(m_model->rowCount()) == jobs.groups().size();
    if (!sameRows || !m_model->replace(changed))
        m_model->update(jobs.groups(), changedKeys);
    onSelectionChanged();
    showPage();
}

void JobsTab::select(const QString &groupKey)
{
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(groupKey));
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->expand(index);
    m_view->scrollTo(index);
}

void JobsTab::showPage()
{
    if (m_filter->rowCount() > 0) {
        m_pages->setCurrentIndex(1);
        return;
    }
    if (!m_session && !m_opening.isEmpty()) {
        m_empty->setTexts(tr("Opening %1…").arg(m_opening), {});
    } else if (!m_session) {
        m_empty->setTexts(tr("No connection"),
                          tr("Tidemark needs a connection to Cloud Manager or Ops Manager: an address and an API key."),
                          tr("Add a connection…"));
    } else if (m_model->rowCount() > 0) {
        m_empty->setTexts(tr("Nothing matches the filter"),
                          tr("%n restore jobs are hidden.", nullptr, m_model->rowCount()), tr("Clear the filter"));
    } else if (const Error *error = m_session->catalogue().projectsError()) {
        m_empty->setTexts(tr("The projects could not be read"), error->sentence + QLatin1Char(' ') + error->hint);
    } else if (isAnyListUnread(m_session->jobs().readings())) {
        m_empty->setTexts(tr("The restore jobs could not be read"), tr("There may be some. The reason stands below."));
    } else if (!m_read) {
        m_empty->setTexts(tr("Reading the restore jobs…"), tr("The jobs of every cluster with backups appear here."));
    } else {
        m_empty->setTexts(tr("No restore jobs yet"),
                          tr("Start one: download a snapshot, or restore a cluster to a snapshot or a moment. Jobs "
                             "that are created elsewhere appear here too."),
                          tr("New restore…"));
    }
    m_pages->setCurrentIndex(0);
}

QModelIndex JobsTab::selectedSource() const
{
    return m_filter->mapToSource(selectedRow(m_view));
}

void JobsTab::onSelectionChanged()
{
    const QModelIndex index = selectedSource();
    const JobGroup *group = m_model->group(index);
    m_actions->setSelection(group, m_model->job(index));
    if (group && m_session)
        m_pane->show(jobPaneFacts(*group, m_downloads.downloads(), m_session->connection().name, m_clock.now()));
    else
        m_pane->clear();
}

/// Where there is no room beside the list, the pane stands below it.
void JobsTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_beside->setOrientation(width() < u(250) ? Qt::Vertical : Qt::Horizontal);
}

void JobsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_second.start();
}

void JobsTab::hideEvent(QHideEvent *event)
{
    m_second.stop();
    QWidget::hideEvent(event);
}

/// The words for what is left of a link's life are made when a cell is painted, so counting down is a matter of
/// painting the visible cells of two columns; the model has nothing to say.
void JobsTab::updateCountdowns()
{
    m_model->timePassed();
    for (const int column : {int(JobsModel::DeliveryColumn), int(JobsModel::ExpiryColumn)})
        m_viewSetup->repaintColumn(column);
    onSelectionChanged(); // a link that has just expired can no longer be used
}

void JobsTab::showJson(const QString &groupKey)
{
    const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr;
    if (!group)
        return;
    showJsonDialog(tr("Restore job of %1").arg(group->clusterName), groupJson(*group), jsonNote(*group));
}

void JobsTab::showJsonDialog(const QString &title, const QByteArray &json, const QString &note)
{
    auto *dialog = new JobJsonDialog(title, json, note, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

void JobsTab::chooseReportFile(const QString &groupKey)
{
    const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr;
    if (!group)
        return;
    auto *dialog = new QFileDialog(window(), tr("Save report"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("reportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("PDF (*.pdf)"), tr("Markdown (*.md)"), tr("Plain text (*.txt)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1Char('.'));
        dialog->setDefaultSuffix(filter.mid(dot + 1).remove(QLatin1Char(')')));
    });
    QString name = group->clusterName;
    name.replace(QRegularExpression(QStringLiteral("[^\\w.-]+")), QStringLiteral("_"));
    dialog->selectFile(tr("restore-%1-%2.pdf").arg(name, group->key));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, groupKey](const QString &path) { saveReport(groupKey, path); });
    dialog->open();
}

void JobsTab::saveReport(const QString &groupKey, const QString &path)
{
    const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr;
    if (!group)
        return;
    const JobReport report = jobReport(*group, m_downloads.downloads(), m_session->connection().name, m_clock.now());
    // A thread of its own: a PDF takes a while to make, and the disk may be a network's.
    inOwnThread(
        this, [report, path] { return writeReport(report, path); },
        [this, path](const Result<bool> &written) {
            if (written) {
                m_saved->showSaved(tr("The report is in %1.").arg(QDir::toNativeSeparators(path)), path);
                return;
            }
            m_saved->clear();
            m_message->say(MessageBar::Kind::Error, written.error().sentence + QLatin1Char(' ') + written.error().hint);
        });
}

} // namespace tidemark
