#include "ui/jobs/jobs_tab.h"

#include "downloads/download_queue.h"
#include "jobs/job_json.h"
#include "session/reading_texts.h"
#include "session/repeat_restore.h"
#include "session/session.h"
#include "session/undo_restore.h"
#include "ui/jobs/job_actions.h"
#include "ui/jobs/job_advice_panel.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/jobs/job_pane.h"
#include "ui/jobs/jobs_empty.h"
#include "ui/jobs/jobs_filter.h"
#include "ui/jobs/jobs_model.h"
#include "ui/jobs/pending_orders_view.h"
#include "ui/jobs/report_saver.h"
#include "ui/jobs/unlisted_restores_view.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/pane_splitter.h"
#include "ui/widgets/reading_line.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/window_size.h"

#include <QAction>
#include <QMenu>
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
                        // What these say stands in the second lines and in the pane.
                        {JobsModel::PointColumn, QStringLiteral("point"), 0, false},
                        {JobsModel::DeliveryColumn, QStringLiteral("delivery"), 20, false},
                        {JobsModel::ExpiryColumn, QStringLiteral("linkExpires"), 0, false},
                        {JobsModel::DownloadsColumn, QStringLiteral("downloadsAllowed"), 0, false},
                        {JobsModel::HashColumn, QStringLiteral("hash"), 0, false},
                        {JobsModel::CreatedColumn, QStringLiteral("created"), 0, false}},
            .sort = ItemSort{JobsModel::CreatedColumn, Qt::DescendingOrder}};
}

} // namespace

JobsTab::JobsTab(const DownloadQueue &downloads, const Clock &clock, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_downloads(downloads)
    , m_machineClock(clock)
    , m_clock(clock)
    , m_model(new JobsModel(m_clock, this))
    , m_filter(new JobsFilter(*m_model, this))
    , m_actions(new JobActions(m_clock, this))
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_filter, viewOptions(), settings))
    , m_filterBox(new FilterEdit(tr("Filter restore jobs"), m_view))
    , m_pane(new JobPane)
    , m_advice(new JobAdvicePanel(*m_actions))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(QStringLiteral("history")))
    , m_message(new MessageBar)
    , m_saved(new SavedFileBar)
    , m_reports(new ReportSaver(downloads, m_clock, m_message, m_saved, this))
    , m_reading(new ReadingLine)
    , m_pending(new PendingOrdersView(settings))
    , m_unlisted(new UnlistedRestoresView(settings))
{
    m_message->setObjectName(QStringLiteral("jobsMessage"));
    setUpView();
    m_pages->addWidget(m_empty);
    auto *side = new QWidget;
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins({});
    sideLayout->addWidget(m_pane, 1);
    sideLayout->addWidget(m_advice);
    m_pages->addWidget(new PaneSplitter(m_view, side));
    auto *body = new QWidget;
    auto *below = new QVBoxLayout(body);
    below->setContentsMargins({});
    below->addWidget(m_pages, 1);
    // Below the list, whose rows thus stay where the pointer is when something is said.
    for (QWidget *said : std::initializer_list<QWidget *>{m_reading, m_pending, m_unlisted, m_message, m_saved})
        below->addWidget(said);
    makeScrollable(*body);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeButtons());
    layout->addWidget(body, 1);

    connect(m_reading, &ReadingLine::tryAgain, this, &JobsTab::readAgain);
    connect(m_empty, &EmptyState::buttonClicked, this, &JobsTab::onEmptyButton);
    connect(m_actions, &JobActions::downloadRequested, this, &JobsTab::downloadRequested);
    connect(m_actions, &JobActions::repeatRequested, this, [this](const QString &key) { prepare(key, repeatedDraft); });
    connect(m_actions, &JobActions::undoRequested, this, [this](const QString &key) { prepare(key, undoDraft); });
    connect(m_actions, &JobActions::jsonRequested, this, &JobsTab::showJson);
    connect(m_actions, &JobActions::reportRequested, m_reports, &ReportSaver::choose);
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

void JobsTab::readAgain()
{
    if (!m_session)
        return;
    m_session->catalogue().read();
    m_session->jobs().refreshNow();
}

