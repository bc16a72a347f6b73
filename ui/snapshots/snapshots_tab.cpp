#include "ui/snapshots/snapshots_tab.h"

#include "base/later.h"
#include "session/reading_texts.h"
#include "session/repeat_restore.h"
#include "session/session.h"
#include "ui/look/empty_state.h"
#include "ui/look/keep.h"
#include "ui/snapshots/snapshot_details.h"
#include "ui/snapshots/snapshot_rows.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/pane_splitter.h"
#include "ui/widgets/reading_line.h"
#include "ui/widgets/seen_press.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/wizard/snapshots_model.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

/// Those of the wizard, with what stands in a second line here hidden at first.
ItemViewOptions viewOptions()
{
    ItemViewOptions options = snapshotViewOptions();
    options.name = QStringLiteral("snapshotsTab");
    for (ItemColumn &column : options.columns)
        column.isShown = column.section != SnapshotsModel::CreatedLocal && column.section != SnapshotsModel::Warnings;
    return options;
}

} // namespace

SnapshotsTab::SnapshotsTab(const Clock &clock, QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_model(new SnapshotsModel(this))
    , m_sorted(new SnapshotRows(m_model))
    , m_download(makeAction(tr("Download &this snapshot…"), QStringLiteral("downloadSnapshot"), Qt::CTRL | Qt::Key_D))
    , m_restore(makeAction(tr("R&estore this snapshot…"), QStringLiteral("restoreSnapshot"), {}))
    , m_projects(new QComboBox)
    , m_clusters(new QComboBox)
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_sorted, viewOptions(), settings))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(QStringLiteral("snapshot")))
    , m_details(new SnapshotDetails)
    , m_message(new MessageBar)
    , m_readingLine(new ReadingLine)
{
    m_message->setObjectName(QStringLiteral("snapshotsMessage"));
    setUpView();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(new PaneSplitter(m_view, m_details));

    auto *actions = new ActionRow;
    actions->addAction(m_download);
    actions->addAction(m_restore);
    actions->addStretch();
    auto *body = new QWidget;
    auto *below = new QVBoxLayout(body);
    below->setContentsMargins({});
    below->addWidget(makeChoice());
    below->addWidget(m_pages, 1);
    // Below the list, whose rows thus stay where the pointer is when something is said.
    below->addWidget(m_readingLine);
    below->addWidget(m_message);
    makeScrollable(*body);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(actions);
    layout->addWidget(body, 1);

    connectWhileSeen(m_download, this, this, [this] { request(RestoreMode::DownloadSnapshot); });
    connectWhileSeen(m_restore, this, this, [this] { request(RestoreMode::AutomatedSnapshot); });
    connect(m_empty, &EmptyState::buttonClicked, this, &SnapshotsTab::onEmptyButton);
    connect(m_readingLine, &ReadingLine::tryAgain, this, [this] { m_session->catalogue().read(); });
    m_tick.setInterval(std::chrono::seconds(5));
    connect(&m_tick, &QTimer::timeout, this, [this] { m_model->setNow(m_clock.now()); }); // ages
    onSelectionChanged();
    showPage();
}

SnapshotsTab::~SnapshotsTab() = default;

QAction *SnapshotsTab::makeAction(const QString &text, const QString &objectName, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
}

QWidget *SnapshotsTab::makeChoice()
{
    auto *row = new QWidget;
    auto *fields = new WrapLayout(row);
    const auto add = [fields](const QString &text, QComboBox *combo, const QString &objectName) {
        combo->setObjectName(objectName);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // no name widens the window
        combo->setMinimumContentsLength(24);
        fields->addWidget(besideLabel(text, combo));
    };
    add(tr("&Project"), m_projects, QStringLiteral("snapshotsProject"));
    add(tr("&Cluster"), m_clusters, QStringLiteral("snapshotsCluster"));
    connect(m_projects, &QComboBox::currentIndexChanged, this, &SnapshotsTab::fillClusters);
    connect(m_clusters, &QComboBox::currentIndexChanged, this, &SnapshotsTab::read);
    return row;
}

