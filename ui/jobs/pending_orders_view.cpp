#include "ui/jobs/pending_orders_view.h"

#include "jobs/job_json.h"
#include "orders/order_texts.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/jobs/pending_orders_model.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/seen_press.h"
#include "ui/widgets/selection.h"

#include <QAction>
#include <QMenu>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

ItemViewOptions treeOptions()
{
    using Model = PendingOrdersModel;
    return {.name = QStringLiteral("pendingOrders"),
            .columns = {{Model::OrderColumn, QStringLiteral("order")},
                        {Model::PointColumn, QStringLiteral("point")},
                        {Model::TargetColumn, QStringLiteral("target")},
                        {Model::StateColumn, QStringLiteral("state")},
                        {Model::WhenColumn, QStringLiteral("when")},
                        {Model::IdColumn, QStringLiteral("id")}},
            .sort = {}};
}

} // namespace

PendingOrdersView::PendingOrdersView(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_model(new PendingOrdersModel(this))
    , m_tree(new QTreeView)
    , m_treeSetup(new ItemViewSetup(m_tree, m_model, treeOptions(), settings))
    , m_details(wrappingLabel())
    , m_others(wrappingLabel())
    , m_own(new QWidget)
    , m_problem(new FieldHint)
    , m_lookAgain(makeAction(tr("&Look again"), QStringLiteral("lookAgain")))
    , m_showFitting(makeAction(tr("Show the jobs that &fit"), QStringLiteral("showFitting")))
    , m_isThisOne(makeAction(tr("&It is this one"), QStringLiteral("isThisOne")))
    , m_notMine(makeAction(tr("&Not mine"), QStringLiteral("notMine")))
    , m_showJson(makeAction(tr("Show the order's &JSON"), QStringLiteral("showOrderJson")))
    , m_forget(makeAction(tr("F&orget this order"), QStringLiteral("forgetOrder")))
{
    setObjectName(QStringLiteral("pendingOrders"));
    m_tree->setObjectName(QStringLiteral("pendingOrdersTree"));
    m_treeSetup->setDefaultAction(m_showJson); // the one that only shows
    m_treeSetup->setMenu([this](QMenu &menu) {
        for (QAction *action : actions())
            menu.addAction(action);
    });
    m_details->setObjectName(QStringLiteral("pendingDetails"));
    m_problem->setObjectName(QStringLiteral("pendingProblem"));
    m_problem->setKeepsPlace(false);

    auto *buttons = new ActionRow;
    for (QAction *action : actions())
        buttons->addAction(action);
    buttons->addStretch();
    m_others->setObjectName(QStringLiteral("otherOrders"));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(m_own);
    all->addWidget(m_others);
    auto *layout = new QVBoxLayout(m_own);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(tr("Orders that are not known yet"), m_tree));
    layout->addWidget(m_tree);
    layout->addWidget(m_details);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(m_lookAgain, &QAction::triggered, this, [this] {
        if (const OrderView *view = selectedView())
            m_desk->lookAgain(view->order.key);
    });
    connect(m_showFitting, &QAction::triggered, this, &PendingOrdersView::showFitting);
    connectWhileSeen(m_isThisOne, this, this, [this] { settle(&OrderDesk::itIsThisOne); });
    connectWhileSeen(m_notMine, this, this, [this] { settle(&OrderDesk::notMine); });
    connect(m_showJson, &QAction::triggered, this, &PendingOrdersView::showJson);
    connectWhileSeen(m_forget, this, this, [this] { askToForget(); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PendingOrdersView::showSelection);
    m_tick.setInterval(std::chrono::seconds(5));
    connect(&m_tick, &QTimer::timeout, this, &PendingOrdersView::update);
    hide();
}

QAction *PendingOrdersView::makeAction(const QString &text, const QString &objectName)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    return action;
}

void PendingOrdersView::setDesk(OrderDesk *desk, std::function<QDateTime()> serverNow)
{
    if (m_desk)
        m_desk->disconnect(this);
    m_desk = desk;
    m_serverNow = std::move(serverNow);
    if (desk)
        connect(desk, &OrderDesk::viewsChanged, this, &PendingOrdersView::update);
    m_problem->clear();
    update();
}