void JobsTab::onEmptyButton()
{
    switch (m_emptyDoes) {
    case JobsEmpty::Do::AddConnection:
        Q_EMIT connectionsRequested();
        break;
    case JobsEmpty::Do::ClearFilter:
        m_filterBox->clear();
        break;
    case JobsEmpty::Do::ReadAgain:
        readAgain();
        break;
    case JobsEmpty::Do::NewRestore:
        Q_EMIT newRestoreRequested();
        break;
    case JobsEmpty::Do::Nothing:
        break;
    }
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
        m_session->safety().disconnect(this);
    }
    m_session = session;
    m_reports->setSession(session);
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
        for (const auto show : {&JobsTab::showReading, &JobsTab::showPage})
            connect(&session->catalogue(), &Catalogue::stateChanged, this, show);
        connect(&session->catalogue(), &Catalogue::projectsChanged, this, &JobsTab::showPage);
        connect(&session->safety(), &SafetyTaker::changed, this, &JobsTab::onSelectionChanged);
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
    const QModelIndex source = m_model->indexOf(groupKey);
    if (source.isValid() && !m_filter->mapFromSource(source).isValid())
        m_filterBox->clear(); // a filter from earlier must not hide what is looked for now
    const QModelIndex index = m_filter->mapFromSource(source);
    if (!index.isValid())
        return;
    m_view->setCurrentIndex(index);
    m_view->expand(index);
    m_view->scrollTo(index);
}

const std::vector<QAction *> &JobsTab::actions() const
{
    return m_actions->actions();
}

std::vector<QAction *> JobsTab::orderActions() const
{
    std::vector<QAction *> actions = m_pending->actions();
    actions.push_back(nullptr);
    actions.push_back(m_unlisted->stopAction());
    return actions;
}

void JobsTab::selectJob(const JobId &id)
{
    if (!m_session)
        return;
    for (const JobGroup &group : m_session->jobs().groups()) {
        if (std::ranges::find(group.jobs, id, &RestoreJob::id) != group.jobs.end()) {
            select(group.key);
            return;
        }
    }
}

std::vector<ListAge> JobsTab::listAges() const
{
    std::vector<ListAge> ages;
    if (!m_session)
        return ages;
    // Read by this machine's clock, shown by the server's.
    const qint64 ahead = m_machineClock.now().msecsTo(m_clock.now());
    for (const JobsReading &reading : m_session->jobs().readings()) {
        if (!reading.cluster.isEmpty() && reading.lastGood.isValid())
            ages.push_back({reading.lastGood.addMSecs(ahead), reading.interval});
    }
    return ages;
}

void JobsTab::showPage()
{
    if (const JobsModel::Counts counts = m_model->counts(); counts != m_counts) {
        m_counts = counts;
        Q_EMIT countsChanged(counts.running, counts.failed);
    }
    if (m_filter->rowCount() > 0) {
        m_pages->setCurrentIndex(1);
        return;
    }
    const JobsEmpty empty = jobsEmpty(m_session, m_opening, m_model->rowCount(), m_read);
    m_empty->say(empty.texts);
    m_emptyDoes = empty.button;
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
    const UndoOffer undo =
        group && m_session ? undoOffer(*group, m_session->safety().ofRestore(group->jobs), m_clock.now()) : UndoOffer();
    m_actions->setSelection(group, m_model->job(index), undo.whyNot);
    if (group && m_session)
        m_pane->show(jobPaneFacts(*group, m_downloads.downloads(), m_session->connection().name, m_clock.now(),
                                  m_session->jobs().agentsOf(group->targetProject)));
    else
        m_pane->clear();
    m_advice->advise(group, undo.to, m_clock.now());
}

void JobsTab::prepare(const QString &groupKey, RestoreDraft (*draftOf)(const JobGroup &, const Session &))
{
    if (const JobGroup *group = m_session ? m_session->jobs().group(groupKey) : nullptr)
        Q_EMIT restoreRequested(draftOf(*group, *m_session));
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
/// painting the visible cells of three columns; the model has nothing to say.
void JobsTab::updateCountdowns()
{
    m_model->timePassed();
    for (const int column :
         {int(JobsModel::StatusColumn), int(JobsModel::DeliveryColumn), int(JobsModel::ExpiryColumn)})
        m_viewSetup->repaintColumn(column);
    onSelectionChanged(); // a link that has just expired can no longer be used
    showPage();           // and what ended is not under way
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

} // namespace tidemark
