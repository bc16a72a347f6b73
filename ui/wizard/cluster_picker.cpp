#include "ui/wizard/cluster_picker.h"

#include "session/reading_texts.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/reading_line.h"
#include "ui/wizard/cluster_keys.h"
#include "ui/wizard/cluster_model.h"
#include "ui/wizard/open_rows.h"

#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

ItemViewOptions viewOptions(const QString &name)
{
    return {.name = name,
            // Type and FCV are second lines of what stands beside them.
            .columns = {{ClusterModel::Name, QStringLiteral("name"), 22},
                        {ClusterModel::Type, QStringLiteral("type"), 0, false},
                        {ClusterModel::Versions, QStringLiteral("versions")},
                        {ClusterModel::Fcv, QStringLiteral("fcv"), 0, false},
                        {ClusterModel::Backup, QStringLiteral("backup")},
                        {ClusterModel::LatestSnapshot, QStringLiteral("latestSnapshot")}},
            .sort = ItemSort{ClusterModel::Name, Qt::AscendingOrder},
            .rowsDiffer = true}; // shards are lower
}

} // namespace

ClusterPicker::ClusterPicker(Session &session, QSettings &settings, const QString &objectName, const QString &label,
                             bool shardsShown, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(
          new ClusterModel([&session](const ClusterId &id) { return session.catalogue().latestSnapshot(id); }, this))
    , m_view(new QTreeView)
{
    m_model->setShardsShown(shardsShown);
    m_view->setObjectName(objectName);
    m_view->setRootIsDecorated(shardsShown);
    // Three clusters are seen in the smallest window: its page is scrolled before the list is squeezed.
    keepMeasures(m_view, [this] { m_view->setMinimumHeight(u(8 + 3 * TwoLines)); });
    m_viewSetup = new ItemViewSetup(m_view, m_model, viewOptions(objectName), settings);
    m_open = new OpenRows(m_view, *m_model);

    m_filter = new FilterEdit(tr("Filter clusters"), m_view);
    new ClusterKeys(m_view, m_filter, *m_model);
    m_load = new LoadView(m_view);
    m_reading = new ReadingLine;
    auto *head = new QHBoxLayout;
    head->addWidget(labelFor(label, m_view));
    head->addStretch(1);
    head->addWidget(m_filter, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(head);
    layout->addWidget(m_load, 1);
    layout->addWidget(m_reading);

    m_seen.setSingleShot(true);
    m_seen.setInterval(50);
    connect(&m_seen, &QTimer::timeout, this, &ClusterPicker::preferSeen);
    listen();
    fill();
    showReading();
}

void ClusterPicker::listen()
{
    Catalogue &catalogue = m_session.catalogue();
    connect(m_filter, &QLineEdit::textChanged, this, &ClusterPicker::setFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClusterPicker::selectionChanged);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_updating = true; });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ClusterPicker::showAnew);
    const auto look = [this] { m_seen.start(); };
    connect(m_view->verticalScrollBar(), &QAbstractSlider::valueChanged, this, look);
    connect(m_view, &QTreeView::expanded, this, look);
    connect(m_view, &QTreeView::collapsed, this, look);
    connect(m_load, &LoadView::retry, &catalogue, &Catalogue::read);
    connect(m_reading, &ReadingLine::tryAgain, &catalogue, &Catalogue::read);
    connect(&catalogue, &Catalogue::projectsChanged, this, &ClusterPicker::fill);
    connect(&catalogue, &Catalogue::stateChanged, this, &ClusterPicker::showReading);
    connect(&catalogue, &Catalogue::clustersChanged, this, &ClusterPicker::fillProject);
    connect(&catalogue, &Catalogue::latestSnapshotChanged, m_model, &ClusterModel::latestSnapshotChanged);
}

void ClusterPicker::setActivate(std::function<void()> activate)
{
    m_viewSetup->setActivate(std::move(activate));
}

void ClusterPicker::focusList()
{
    m_load->focusContent();
}

void ClusterPicker::setProject(const ProjectId &project)
{
    if (project == m_project && !m_isAll)
        return;
    m_isAll = false;
    m_project = project;
    m_chosen = {};
    m_chosenIn = project;
    m_filter->clear();
    fill();
}

void ClusterPicker::setAllProjects()
{
    if (m_isAll)
        return;
    m_isAll = true;
    m_project = {};
    m_filter->clear();
    fill();
}

void ClusterPicker::setLastUsed(const QStringList &ids)
{
    m_model->setLastUsed(ids);
}

void ClusterPicker::setChosen(const ProjectId &project, const ClusterId &cluster)
{
    m_chosenIn = project;
    if (cluster == m_chosen)
        return;
    m_chosen = cluster;
    select();
}

void ClusterPicker::setMarked(const ClusterId &cluster, const QString &mark)
{
    m_model->setMarked(cluster, mark);
}

void ClusterPicker::setNow(const QDateTime &now)
{
    m_model->setNow(now);
    m_viewSetup->repaintColumn(ClusterModel::LatestSnapshot);
}

// What is listed ------------------------------------------------------------------------------------------------------

ClusterSection ClusterPicker::section(const Project &project) const
{
    const Catalogue &catalogue = m_session.catalogue();
    const std::vector<Cluster> *clusters = catalogue.clusters(project.id);
    const Error *error = catalogue.clustersError(project.id);
    return {project, clusters != nullptr ? std::optional(*clusters) : std::nullopt,
            error != nullptr ? error->sentence : QString()};
}

