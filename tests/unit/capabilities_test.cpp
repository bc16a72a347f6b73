#include "cloud/capabilities.h"

#include <QTest>

using namespace tidemark;

using Product = ServerVersion::Product;

/// What a server can, from the version it tells.
class CapabilitiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsVersions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ServerVersion>("version");
        const auto row = [](const char *text, ServerVersion version) {
            QTest::newRow(text) << QString::fromLatin1(text) << version;
        };
        row("8.0.17.500.20251208T1355Z", {Product::OpsManager, 8, 0, 17});
        row("4.2.4.56729.20191105T2247Z", {Product::OpsManager, 4, 2, 4});
        row("4.3.0.56729.DEFXYZ", {Product::OpsManager, 4, 3, 0});
        row("8.0.10", {Product::OpsManager, 8, 0, 10});
        row("9.0", {Product::OpsManager, 9, 0, 0});
        row("  7.0.18 ", {Product::OpsManager, 7, 0, 18});
        row("v20200901", {Product::CloudManager, 0, 0, 0});
        row("V20261111", {Product::CloudManager, 0, 0, 0});
        row("current", {});
        row("", {});
        row("v8", {});
        row("8", {});
        row("80000.1.2", {});
        row("8.0.99999", {});
    }

    void readsVersions()
    {
        QFETCH(QString, text);
        QFETCH(ServerVersion, version);
        QVERIFY(serverVersion(text) == version);
    }

    /// A stand-in of Cloud Manager at an own address, an Ops Manager behind one that hides the version.
    void theServerSaysWhatItIs()
    {
        for (const Service configured : {Service::CloudManager, Service::OpsManager}) {
            QCOMPARE(answeringService(serverVersion(QStringLiteral("v20261111")), configured), Service::CloudManager);
            QCOMPARE(answeringService(serverVersion(QStringLiteral("8.0.17")), configured), Service::OpsManager);
            QCOMPARE(answeringService(serverVersion(QString()), configured), configured);
        }
    }

    /// Each minimum on both of its sides.
    void knowsWhatEachOffers_data()
    {
        QTest::addColumn<Capability>("capability");
        QTest::addColumn<QString>("version");
        QTest::addColumn<Offer>("offered");
        const auto row = [](const char *name, Capability capability,
                            std::initializer_list<std::pair<const char *, Offer>> edges) {
            for (const auto &[version, offered] : edges)
                QTest::addRow("%s: %s", name, version) << capability << QString::fromLatin1(version) << offered;
        };
        row("ranges", Capability::RestorableRanges,
            {{"v20261111", Offer::Yes},
             {"6.0.27", Offer::No},
             {"7.0.0", Offer::Unknown},
             {"7.0.22", Offer::Unknown},
             {"8.0.5", Offer::No},
             {"8.0.6", Offer::Yes},
             {"8.0.10", Offer::Yes},
             {"9.0.0", Offer::Yes},
             {"", Offer::Unknown},
             {"current", Offer::Unknown}});
        row("noSecrets", Capability::RedactedConfig,
            {{"v20261111", Offer::Yes},
             {"6.0.27", Offer::No},
             {"7.0.17", Offer::No},
             {"7.0.18", Offer::Yes},
             {"8.0.0", Offer::No},
             {"8.0.11", Offer::No},
             {"8.0.12", Offer::Yes},
             {"", Offer::Unknown}});
        row("on demand", Capability::OnDemandSnapshot,
            {{"v20261111", Offer::No}, {"7.0.22", Offer::No}, {"8.0.0", Offer::Yes}, {"", Offer::Unknown}});
        row("fcv", Capability::SnapshotFcv,
            {{"v20261111", Offer::Unknown}, {"7.0.22", Offer::No}, {"8.0.1", Offer::No}, {"8.0.2", Offer::Yes}});
        row("concurrent", Capability::ConcurrentJobIds,
            {{"v20261111", Offer::Unknown},
             {"7.0.18", Offer::No},
             {"7.0.19", Offer::Yes},
             {"8.0.12", Offer::No},
             {"8.0.13", Offer::Yes}});
        row("cancelled", Capability::CancelledJobStatus,
            {{"7.0.14", Offer::No}, {"7.0.15", Offer::Yes}, {"8.0.5", Offer::No}, {"8.0.6", Offer::Yes}});
        row("status errors", Capability::StatusErrors,
            {{"v20261111", Offer::Unknown}, {"6.0.0", Offer::Unknown}, {"9.0.0", Offer::Unknown}});
        for (const auto capability : {Capability::Agents, Capability::Events, Capability::Measurements,
                                      Capability::LogCollection, Capability::SnapshotProtection}) {
            const QByteArray name = QByteArray::number(static_cast<int>(capability));
            row(name.constData(), capability,
                {{"v20261111", Offer::Yes}, {"6.0.0", Offer::Unknown}, {"7.0.0", Offer::Yes}, {"8.0.0", Offer::Yes}});
        }
    }

    void knowsWhatEachOffers()
    {
        QFETCH(Capability, capability);
        QFETCH(QString, version);
        QFETCH(Offer, offered);
        QCOMPARE(offer(capability, serverVersion(version)), offered);
    }

    void saysWhatAnOldServerCannot_data()
    {
        QTest::addColumn<Capability>("capability");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("hint");
        const auto row = [](Capability capability, const char *version, const char *sentence, const char *hint) {
            QTest::newRow(sentence) << capability << QString::fromLatin1(version) << QString::fromLatin1(sentence)
                                    << QString::fromLatin1(hint);
        };
        row(Capability::RedactedConfig, "8.0.11.1.X",
            "Ops Manager 8.0.11 cannot show its automation configuration without the secrets in it.",
            "Ops Manager can from 8.0.12 and 7.0.18 on.");
        row(Capability::RestorableRanges, "6.0.27",
            "Ops Manager 6.0.27 cannot tell to which moments a cluster can be restored.",
            "Ops Manager can from 8.0.6 on.");
        row(Capability::OnDemandSnapshot, "v20261111", "Cloud Manager cannot take a snapshot on demand.",
            "Ops Manager can from 8.0.0 on.");
        row(Capability::Agents, "", "This server cannot list its agents.", "");
    }

    void saysWhatAnOldServerCannot()
    {
        QFETCH(Capability, capability);
        QFETCH(QString, version);
        QFETCH(QString, sentence);
        QFETCH(QString, hint);
        const Missing missing = missingText(capability, serverVersion(version));
        QCOMPARE(missing.sentence, sentence);
        QCOMPARE(missing.hint, hint);
    }

    /// A resource that is not known is one thing, a cluster that is gone another.
    void wordsNotFoundOnly_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("begins"); ///< empty: left as it was
        QTest::newRow("404") << 404 << QString() << QStringLiteral("7.0.1")
                             << QStringLiteral("Ops Manager 7.0.1 cannot");
        QTest::newRow("404 of a resource")
            << 404 << QStringLiteral("RESOURCE_NOT_FOUND") << QString() << QStringLiteral("This server cannot");
        QTest::newRow("405") << 405 << QString() << QString() << QStringLiteral("This server cannot");
        QTest::newRow("a new server") << 404 << QString() << QStringLiteral("8.0.17")
                                      << QStringLiteral("Ops Manager 8.0.17 can take a snapshot on demand, but");
        QTest::newRow("cluster") << 404 << QStringLiteral("CLUSTER_NOT_FOUND") << QString() << QString();
        QTest::newRow("403") << 403 << QString() << QString() << QString();
        QTest::newRow("no answer") << 0 << QString() << QString() << QString();
    }

    void wordsNotFoundOnly()
    {
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, version);
        QFETCH(QString, begins);
        Error error;
        error.httpStatus = status;
        error.apiCode = code;
        error.kind = ErrorKind::Refused;
        error.sentence = QStringLiteral("As it was.");
        const Error worded = wordedFor(Capability::OnDemandSnapshot, serverVersion(version), error);
        if (begins.isEmpty()) {
            QCOMPARE(worded, error);
            return;
        }
        QCOMPARE(worded.kind, ErrorKind::NotFound);
        QVERIFY2(worded.sentence.startsWith(begins), qPrintable(worded.sentence));
    }
};

QTEST_GUILESS_MAIN(CapabilitiesTest)
#include "capabilities_test.moc"
