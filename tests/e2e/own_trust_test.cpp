#include "base/clock.h"
#include "checkup/connection_test.h"
#include "cloud/cloud_client.h"
#include "cloud/own_trust.h"
#include "e2e/connection_servers.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// Certificate files as people have them, against servers that present more or less of their chain:
/// Root → Issuing → server (127.0.0.1), each made by the openssl command.
class OwnTrustTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    SystemClock m_clock;

    QString path(const QString &name) const { return m_dir.filePath(name); }

    QByteArray read(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    bool openssl(const QString &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.start(QStringLiteral("openssl"), arguments.split(QLatin1Char(' ')));
        const bool done = process.waitForFinished(30000) && process.exitCode() == 0;
        if (!done)
            qWarning("openssl %s: %s", qPrintable(arguments), process.readAllStandardError().constData());
        return done;
    }

    /// NAME.pem and NAME.key, signed by `issuer`; `days` may be negative.
    bool certificate(const QString &name, const QString &commonName, const QString &issuer,
                     const QByteArray &extensions, int days = 30) const
    {
        write(name + QStringLiteral(".ext"), extensions);
        return openssl(QStringLiteral("req -newkey rsa:2048 -nodes -keyout %1.key -out %1.csr -subj /CN=%2")
                           .arg(name, commonName)) &&
               openssl(QStringLiteral("x509 -req -in %1.csr -CA %2.pem -CAkey %2.key -CAcreateserial -extfile %1.ext "
                                      "-days %3 -out %1.pem")
                           .arg(name, issuer)
                           .arg(days));
    }

    bool root(const QString &name, const QString &commonName) const
    {
        return openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 30 -keyout %1.key -out %1.pem -subj "
                                      "/CN=%2 -addext keyUsage=critical,keyCertSign,cRLSign")
                           .arg(name, commonName));
    }

    std::unique_ptr<ScriptedServer> server(const QStringList &presented) const
    {
        QList<QSslCertificate> chain;
        for (const QString &name : presented)
            chain << QSslCertificate::fromData(read(name + QStringLiteral(".pem")));
        const QSslKey key(read(presented.first() + QStringLiteral(".key")), QSsl::Rsa);
        auto made = std::make_unique<ScriptedServer>(chain, key);
        made->setHandler([](const RecordedRequest &) {
            return ScriptedAnswer::json("{\"results\":[{\"id\":\"5f0c\",\"name\":\"One\"}],\"totalCount\":1}");
        });
        return made;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray authority = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n";
        const QByteArray here = "subjectAltName=IP:127.0.0.1,DNS:localhost\n";
        QVERIFY(root(QStringLiteral("root"), QStringLiteral("Root")));
        QVERIFY(root(QStringLiteral("stranger"), QStringLiteral("Stranger")));
        QVERIFY(certificate(QStringLiteral("issuing"), QStringLiteral("Issuing"), QStringLiteral("root"), authority));
        const QString issuing = QStringLiteral("issuing");
        QVERIFY(certificate(QStringLiteral("good"), QStringLiteral("good"), issuing, here));
        QVERIFY(certificate(QStringLiteral("elsewhere"), QStringLiteral("elsewhere"), issuing,
                            "subjectAltName=DNS:elsewhere.example\n"));
        QVERIFY(certificate(QStringLiteral("mail"), QStringLiteral("mail"), issuing,
                            here + "extendedKeyUsage=emailProtection\n"));
        QVERIFY(certificate(QStringLiteral("expired"), QStringLiteral("expired"), issuing, here, -1));
        QVERIFY(openssl(QStringLiteral("x509 -in issuing.pem -trustout -addtrust serverAuth -out trusted.pem")));
        QVERIFY(openssl(QStringLiteral("x509 -in issuing.pem -trustout -addreject serverAuth -out rejected.pem")));
        QVERIFY(openssl(QStringLiteral("x509 -in issuing.pem -outform DER -out der.pem")));
        write(QStringLiteral("both.pem"), read(QStringLiteral("stranger.pem")) + "and then:\r\n" +
                                              read(QStringLiteral("issuing.pem")).replace("\n", "\r\n"));
        write(QStringLiteral("marked.pem"), "\xEF\xBB\xBF" + read(QStringLiteral("issuing.pem")));
    }

    void judgesServers_data()
    {
        QTest::addColumn<QStringList>("presented");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("words"); ///< of the refusal; empty where the server is trusted
        const auto row = [](const char *presented, const char *file, const char *words) {
            QTest::addRow("%s by %s", presented, file) << QString::fromLatin1(presented).split(QLatin1Char(' '))
                                                       << QString::fromLatin1(file) << QString::fromLatin1(words);
        };
        for (const char *presented : {"good", "good issuing", "good issuing root"}) {
            row(presented, "issuing", "");
            row(presented, "good", "");
            row(presented, "both", "");
            row(presented, "trusted", "");
        }
        row("good issuing", "root", "");
        row("good issuing root", "root", "");
        row("good", "der", "");
        row("good", "marked", "");

        row("good", "root", "Missing is the certificate of \"Issuing\"");
        row("good issuing", "", "Missing is the certificate of \"Root\"");
        row("good issuing", "stranger", "Missing is the certificate of \"Root\"");
        row("good issuing", "elsewhere", "Missing is the certificate of \"Root\"");
        row("good", "rejected", "has no certificate in it");
        // Trust in the issuer is no trust in a certificate that is wrong.
        row("elsewhere", "issuing", "is for another server");
        row("elsewhere", "elsewhere", "is for another server");
        row("expired", "issuing", "expired on");
        row("expired", "expired", "expired on");
        row("mail", "issuing", "not accepted");
    }

    void judgesServers()
    {
        QFETCH(QStringList, presented);
        QFETCH(QString, file);
        QFETCH(QString, words);
        const auto site = server(presented);
        Connection connection = connectionTo(site->url());
        connection.caCertificateFile = file.isEmpty() ? QString() : path(file + QStringLiteral(".pem"));

        CloudClient client(connection, {Secret(QByteArray("s")), {}}, m_clock, CloudClient::Retries::None);
        auto projects = client.projects();
        QTRY_VERIFY_WITH_TIMEOUT(projects.isFinished(), 10000);
        const Result<std::vector<Project>> read = projects.result();
        const QString said = read ? QString() : read.error().sentence + QLatin1Char(' ') + read.error().hint;
        QVERIFY2(words.isEmpty() ? read.has_value() : said.contains(words), qPrintable(said));
        QCOMPARE(site->requestCount(), words.isEmpty() ? 1 : 0);

        // The check-up's own socket judges as requests do.
        ConnectionTest test(connection, {Secret(QByteArray("s")), {}}, m_clock);
        QSignalSpy finished(&test, &ConnectionTest::finished);
        test.start();
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10000);
        const StepReport step = test.report()[static_cast<std::size_t>(ConnectionStep::Tls)];
        QCOMPARE(step.state, words.isEmpty() ? StepReport::State::Passed : StepReport::State::Failed);
        QVERIFY2((step.sentence + QLatin1Char(' ') + step.hint).contains(words), qPrintable(step.sentence));
    }

    /// One connection's file vouches for that connection alone.
    void countsForItsConnectionAlone()
    {
        const auto site = server({QStringLiteral("good")});
        Connection trusting = connectionTo(site->url());
        trusting.caCertificateFile = path(QStringLiteral("issuing.pem"));
        CloudClient first(trusting, {}, m_clock, CloudClient::Retries::None);
        CloudClient second(connectionTo(site->url()), {}, m_clock, CloudClient::Retries::None);
        auto trusted = first.projects();
        auto refused = second.projects();
        QTRY_VERIFY_WITH_TIMEOUT(trusted.isFinished() && refused.isFinished(), 10000);
        QVERIFY(trusted.result());
        QCOMPARE(refused.result().error().kind, ErrorKind::Tls);
    }

    void vouchesForNothingByItself()
    {
        const QList<QSslCertificate> own = QSslCertificate::fromData(read(QStringLiteral("issuing.pem")));
        const QList<QSslCertificate> chain = QSslCertificate::fromData(read(QStringLiteral("good.pem")));
        const QSslError unknown(QSslError::UnableToGetLocalIssuerCertificate, chain.first());
        const QSslError revoked(QSslError::CertificateRevoked, chain.first());
        QVERIFY(ownCertificatesVouch(own, chain, {unknown}));
        QVERIFY(!ownCertificatesVouch(own, chain, {unknown, revoked}));
        QVERIFY(!ownCertificatesVouch(own, {}, {unknown}));
        QVERIFY(!ownCertificatesVouch({}, chain, {unknown}));
    }
};

QTEST_GUILESS_MAIN(OwnTrustTest)
#include "own_trust_test.moc"
