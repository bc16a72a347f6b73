#include "support/fake_api.h"
#include "support/ui_driver.h"
#include "support/window_bench.h"

#include <QTabWidget>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

/// Where there is nothing to read nobody waits for it.
class EmptyServersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsRead_data()
    {
        QTest::addColumn<QByteArray>("groups");
        QTest::addColumn<QString>("snapshots");
        QTest::newRow("no projects") << QByteArray() << QStringLiteral("No projects that this key may see");
        QTest::newRow("a project without clusters")
            << QByteArray("{\"id\":\"60bb00000000000000000001\",\"name\":\"Shop\"}")
            << QStringLiteral("No cluster in this project");
    }
    void nothingIsRead()
    {
        QFETCH(QByteArray, groups);
        QFETCH(QString, snapshots);
        FakeApi api;
        api.server().setHandler([groups](const RecordedRequest &request) {
            return listAnswer(request.path().endsWith("/groups") ? groups : QByteArray());
        });
        WindowBench bench({200ms, 1000ms});
        QVERIFY(bench.makeWindow());
        Connection connection = api.connection();
        connection.id = ConnectionId(QStringLiteral("one"));
        connection.name = QStringLiteral("one");
        bench.profiles.addTransient(connection, {Secret(QByteArray("k")), {}});
        bench.window->openConnection(connection.id);
        QTRY_VERIFY(bench.session());
        auto *tabs = bench.window->findChild<QTabWidget *>(QStringLiteral("tabs"));
        const auto said = [tabs] { return driver::visibleText(tabs->currentWidget()); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("No restore jobs yet")), qPrintable(said()), 10000);
        tabs->setCurrentIndex(2);
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(snapshots), qPrintable(said()), 10000);
    }
};

QTEST_MAIN(EmptyServersTest)
#include "empty_servers_test.moc"
