#include "orders/order_desk.h"
#include "support/demo_session.h"
#include "ui/jobs/pending_orders_view.h"

#include <QAction>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// Which of the orders that are not known yet a press is for.
class PendingChoiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The chosen one is settled under the hands: the next press is not for another one.
    void nobodyIsChosenInPlaceOfAnother()
    {
        DemoSession demo;
        QVERIFY2(demo.open(), qPrintable(demo.problem()));
        OrderDesk &desk = demo.session().orders();
        PendingOrders file(desk.pending().path()); // as another running program
        const Cluster source = demo.cluster(QStringLiteral("ledger"));
        const auto admit = [&](const char *key) {
            PendingOrder order;
            order.key = QString::fromLatin1(key);
            order.connection = demo.connection().id;
            order.server = demo.connection().baseUrl.toString();
            order.user = demo.connection().userName;
            order.project = demo.session().catalogue().projects().front();
            order.cluster = source.id;
            order.clusterName = source.name;
            order.point = SnapshotPoint{SnapshotId(QStringLiteral("60dd00000000000000000001"))};
            order.body = "{}";
            order.written = order.writtenServer = QDateTime::currentDateTimeUtc();
            order.sendings = {{order.written, order.written}};
            order.process = thisProcess();
            order.isAnswered = true;
            order.status = 504;
            return file.admit(order, [](const std::vector<PendingOrder> &) { return false; });
        };
        const QTemporaryDir dir;
        QSettings settings(dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        PendingOrdersView view(settings);
        view.setDesk(&desk, [&demo] { return demo.session().client().serverNow(); });
        auto *tree = view.findChild<QTreeView *>(QStringLiteral("pendingOrdersTree"));
        const auto *forget = view.findChild<QAction *>(QStringLiteral("forgetOrder"));
        QVERIFY(admit("5f2c6a8e-0000-4000-8000-000000000001"));
        QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(), 1, 15000);
        QVERIFY(tree->currentIndex().isValid()); // the only one
        QVERIFY(admit("5f2c6a8e-0000-4000-8000-000000000002"));
        QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(), 2, 15000);
        QCOMPARE(tree->currentIndex().row(), 0);
        QVERIFY(forget->isEnabled());
        QVERIFY(file.remove(QStringLiteral("5f2c6a8e-0000-4000-8000-000000000001")));
        QTRY_COMPARE_WITH_TIMEOUT(tree->model()->rowCount(), 1, 15000);
        QVERIFY(!tree->selectionModel()->hasSelection());
        QVERIFY(!forget->isEnabled());
        view.setDesk(nullptr, {});
    }
};

QTEST_MAIN(PendingChoiceTest)
#include "pending_choice_test.moc"