void SnapshotsTab::setUpView()
{
    m_view->setObjectName(QStringLiteral("snapshots"));
    m_view->setAccessibleName(tr("Snapshots"));
    m_view->setRootIsDecorated(false);
    m_viewSetup->setDefaultAction(m_download);
    m_viewSetup->setMenu([this](QMenu &menu) { menu.addActions({m_download, m_restore}); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SnapshotsTab::onSelectionChanged);
}

void SnapshotsTab::setOpening(const QString &connectionName)
{
    m_opening = connectionName;
    showPage();
}

void SnapshotsTab::setSession(Session *session)
{
    if (m_session)
        m_session->catalogue().disconnect(this);
    m_session = session;
    m_clock.follow(session ? &session->client() : nullptr);
    m_shown = {};
    m_model->setSnapshots({});
    if (session) {
        connect(&session->catalogue(), &Catalogue::projectsChanged, this, &SnapshotsTab::fillProjects);
        connect(&session->catalogue(), &Catalogue::clustersChanged, this, [this](const ProjectId &changed) {
            if (changed == project())
                fillClusters();
        });
        connect(&session->catalogue(), &Catalogue::stateChanged, this, &SnapshotsTab::showReading);
    }
    fillProjects();
    onSelectionChanged();
    showReading();
}

void SnapshotsTab::showReading()
{
    const CatalogueState state = m_session ? m_session->catalogue().state() : CatalogueState{};
    m_readingLine->say(m_session ? QStringList{catalogueText(state)} : QStringList(), state.lastError.has_value());
    showPage();
}

void SnapshotsTab::refresh()
{
    if (isVisible())
        read();
    else
        m_isStale = true;
}

void SnapshotsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model->setNow(m_clock.now());
    m_tick.start();
    if (m_isStale || m_shown != cluster())
        read();
}

void SnapshotsTab::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QWidget::hideEvent(event);
}

void SnapshotsTab::fillProjects()
{
    const ProjectId before = project();
    {
        const QSignalBlocker blocker(m_projects);
        m_projects->clear();
        if (m_session) {
            for (const Project &known : m_session->catalogue().projects())
                m_projects->addItem(known.name, known.id.value);
            const ProjectId preferred = before.isEmpty() ? m_session->connection().defaultProject : before;
            m_projects->setCurrentIndex(std::max(0, m_projects->findData(preferred.value)));
        }
    }
    fillClusters();
}

void SnapshotsTab::fillClusters()
{
    const ClusterId before = cluster();
    {
        const QSignalBlocker blocker(m_clusters);
        m_clusters->clear();
        if (const std::vector<Cluster> *clusters = m_session ? m_session->catalogue().clusters(project()) : nullptr) {
            for (const Cluster &known : *clusters)
                m_clusters->addItem(known.name, known.id.value);
        }
        m_clusters->setCurrentIndex(std::max(0, m_clusters->findData(before.value)));
    }
    if (isVisible() && (before != cluster() || m_shown != cluster()))
        read();
    else
        leaveOther();
}

/// A list that is not seen is not read, but what it has is no longer of the chosen cluster.
void SnapshotsTab::leaveOther()
{
    if (m_shown != cluster()) {
        ++m_reading; // nor is what is still being read
        m_isReading = false;
        m_shown = {};
        m_model->setSnapshots({});
        onSelectionChanged();
    }
    showPage();
}

ProjectId SnapshotsTab::project() const
{
    return ProjectId(m_projects->currentData().toString());
}

ClusterId SnapshotsTab::cluster() const
{
    return ClusterId(m_clusters->currentData().toString());
}

void SnapshotsTab::read()
{
    const quint64 number = ++m_reading;
    const ClusterId wanted = cluster();
    m_isReading = m_session && !wanted.isEmpty();
    m_isStale = false;
    if (m_shown != wanted) {
        m_model->setSnapshots({});
        onSelectionChanged();
    }
    m_shown = wanted;
    m_message->clear();
    m_failure.reset();
    showPage();
    if (!m_isReading)
        return;
    whenDone(this, m_session->client().snapshots(project(), wanted),
             [this, number, wanted](const Result<std::vector<Snapshot>> &snapshots) {
                 if (number != m_reading)
                     return;
                 m_isReading = false;
                 if (snapshots)
                     onRead(wanted, *snapshots);
                 else
                     onFailed(snapshots.error());
                 showPage();
             });
}

