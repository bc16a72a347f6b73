#pragma once

#include "orders/order_desk.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QSettings;
class QTreeView;

namespace tidemark {

class FieldHint;
class ItemViewSetup;
class PendingOrdersModel;

/// Above the restore jobs: the orders that are not known yet, what is known of them, and the ways to settle them.
/// Hidden while there are none.
class PendingOrdersView : public QWidget
{
    Q_OBJECT

public:
    explicit PendingOrdersView(QSettings &settings, QWidget *parent = nullptr);

    /// nullptr while no connection is open. `serverNow` is the server's clock.
    void setDesk(OrderDesk *desk, std::function<QDateTime()> serverNow);

    std::vector<QAction *> actions() const
    {
        return {m_lookAgain, m_showFitting, m_isThisOne, m_notMine, m_showJson, m_forget};
    }

Q_SIGNALS:
    void jsonRequested(const QString &title, const QByteArray &json, const QString &note);

private:
    QAction *makeAction(const QString &text, const QString &objectName);
    void update();
    void showSelection();
    void showFitting();
    void settle(Result<bool> (OrderDesk::*how)(const QString &, const QString &));
    void showJson();
    void askToForget();
    void say(const Result<bool> &result);
    const OrderView *selectedView() const;
    const OrderCandidate *selectedCandidate() const;

    QPointer<OrderDesk> m_desk;
    std::function<QDateTime()> m_serverNow;
    PendingOrdersModel *m_model;
    QTreeView *m_tree;
    ItemViewSetup *m_treeSetup;
    QLabel *m_details;
    QLabel *m_others; ///< how many there are that only another connection can follow
    QWidget *m_own;   ///< all about those of this connection
    FieldHint *m_problem;
    QAction *m_lookAgain;
    QAction *m_showFitting;
    QAction *m_isThisOne;
    QAction *m_notMine;
    QAction *m_showJson;
    QAction *m_forget;
    QTimer m_tick; ///< the age in the state moves on
};

} // namespace tidemark
