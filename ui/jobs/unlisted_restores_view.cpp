#include "ui/jobs/unlisted_restores_view.h"

#include "restore/restore_request.h"
#include "session/session.h"
#include "session/unlisted_restores.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/seen_press.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/time_text.h"

#include <QAction>
#include <QMenu>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

enum Column { SourceColumn, PointColumn, TargetColumn, OrderedColumn, IdColumn, ColumnCount };
constexpr int KeyRole = Qt::UserRole + 1;

ItemViewOptions treeOptions()
{
    return {.name = QStringLiteral("unlistedRestores"),
            .columns = {{SourceColumn, QStringLiteral("cluster")},
                        {PointColumn, QStringLiteral("point")},
                        {TargetColumn, QStringLiteral("target")},
                        {OrderedColumn, QStringLiteral("ordered")},
                        {IdColumn, QStringLiteral("id")}},
            .sort = {}};
}

} // namespace

UnlistedRestoresView::UnlistedRestoresView(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_model(new QStandardItemModel(0, ColumnCount, this))
    , m_tree(new QTreeView)
    , m_treeSetup(new ItemViewSetup(m_tree, m_model, treeOptions(), settings))
    , m_problem(new FieldHint)
    , m_stopFollowing(new QAction(tr("&Stop following this restore…"), this))
{
    setObjectName(QStringLiteral("unlistedRestores"));
    m_model->setHorizontalHeaderLabels({tr("Cluster"), tr("Point"), tr("Target"), tr("Ordered"), tr("Job or batch")});
    m_tree->setObjectName(QStringLiteral("unlistedRestoresTree"));
    m_tree->setRootIsDecorated(false);
    m_treeSetup->setMenu([this](QMenu &menu) { menu.addAction(m_stopFollowing); });
    m_stopFollowing->setObjectName(QStringLiteral("stopFollowingUnlisted"));
    m_stopFollowing->setToolTip(
        tr("It no longer counts as overwriting its target: the next restore of that target is not held up by it."));

    m_problem->setObjectName(QStringLiteral("unlistedProblem"));
    m_problem->setKeepsPlace(false);

    auto *buttons = new ActionRow;
    buttons->addAction(m_stopFollowing);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(tr("Restores that are on no list"), m_tree));
    layout->addWidget(m_tree);
    layout->addWidget(wrappingLabel(
        tr("Ordered here, but no job list that was read shows them. Whether they still overwrite their targets is not "
           "known, so each further restore of these targets is asked about first. Look in the web console before you "
           "stop following one.")));
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connectWhileSeen(m_stopFollowing, this, this, [this] { askToStop(); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UnlistedRestoresView::showSelection);
    hide();
}

void UnlistedRestoresView::setSession(Session *session)
{
    if (m_session) {
        m_session->jobs().disconnect(this);
        m_session->catalogue().disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(&session->jobs(), &JobMonitor::groupsChanged, this, &UnlistedRestoresView::update);
        connect(&session->jobs(), &JobMonitor::refreshed, this, &UnlistedRestoresView::update);
        connect(&session->catalogue(), &Catalogue::clustersChanged, this, &UnlistedRestoresView::update);
    }
    update();
}

void UnlistedRestoresView::update()
{
    const auto restores = m_session
                              ? unlistedRestores(m_session->jobs(), m_session->catalogue(), m_session->clock().now())
                              : std::vector<RememberedSubmission>();
    const auto isThere = [&restores](const QString &key) {
        return std::ranges::find(restores, key, &RememberedSubmission::key) != restores.end();
    };
    const bool wasEmpty = m_model->rowCount() == 0;
    for (int row = m_model->rowCount() - 1; row >= 0; --row) {
        if (!isThere(keyAt(row)))
            m_model->removeRow(row);
    }
    if (m_question && !isThere(m_asked))
        m_question->reject(); // its job has appeared: there is nothing to give up
    for (const RememberedSubmission &restore : restores) {
        int row = 0;
        while (row < m_model->rowCount() && keyAt(row) != restore.key)
            ++row;
        show(restore, row);
    }
    // Of several none is chosen but by the person, and none in the place of one that has gone.
    if (wasEmpty && m_model->rowCount() == 1)
        m_tree->setCurrentIndex(m_model->index(0, 0));
    m_tree->setFixedHeight(m_treeSetup->heightFor(std::min(m_model->rowCount(), 4) + 1));
    setVisible(m_model->rowCount() > 0);
    showSelection();
}

QString UnlistedRestoresView::keyAt(int row) const
{
    const QStandardItem *item = m_model->item(row);
    return item ? item->data(KeyRole).toString() : QString();
}

void UnlistedRestoresView::show(const RememberedSubmission &restore, int row)
{
    const Cluster *source = m_session->catalogue().cluster(restore.cluster);
    const QStringList texts{source ? source->name : restore.cluster.value, pointText(restore.point, restore.pointTime),
                            tr("%1 / %2").arg(restore.targetProjectName, restore.targetClusterName),
                            utcAndLocalText(restore.ordered), restore.key};
    if (row == m_model->rowCount()) {
        QList<QStandardItem *> items;
        for (int column = 0; column < ColumnCount; ++column) {
            items.append(new QStandardItem);
            items.back()->setEditable(false);
        }
        items.front()->setData(restore.key, KeyRole);
        m_model->appendRow(items);
    }
    for (int column = 0; column < ColumnCount; ++column) {
        QStandardItem *item = m_model->item(row, column);
        if (item->text() != texts[column])
            item->setText(texts[column]);
    }
}

void UnlistedRestoresView::showSelection()
{
    m_stopFollowing->setEnabled(selectedRow(m_tree).isValid());
}

void UnlistedRestoresView::askToStop()
{
    const QString key = keyAt(selectedRow(m_tree).row());
    const RememberedSubmission *restore = m_session ? m_session->jobs().remembered(key) : nullptr;
    if (!restore || m_question)
        return;
    m_problem->clear();
    m_asked = key;
    m_question = new ForgetDialog(*restore, window());
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QDialog::accepted, this, &UnlistedRestoresView::stopFollowing);
    m_question->open();
}

void UnlistedRestoresView::stopFollowing()
{
    if (!m_session)
        return;
    const Result<bool> stopped = m_session->stopFollowing(m_asked);
    if (!stopped)
        m_problem->say(
            {{FieldHint::Level::Error, stopped.error().sentence}, {FieldHint::Level::Note, stopped.error().hint}});
    update();
}

} // namespace tidemark
