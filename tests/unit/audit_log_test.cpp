#include "restore/audit_log.h"
#include "support/fixed_clock.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class TestAuditLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linesAreAppended();
    void modeIsPrivate();
    void cutLineDoesNotSwallowTheNext();
    void failureIsReported();
    void linksAreNotFollowed();

private:
    QByteArray content() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    FixedClock m_clock{QDateTime::fromString(QStringLiteral("2026-11-24T14:03:07.250Z"), Qt::ISODateWithMs)};
};

void TestAuditLog::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
    m_path = m_dir->filePath(QStringLiteral("audit.jsonl"));
}

QByteArray TestAuditLog::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestAuditLog::linesAreAppended()
{
    AuditLog log(m_path, m_clock);
    QVERIFY(log.append(QStringLiteral("sending"), {{QStringLiteral("cluster"), QStringLiteral("a\nb \"ü\"")}}));
    QCOMPARE(content(), QByteArray("{\"cluster\":\"a\\nb \\\"\xc3\xbc\\\"\",\"event\":\"sending\",\"time\":"
                                   "\"2026-11-24T14:03:07.250Z\"}\n"));
    AuditLog again(m_path, m_clock);
    m_clock.set(m_clock.now().addSecs(1));
    QVERIFY(again.append(QStringLiteral("created"), {}));
    const QList<QByteArray> lines = content().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[1], QByteArray("{\"event\":\"created\",\"time\":\"2026-11-24T14:03:08.250Z\"}"));
}

void TestAuditLog::modeIsPrivate()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(file.setPermissions(file.permissions() | QFileDevice::ReadOther | QFileDevice::ReadGroup));
    AuditLog log(m_path, m_clock);
    QVERIFY(log.append(QStringLiteral("sending"), {}));
    QCOMPARE(QFile::permissions(m_path) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void TestAuditLog::cutLineDoesNotSwallowTheNext()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"event\":\"sen");
    file.close();
    AuditLog log(m_path, m_clock);
    QVERIFY(log.append(QStringLiteral("created"), {}));
    const QList<QByteArray> lines = content().split('\n');
    QCOMPARE(lines[0], QByteArray("{\"event\":\"sen"));
    QVERIFY(QJsonDocument::fromJson(lines[1]).isObject());
}

void TestAuditLog::failureIsReported()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
    AuditLog noFolder(m_dir->filePath(QStringLiteral("missing/audit.jsonl")), m_clock);
    QVERIFY(!noFolder.append(QStringLiteral("sending"), {}));
    // A full disk: the device takes no byte.
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
    const auto permissions = QFile::permissions(QStringLiteral("/dev/full"));
    AuditLog full(QStringLiteral("/dev/full"), m_clock);
    QVERIFY(!full.append(QStringLiteral("sending"), {}));
    QCOMPARE(QFile::permissions(QStringLiteral("/dev/full")), permissions);
}

void TestAuditLog::linksAreNotFollowed()
{
    const QString elsewhere = m_dir->filePath(QStringLiteral("elsewhere"));
    QVERIFY(QFile::link(elsewhere, m_path));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be written")));
    AuditLog log(m_path, m_clock);
    QVERIFY(!log.append(QStringLiteral("sending"), {}));
    QVERIFY(!QFile::exists(elsewhere));
}

QTEST_GUILESS_MAIN(TestAuditLog)
#include "audit_log_test.moc"
