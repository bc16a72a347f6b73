#include "e2e/peers_tests.h"

#include <QCoreApplication>
#include <QTest>

#include <cstdio>

/// The real client against real servers: Apache httpd, nginx, squid, microsocks, Django OAuth Toolkit. Ends with the
/// table of what came of each case.
int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    tidemark::test::PeerMatrix matrix;
    tidemark::test::PeersDigestTest digest(matrix);
    tidemark::test::PeersTlsTest tls(matrix);
    tidemark::test::PeersProxyTest proxy(matrix);
    tidemark::test::PeersOAuthTest oauth(matrix);
    int failed = 0;
    for (QObject *test : {static_cast<QObject *>(&digest), static_cast<QObject *>(&tls), static_cast<QObject *>(&proxy),
                          static_cast<QObject *>(&oauth)})
        failed += QTest::qExec(test, argc, argv);
    std::printf("\n%s\n", qPrintable(matrix.text()));
    return failed;
}