void PendingOrdersView::update()
{
    const bool isThere = m_desk && !m_desk->views().empty();
    if (isThere) {
        const bool wasEmpty = m_model->rowCount() == 0;
        m_model->update(m_desk->views(), m_serverNow());
        // Of several nobody is chosen but by the person, nor the one that another left alone.
        if (wasEmpty && m_model->rowCount() == 1 && !selectedRow(m_tree).isValid())
            m_tree->setCurrentIndex(m_model->index(0, 0));
        m_tick.start();
        int rows = m_model->rowCount() + 1;
        for (int row = 0; row < m_model->rowCount(); ++row)
            rows += m_model->rowCount(m_model->index(row, 0));
        m_tree->setMinimumHeight(m_treeSetup->heightFor(std::min(rows, 4)));
        m_tree->setMaximumHeight(m_treeSetup->heightFor(std::min(rows, 8)));
    } else {
        m_model->update({}, {});
        m_tick.stop();
    }
    const QString others = m_desk ? othersText(m_desk->others()) : QString();
    m_others->setText(others);
    m_others->setVisible(!others.isEmpty());
    m_own->setVisible(isThere);
    setVisible(isThere || !others.isEmpty());
    showSelection();
}

const OrderView *PendingOrdersView::selectedView() const
{
    return m_desk ? m_desk->view(m_model->orderKey(selectedRow(m_tree))) : nullptr;
}

const OrderCandidate *PendingOrdersView::selectedCandidate() const
{
    const OrderView *view = selectedView();
    const QString key = m_model->candidateKey(selectedRow(m_tree));
    if (!view || key.isEmpty())
        return nullptr;
    const auto found =
        std::ranges::find_if(view->candidates, [&key](const OrderCandidate &one) { return one.key() == key; });
    return found == view->candidates.end() ? nullptr : &*found;
}

void PendingOrdersView::showSelection()
{
    const OrderView *view = selectedView();
    const bool isSettleable = view && view->sending != SendingState::UnderWay;
    const bool hasCandidate = isSettleable && selectedCandidate();
    m_lookAgain->setEnabled(view && !view->isLooking);
    m_showFitting->setEnabled(view);
    m_isThisOne->setEnabled(hasCandidate);
    m_notMine->setEnabled(hasCandidate);
    m_showJson->setEnabled(view);
    m_forget->setEnabled(isSettleable);
    const QString tip = tr("Choose one of the jobs below the order first.");
    m_isThisOne->setToolTip(hasCandidate ? QString() : tip);
    m_notMine->setToolTip(hasCandidate ? QString() : tip);
    m_details->setText(view ? viewDetails(*view).join(QLatin1Char('\n')) : QString());
}

void PendingOrdersView::showFitting()
{
    const QModelIndex selected = selectedRow(m_tree);
    const QModelIndex order = selected.parent().isValid() ? selected.parent() : selected;
    if (m_model->rowCount(order) == 0) {
        m_problem->say(FieldHint::Level::Note, tr("No job on the list fits so far."));
        return;
    }
    m_problem->clear();
    m_tree->expand(order);
    m_tree->setCurrentIndex(m_model->index(0, 0, order));
    m_tree->setFocus(Qt::OtherFocusReason);
}

void PendingOrdersView::settle(Result<bool> (OrderDesk::*how)(const QString &, const QString &))
{
    const OrderView *view = selectedView();
    if (view && selectedCandidate())
        say((m_desk->*how)(view->order.key, m_model->candidateKey(selectedRow(m_tree))));
}

void PendingOrdersView::say(const Result<bool> &result)
{
    if (result)
        m_problem->clear();
    else
        m_problem->say(
            {{FieldHint::Level::Error, result.error().sentence}, {FieldHint::Level::Note, result.error().hint}});
}

void PendingOrdersView::showJson()
{
    const OrderView *view = selectedView();
    if (!view)
        return;
    if (const OrderCandidate *candidate = selectedCandidate()) {
        JobGroup group;
        group.batch = candidate->batch;
        group.jobs = candidate->jobs;
        Q_EMIT jsonRequested(tr("Restore job %1").arg(candidate->key()), groupJson(group), jsonNote(group));
    } else {
        Q_EMIT jsonRequested(tr("What was sent for %1").arg(view->order.clusterName), view->order.body,
                             tr("The bytes of the request, as they left."));
    }
}

void PendingOrdersView::askToForget()
{
    const OrderView *view = selectedView();
    if (!view)
        return;
    auto *dialog = new ForgetDialog(view->order, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, key = view->order.key] {
        if (m_desk)
            say(m_desk->forget(key));
    });
    dialog->open();
}

} // namespace tidemark