void ClusterPicker::fill()
{
    m_model->setChosen(m_chosen);
    if (m_isAll) {
        std::vector<ClusterSection> sections;
        for (const Project &project : m_session.catalogue().projects())
            sections.push_back(section(project));
        m_model->setProjects(std::move(sections));
    } else {
        const std::vector<Cluster> *clusters = m_session.catalogue().clusters(m_project);
        m_model->setClusters(clusters != nullptr ? *clusters : std::vector<Cluster>());
    }
    select();
    showState();
    m_seen.start();
}

void ClusterPicker::fillProject(const ProjectId &project)
{
    if (!m_isAll) {
        if (project == m_project)
            fill();
        return;
    }
    const Project *known = m_session.catalogue().project(project);
    if (known == nullptr)
        return;
    {
        const QScopedValueRollback updating(m_updating, true);
        m_model->setChosen(m_chosen);
        m_model->setProject(section(*known));
        m_open->restore();
    }
    select();
    showState();
}

void ClusterPicker::showState()
{
    const Catalogue &catalogue = m_session.catalogue();
    const bool hasRows = m_model->rowCount() > 0;
    const Error *failed = m_isAll ? nullptr : catalogue.clustersError(m_project);
    if (const Error *error = catalogue.projectsError(); error != nullptr && catalogue.projects().empty())
        m_load->showError(*error);
    else if (catalogue.projects().empty() && catalogue.state().projectsRead)
        m_load->showEmpty(tr("This key can see no project. Give it a role in the project on the access page of the "
                             "organization, then open this window again."));
    else if (catalogue.projects().empty())
        m_load->showLoading(tr("Reading the projects…"));
    else if (!m_isAll && m_project.isEmpty())
        m_load->showEmpty(tr("Choose a project first."));
    else if (!m_isAll && catalogue.project(m_project) == nullptr)
        m_load->showEmpty(tr("This project is no longer there, or the key may no longer see it. Choose another one."));
    else if (!hasRows && m_model->isFiltered())
        m_load->showEmpty(tr("No cluster matches “%1”.").arg(m_filter->text()));
    else if (failed != nullptr && !hasRows)
        m_load->showError(*failed);
    else if (!m_isAll && catalogue.clusters(m_project) == nullptr)
        m_load->showLoading(tr("Reading the project's clusters…"));
    else if (!hasRows)
        m_load->showEmpty(tr("This project has no clusters. Choose another project."));
    else
        m_load->showContent();
    m_filter->setEnabled(hasRows || m_model->isFiltered());
    showReading();
}

/// Where a page says it already there is no second line.
void ClusterPicker::showReading()
{
    const CatalogueState &state = m_session.catalogue().state();
    const bool isSaid = m_session.catalogue().projects().empty() || m_load->state() == LoadView::State::Failed;
    m_reading->say(isSaid ? QStringList() : QStringList{catalogueText(state)}, state.lastError.has_value());
}

void ClusterPicker::setFilter(const QString &text)
{
    m_model->setChosen(m_chosen);
    m_model->setFilter(text);
    showState();
}

/// After a reset: what was open and chosen is so again.
void ClusterPicker::showAnew()
{
    m_open->restore();
    m_updating = false;
    select();
    m_seen.start();
}

void ClusterPicker::select()
{
    const QScopedValueRollback updating(m_updating, true);
    const QModelIndex index = m_model->indexOf(m_chosen);
    if (!index.isValid()) {
        // Whoever is on their way through the projects stays where they are.
        if (m_view->selectionModel()->hasSelection())
            m_view->selectionModel()->clear();
        return;
    }
    if (m_view->selectionModel()->isSelected(index))
        return;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void ClusterPicker::selectionChanged()
{
    if (m_updating)
        return;
    const QModelIndex row = m_view->selectionModel()->selectedRows().value(0);
    const Cluster *cluster = m_model->cluster(row);
    // A project is opened on the way to another cluster perhaps: the choice stays until there is another.
    const QModelIndex current = m_view->currentIndex();
    if (cluster == nullptr && m_isAll && current.isValid() && !current.parent().isValid()) {
        const QScopedValueRollback updating(m_updating, true);
        m_view->selectionModel()->select(m_model->indexOf(m_chosen),
                                         QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return;
    }
    m_chosen = cluster != nullptr ? cluster->id : ClusterId();
    if (cluster == nullptr) {
        Q_EMIT chosen(std::nullopt, {});
        return;
    }
    const Project project = *m_model->project(row);
    m_chosenIn = m_isAll ? project.id : m_project;
    Q_EMIT chosen(Cluster(*cluster), project);
}

/// What a person looks at is read before what they do not see.
void ClusterPicker::preferSeen()
{
    if (!isVisible())
        return;
    QStringList projects;
    const auto add = [&](const Project *project) {
        if (project != nullptr && !projects.contains(project->id.value))
            projects << project->id.value;
    };
    if (!m_isAll) {
        projects << m_project.value;
    } else {
        add(m_model->project(m_model->indexOf(m_chosen)));
        const QRect seen = m_view->viewport()->rect();
        QModelIndex row = m_view->indexAt(seen.topLeft());
        for (; row.isValid() && m_view->visualRect(row).top() <= seen.bottom(); row = m_view->indexBelow(row))
            add(m_model->project(row));
    }
    m_session.catalogue().prefer(projects);
}

void ClusterPicker::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_seen.start();
}

void ClusterPicker::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_seen.start();
}

} // namespace tidemark
