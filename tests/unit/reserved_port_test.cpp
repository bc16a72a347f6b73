#include "support/reserved_port.h"

#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace tidemark::test {

class ReservedPortTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noneTwice()
    {
        QSet<quint16> ports;
        for (int drawn = 0; drawn < 500; ++drawn)
            ports.insert(reservedPort());
        QVERIFY(!ports.contains(0));
        QCOMPARE(ports.size(), 500);
    }

    void refusesUntilAServerHasIt()
    {
        const quint16 port = reservedPort();
        QTcpSocket before;
        before.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QVERIFY(!before.waitForConnected(5000));
        QCOMPARE(before.error(), QAbstractSocket::ConnectionRefusedError);

        QTcpServer server;
        QVERIFY2(server.listen(QHostAddress::LocalHost, port), qPrintable(server.errorString()));
        QTcpSocket after;
        after.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        QVERIFY(after.waitForConnected(5000));
    }
};

} // namespace tidemark::test

QTEST_GUILESS_MAIN(tidemark::test::ReservedPortTest)
#include "reserved_port_test.moc"
