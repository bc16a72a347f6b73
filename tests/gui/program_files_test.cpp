#include "connection/environment_connection.h"
#include "program.h"
#include "restore/audit_log.h"
#include "ui/main_window.h"
#include "ui/messages/notice_bar.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

/// What is wrong with the files of the program is said in its window.
class ProgramFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void nothingIsSaidOfWholeFiles();
    void damagedFilesAreSaid();
    void aBrokenAuditLogIsSaid();

private:
    QString path(const QString &name) const { return QDir(m_dir->path()).filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const;
    QString auditLog() const;
    void startProgram();
    NoticeBar *bar() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Program> m_program;
};

void ProgramFilesTest::initTestCase()
{
    // A connection that can be opened: nothing answers there.
    qputenv("MCLI_PUBLIC_API_KEY", "abcdefgh");
    qputenv("MCLI_PRIVATE_API_KEY", "key");
    qputenv("MCLI_OPS_MANAGER_URL", "http://127.0.0.1:9");
}

void ProgramFilesTest::init()
{
    m_program.reset();
    m_dir = std::make_unique<QTemporaryDir>();
}

void ProgramFilesTest::write(const QString &name, const QByteArray &bytes) const
{
    QVERIFY(QDir().mkpath(QFileInfo(path(name)).path()));
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QString ProgramFilesTest::auditLog() const
{
    const auto found = environmentConnection(QProcessEnvironment::systemEnvironment());
    return QStringLiteral("data/connections/%1/audit.jsonl").arg(found->connection.id.value);
}

void ProgramFilesTest::startProgram()
{
    ProgramOptions options;
    options.configDir = path(QStringLiteral("config"));
    options.dataDir = path(QStringLiteral("data"));
    m_program = std::make_unique<Program>(options);
    QVERIFY(m_program->start());
    QVERIFY(bar());
}

NoticeBar *ProgramFilesTest::bar() const
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *found = window->findChild<NoticeBar *>(QStringLiteral("noticeBar")))
            return found;
    }
    return nullptr;
}

void ProgramFilesTest::nothingIsSaidOfWholeFiles()
{
    write(auditLog(), "{\"event\":\"of an earlier version\"}\n");
    const SystemClock clock;
    QVERIFY(AuditLog(path(auditLog()), clock).append(QStringLiteral("sending"), {}));
    startProgram();
    QTest::qWait(300);
    QVERIFY2(bar()->isHidden(), qPrintable(bar()->text()));
}

void ProgramFilesTest::damagedFilesAreSaid()
{
    write(QStringLiteral("config/connections.json"), "{\"conn");
    write(QStringLiteral("data/downloads/downloads.json"), "{\"version\": 9, \"downloads\": []}");
    startProgram();
    QTRY_VERIFY(bar()->isVisible());
    QTRY_VERIFY2(bar()->text().contains(QLatin1String("connections.json.unreadable-")), qPrintable(bar()->text()));
    QTRY_VERIFY2(bar()->text().contains(QLatin1String("downloads.json.version-9")), qPrintable(bar()->text()));
}

void ProgramFilesTest::aBrokenAuditLogIsSaid()
{
    const SystemClock clock;
    write(auditLog(), {});
    AuditLog log(path(auditLog()), clock);
    for (int number = 0; number < 3; ++number)
        QVERIFY(log.append(QStringLiteral("sending"), {{QStringLiteral("cluster"), QStringLiteral("orders")}}));
    QFile file(path(auditLog()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = file.readAll().split('\n');
    lines.removeAt(1);
    write(auditLog(), lines.join('\n'));
    startProgram();
    QTRY_VERIFY2(bar()->text().contains(QLatin1String("its line 2 does not follow")), qPrintable(bar()->text()));
    QVERIFY(bar()->isVisible());
}

QTEST_MAIN(ProgramFilesTest)
#include "program_files_test.moc"
