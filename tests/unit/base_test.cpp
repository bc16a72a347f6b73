#include "base/ids.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

class BaseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void urlsLoseTheirSecrets_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");
        QTest::newRow("v2 link")
            << "https://api-backup.mongodb.com/backup/restore/v2/pull/60ff01/QUJDREVG=/shop-1.tar.gz"
            << "https://api-backup.mongodb.com/backup/restore/v2/pull/60ff01/***/shop-1.tar.gz";
        QTest::newRow("key with a slash") << "https://h/backup/restore/v2/pull/60ff01/QUJ/REVG=/shop-1.tar.gz"
                                          << "https://h/backup/restore/v2/pull/60ff01/***/shop-1.tar.gz";
        QTest::newRow("v2 link without a file") << "https://h/backup/restore/v2/pull/60ff01/QUJDREVG="
                                                << "https://h/backup/restore/v2/pull/60ff01/***";
        QTest::newRow("v3 link") << "https://h:8443/backup/restore/v3/pull/60ff01/shop-1.tar.gz"
                                 << "https://h:8443/backup/restore/v3/pull/60ff01/shop-1.tar.gz";
        QTest::newRow("user info") << "https://dba:pw@h/x"
                                   << "https://h/x";
        QTest::newRow("signed query") << "https://h/x?X-Signature=abc&pageNum=2"
                                      << "https://h/x?X-Signature=***&pageNum=2";
    }
    void urlsLoseTheirSecrets()
    {
        QFETCH(QString, url);
        QFETCH(QString, shown);
        QCOMPARE(redactedUrl(QUrl(url)), shown);
    }

    void bytes_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << "0 bytes";
        QTest::newRow("below a kB") << qint64(999) << "999 bytes";
        QTest::newRow("kB") << qint64(1000) << "1.00 kB";
        QTest::newRow("rounds up a unit") << qint64(999'999) << "1.00 MB";
        QTest::newRow("GB") << qint64(3'104'000'000) << "3.10 GB";
        QTest::newRow("tens") << qint64(12'345'000) << "12.3 MB";
        QTest::newRow("hundreds") << qint64(812'000'000'000) << "812 GB";
    }
    void bytes()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(bytesText(bytes), text);
    }

    void spans()
    {
        QCOMPARE(durationText(-5s), QStringLiteral("0 s"));
        QCOMPARE(durationText(41s), QStringLiteral("41 s"));
        QCOMPARE(durationText(125s), QStringLiteral("2 min 05 s"));
        QCOMPARE(durationText(2h + 5min), QStringLiteral("2 h 05 min"));
        QCOMPARE(durationText(49h), QStringLiteral("2 d 1 h"));
    }

    void times()
    {
        const QDateTime local = QDateTime::fromString(QStringLiteral("2026-11-24T15:03:07+01:00"), Qt::ISODate);
        QCOMPARE(utcText(local), QStringLiteral("2026-11-24 14:03:07 UTC"));
        QCOMPARE(isoText(local), QStringLiteral("2026-11-24T14:03:07Z"));
        QCOMPARE(utcText(QDateTime()), QString());
    }

    void secretsAreCopiesOfTheirOwn()
    {
        QByteArray bytes(64, 'k');
        const char *storage = bytes.constData();
        auto *secret = new Secret(bytes);
        QVERIFY(secret->reveal().constData() != storage); // a copy of its own: wiping must not touch the caller's
        Secret copy = *secret;
        delete secret;
        QCOMPARE(copy.reveal(), QByteArray(64, 'k'));
        QCOMPARE(bytes, QByteArray(64, 'k'));
    }

    void idsOfOneKindOnly()
    {
        static_assert(!std::is_convertible_v<ProjectId, ClusterId>);
        static_assert(!std::is_convertible_v<QString, ClusterId>);
        QVERIFY(ClusterId(QStringLiteral("a")) < ClusterId(QStringLiteral("b")));
        QCOMPARE(qHash(ClusterId(QStringLiteral("a"))), qHash(QStringLiteral("a")));
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "base_test.moc"
