#include "ui/wizard/cluster_picker.h"

#include "session/reading_texts.h"
#include "session/session.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/reading_line.h"
#include "ui/wizard/cluster_model.h"

#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

ItemViewOptions viewOptions(const QString &name)
{
    return {.name = name,
            .columns = {{ClusterModel::Name, QStringLiteral("name")},
                        {ClusterModel::Type, QStringLiteral("type")},
                        {ClusterModel::Versions, QStringLiteral("versions")},
                        {ClusterModel::Fcv, QStringLiteral("fcv")},
                        {ClusterModel::Backup, QStringLiteral("backup")},
                        {ClusterModel::LatestSnapshot, QStringLiteral("latestSnapshot")}},
            .sort = ItemSort{ClusterModel::Name, Qt::AscendingOrder}};
}

} // namespace

ClusterPicker::ClusterPicker(Session &session, QSettings &settings, const QString &objectName, const QString &label,
                             bool shardsShown, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(
          new ClusterModel([&session](const ClusterId &id) { return session.catalogue().latestSnapshot(id); }, this))
    , m_filtered(new ClusterFilterModel(this))
    , m_view(new QTreeView)
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setShardsShown(shardsShown);
    m_view->setObjectName(objectName);
    m_view->setRootIsDecorated(shardsShown);
    m_viewSetup = new ItemViewSetup(m_view, m_filtered, viewOptions(objectName), settings);
    m_viewSetup->keepOpen(ClusterModel::ClusterIdRole);

    m_filter = new FilterEdit(tr("Filter clusters"), m_view);
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

    connect(m_filter, &QLineEdit::textChanged, this, &ClusterPicker::setFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClusterPicker::selectionChanged);
    connect(m_load, &LoadView::retry, &session.catalogue(), &Catalogue::read);
    connect(&session.catalogue(), &Catalogue::projectsChanged, this, &ClusterPicker::fill);
    connect(&session.catalogue(), &Catalogue::stateChanged, this, &ClusterPicker::showReading);
    connect(m_reading, &ReadingLine::tryAgain, &session.catalogue(), &Catalogue::read);
    connect(&session.catalogue(), &Catalogue::clustersChanged, this, [this](const ProjectId &project) {
        if (project == m_project)
            fill();
    });
    connect(&session.catalogue(), &Catalogue::latestSnapshotChanged, m_model, &ClusterModel::latestSnapshotChanged);
    fill();
    showReading();
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
    if (project == m_project)
        return;
    m_project = project;
    m_chosen = {};
    m_filter->clear();
    fill();
}

void ClusterPicker::setChosen(const ClusterId &cluster)
{
    if (cluster == m_chosen)
        return;
    m_chosen = cluster;
    select();
}

void ClusterPicker::setMarked(const ClusterId &cluster, const QString &mark)
{
    m_model->setMarked(cluster, mark);
}

void ClusterPicker::fill()
{
    const std::vector<Cluster> *clusters = m_session.catalogue().clusters(m_project);
    {
        const QScopedValueRollback updating(m_updating, true);
        m_model->setClusters(clusters != nullptr ? *clusters : std::vector<Cluster>());
    }
    select();
    showState();
    if (clusters == nullptr || m_chosen.isEmpty())
        return; // what was chosen before stays until the list is known
    const Cluster *chosen = m_model->cluster(m_model->indexOf(m_chosen));
    if (chosen == nullptr)
        m_chosen = {};
    Q_EMIT this->chosen(chosen != nullptr ? std::optional<Cluster>(*chosen) : std::nullopt);
}

void ClusterPicker::showState()
{
    if (const Error *error = m_session.catalogue().projectsError();
        error != nullptr && m_session.catalogue().projects().empty())
        m_load->showError(*error);
    else if (m_session.catalogue().projects().empty() && m_session.catalogue().state().projectsRead)
        m_load->showEmpty(tr("This key can see no project. Give it a role in the project on the access page of the "
                             "organization, then open this window again."));
    else if (m_session.catalogue().projects().empty())
        m_load->showLoading(tr("Reading the projects…"));
    else if (m_project.isEmpty())
        m_load->showEmpty(tr("Choose a project first."));
    else if (const Error *failed = m_session.catalogue().clustersError(m_project);
             failed != nullptr && m_model->rowCount() == 0)
        m_load->showError(*failed);
    else if (m_session.catalogue().clusters(m_project) == nullptr)
        m_load->showLoading(tr("Reading the project's clusters…"));
    else if (m_model->rowCount() == 0)
        m_load->showEmpty(tr("This project has no clusters. Choose another project."));
    else if (m_filtered->rowCount() == 0)
        m_load->showEmpty(tr("No cluster matches “%1”.").arg(m_filter->text()));
    else
        m_load->showContent();
    m_filter->setEnabled(m_model->rowCount() > 0);
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
    {
        const QScopedValueRollback updating(m_updating, true);
        m_filtered->setChosen(m_chosen);
        m_filtered->setFilterFixedString(text);
    }
    if (text.isEmpty())
        m_view->collapseAll();
    else
        m_view->expandAll(); // a match may be a shard
    select();
    showState();
}

void ClusterPicker::select()
{
    const QScopedValueRollback updating(m_updating, true);
    const QModelIndex index = m_filtered->mapFromSource(m_model->indexOf(m_chosen));
    if (!index.isValid()) {
        m_view->selectionModel()->clear();
        return;
    }
    if (m_view->selectionModel()->isRowSelected(index.row()))
        return;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
}

void ClusterPicker::selectionChanged()
{
    if (m_updating)
        return;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    const Cluster *cluster = rows.isEmpty() ? nullptr : m_model->cluster(m_filtered->mapToSource(rows.constFirst()));
    m_chosen = cluster != nullptr ? cluster->id : ClusterId();
    Q_EMIT chosen(cluster != nullptr ? std::optional<Cluster>(*cluster) : std::nullopt);
}

} // namespace tidemark