void SnapshotsTab::onRead(const ClusterId &cluster, const std::vector<Snapshot> &snapshots)
{
    const Snapshot *before = current();
    const SnapshotId selected = before ? before->id : SnapshotId();
    m_model->setSnapshots(snapshots);
    m_model->setNow(m_clock.now());
    m_readAt = m_clock.now();
    m_shown = cluster;
    m_view->setCurrentIndex(m_sorted->mapFromSource(m_model->indexOf(selected)));
    onSelectionChanged();
}

std::vector<ListAge> SnapshotsTab::listAges() const
{
    return m_model->rowCount() > 0 ? std::vector<ListAge>{{m_readAt, {}}} : std::vector<ListAge>();
}

void SnapshotsTab::onFailed(const Error &error)
{
    m_failure = error;
    if (m_model->rowCount() == 0)
        return; // said in their place
    m_message->ask(MessageBar::Kind::Error, error.sentence + QLatin1Char(' ') + error.hint,
                   {{tr("Try again"), [this] { read(); }}});
}

void SnapshotsTab::showPage()
{
    if (m_model->rowCount() > 0) {
        m_pages->setCurrentIndex(1);
        return;
    }
    m_empty->say(emptyTexts());
    m_pages->setCurrentIndex(0);
}

EmptyTexts SnapshotsTab::emptyTexts() const
{
    const QString warning = QStringLiteral("warning");
    if (!m_session && !m_opening.isEmpty())
        return {tr("Opening %1…").arg(m_opening), {}, {}, QStringLiteral("connections")};
    if (!m_session)
        return {tr("No connection"), tr("Snapshots are listed once a connection is open."), tr("Add a connection…"),
                QStringLiteral("connections")};
    if (m_session->catalogue().projects().empty() || !m_session->catalogue().clusters(project())) {
        const Error *error = m_session->catalogue().projectsError();
        error = error ? error : m_session->catalogue().clustersError(project());
        if (!error && m_session->catalogue().state().projectsRead && m_session->catalogue().projects().empty())
            return {tr("No projects that this key may see"),
                    tr("Give the key a role in a project, or use another connection."),
                    tr("Try again"),
                    {}};
        return error ? EmptyTexts{tr("The clusters could not be read"),
                                  error->sentence + QLatin1Char(' ') + error->hint, tr("Try again"), warning}
                     : EmptyTexts{tr("Reading projects and clusters…"), {}, {}, {}};
    }
    if (cluster().isEmpty())
        return {tr("No cluster in this project"), tr("Choose another project."), {}, {}};
    if (m_failure)
        return {tr("The snapshots could not be read"),
                tr("There may be some. %1").arg(m_failure->sentence + QLatin1Char(' ') + m_failure->hint),
                tr("Try again"), warning};
    if (m_isReading)
        return {tr("Reading the snapshots…"), {}, {}, {}};
    return {
        tr("No snapshots of this cluster"),
        tr("Its backup may be off, or the first snapshot is not complete yet. Choose another cluster, or look at the "
           "backup's state in Cloud Manager."),
        tr("Read again"),
        {}};
}

void SnapshotsTab::onEmptyButton()
{
    if (!m_session) {
        Q_EMIT connectionsRequested();
        return;
    }
    if (!m_session->catalogue().clusters(project()))
        m_session->catalogue().read();
    read();
}

const Snapshot *SnapshotsTab::current() const
{
    return m_model->snapshot(m_sorted->mapToSource(selectedRow(m_view)));
}

void SnapshotsTab::onSelectionChanged()
{
    const Snapshot *shown = current();
    const QString whyNot = !shown            ? tr("Select a snapshot first.")
                           : shown->complete ? QString()
                                             : tr("This snapshot is not complete: it cannot be restored.");
    for (QAction *action : {m_download, m_restore}) {
        action->setEnabled(whyNot.isEmpty());
        action->setToolTip(whyNot);
    }
    if (shown)
        m_details->show(*shown);
    else
        m_details->clear();
}

void SnapshotsTab::request(RestoreMode mode)
{
    const Snapshot *chosen = current();
    if (chosen && m_session && m_shown == cluster())
        Q_EMIT restoreRequested(snapshotDraft(project(), cluster(), chosen->id, mode, *m_session));
}

} // namespace tidemark
