#include "downloads/sleep_inhibitor.h"
#include "support/download_fixture.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusUnixFileDescriptor>
#include <QProcess>
#include <QSignalSpy>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// A message bus of its own in a process of its own.
class Bus
{
public:
    bool start()
    {
        m_process.start(QStringLiteral("dbus-daemon"),
                        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        const bool said = m_process.waitForReadyRead(20000);
        m_address = m_process.readLine().trimmed();
        return said && !m_address.isEmpty();
    }
    void stop()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    const QByteArray &address() const { return m_address; }

private:
    QProcess m_process;
    QByteArray m_address;
};

/// The part of systemd-logind that gives locks: each is the writing end of a pipe, held for as long as anybody has it
/// open.
class Logind : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    bool refuses = false;
    QStringList asked; ///< what, who, why and mode of every call

    /// Locks that somebody still holds.
    int held()
    {
        int count = 0;
        for (const int readEnd : std::as_const(m_locks)) {
            char byte = 0;
            count += ::read(readEnd, &byte, 1) < 0 && errno == EAGAIN ? 1 : 0; // 0: nobody has it open any more
        }
        return count;
    }
    ~Logind() override
    {
        for (const int readEnd : std::as_const(m_locks))
            ::close(readEnd);
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why, const QString &mode,
                                    const QDBusMessage &message)
    {
        asked << what + u'|' + who + u'|' + why + u'|' + mode;
        if (refuses) {
            m_bus.send(message.createErrorReply(QDBusError::AccessDenied, QStringLiteral("no")));
            message.setDelayedReply(true);
            return {};
        }
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return {};
        m_locks << ends[0];
        const QDBusUnixFileDescriptor lock(ends[1]); // a copy of its own
        ::close(ends[1]);
        return lock;
    }

public:
    explicit Logind(const QDBusConnection &bus)
        : m_bus(bus)
    {
    }

private:
    QDBusConnection m_bus;
    QList<int> m_locks;
};

class ScreenSaver : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    QStringList asked;
    QList<quint32> held;

public Q_SLOTS:
    quint32 Inhibit(const QString &who, const QString &why)
    {
        asked << who + u'|' + why;
        held << m_next;
        return m_next++;
    }
    void UnInhibit(quint32 cookie) { held.removeOne(cookie); }

private:
    quint32 m_next = 7;
};

/// Against real message buses on which this program's counterparts are played by the classes above.
class SleepInhibitorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void logindHoldsAndLetsGo();
    void changesOfMindLeaveNothingHeld();
    void screenSaverWhereLogindRefuses();
    void lateCookieIsGivenBack();
    void nothingWhereNobodyAnswers();
    void heldWhileADownloadRuns();
    void nothingWithoutABus();

private:
    static QString reason() { return QStringLiteral("Archives are being downloaded"); }

    Bus m_systemBus;
    Bus m_sessionBus;
    std::unique_ptr<Logind> m_logind;
    std::unique_ptr<ScreenSaver> m_screenSaver;
    QDBusConnection m_system{QString()};
    QDBusConnection m_session{QString()};
};

void SleepInhibitorTest::initTestCase()
{
    QVERIFY(m_systemBus.start() && m_sessionBus.start());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_systemBus.address());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_sessionBus.address());
    m_system = QDBusConnection::connectToBus(QString::fromLatin1(m_systemBus.address()), QStringLiteral("logind"));
    m_session = QDBusConnection::connectToBus(QString::fromLatin1(m_sessionBus.address()), QStringLiteral("desktop"));
    QVERIFY(m_system.isConnected() && m_session.isConnected());
    QVERIFY(m_system.connectionCapabilities() & QDBusConnection::UnixFileDescriptorPassing);
}

void SleepInhibitorTest::init()
{
    m_logind = std::make_unique<Logind>(m_system);
    m_screenSaver = std::make_unique<ScreenSaver>();
    QVERIFY(m_system.registerObject(QStringLiteral("/org/freedesktop/login1"), m_logind.get(),
                                    QDBusConnection::ExportAllSlots));
    QVERIFY(m_session.registerObject(QStringLiteral("/org/freedesktop/ScreenSaver"), m_screenSaver.get(),
                                     QDBusConnection::ExportAllSlots));
    QVERIFY(m_system.registerService(QStringLiteral("org.freedesktop.login1")));
    QVERIFY(m_session.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
}

void SleepInhibitorTest::cleanup()
{
    m_system.unregisterService(QStringLiteral("org.freedesktop.login1"));
    m_session.unregisterService(QStringLiteral("org.freedesktop.ScreenSaver"));
    m_system.unregisterObject(QStringLiteral("/org/freedesktop/login1"));
    m_session.unregisterObject(QStringLiteral("/org/freedesktop/ScreenSaver"));
    m_logind.reset();
    m_screenSaver.reset();
}

void SleepInhibitorTest::logindHoldsAndLetsGo()
{
    {
        SleepInhibitor inhibitor;
        QSignalSpy spy(&inhibitor, &SleepInhibitor::heldChanged);
        inhibitor.setActive(true, reason());
        inhibitor.setActive(true, reason()); // once is enough
        QTRY_VERIFY(inhibitor.isHeld());
        QCOMPARE(m_logind->held(), 1);
        QCOMPARE(m_logind->asked,
                 QStringList{QStringLiteral("sleep:idle|Tidemark|") + reason() + QStringLiteral("|block")});
        inhibitor.setActive(false, {});
        QVERIFY(!inhibitor.isHeld());
        QTRY_COMPARE(m_logind->held(), 0);
        QCOMPARE(spy.size(), 2);
        inhibitor.setActive(true, reason());
        QTRY_COMPARE(m_logind->held(), 1);
    }
    QTRY_COMPARE(m_logind->held(), 0); // its end ends it
    QCOMPARE(m_screenSaver->asked, QStringList());
}

void SleepInhibitorTest::changesOfMindLeaveNothingHeld()
{
    SleepInhibitor inhibitor;
    for (int i = 0; i < 20; ++i) {
        inhibitor.setActive(true, reason());
        inhibitor.setActive(false, {}); // before any answer
    }
    QTRY_COMPARE(m_logind->asked.size(), 20);
    QTRY_COMPARE(m_logind->held(), 0);
    QVERIFY(!inhibitor.isHeld());
    inhibitor.setActive(true, reason());
    QTRY_VERIFY(inhibitor.isHeld());
    QTRY_COMPARE(m_logind->held(), 1);
}

void SleepInhibitorTest::screenSaverWhereLogindRefuses()
{
    m_logind->refuses = true;
    {
        SleepInhibitor inhibitor;
        inhibitor.setActive(true, reason());
        QTRY_VERIFY(inhibitor.isHeld());
        QCOMPARE(m_screenSaver->asked, QStringList{QStringLiteral("Tidemark|") + reason()});
        QCOMPARE(m_screenSaver->held.size(), 1);
        inhibitor.setActive(false, {});
        QTRY_COMPARE(m_screenSaver->held.size(), 0);
        inhibitor.setActive(true, reason());
        QTRY_COMPARE(m_screenSaver->held.size(), 1);
    }
    QTRY_COMPARE(m_screenSaver->held.size(), 0);
}

void SleepInhibitorTest::lateCookieIsGivenBack()
{
    m_logind->refuses = true;
    SleepInhibitor inhibitor;
    inhibitor.setActive(true, reason());
    QTRY_COMPARE(m_logind->asked.size(), 1);
    inhibitor.setActive(false, {});
    QTest::qWait(200);
    QCOMPARE(m_screenSaver->held.size(), 0);
    QVERIFY(!inhibitor.isHeld());
}

void SleepInhibitorTest::nothingWhereNobodyAnswers()
{
    cleanup();
    SleepInhibitor inhibitor;
    inhibitor.setActive(true, reason());
    QTest::qWait(300);
    QVERIFY(!inhibitor.isHeld());
    inhibitor.setActive(false, {});
    init();
}

void SleepInhibitorTest::heldWhileADownloadRuns()
{
    const QByteArray archive = makeArchive(400000);
    DownloadFixture fixture;
    fixture.serve({Reply{.body = archive, .chunkPauseMs = 100, .pieceSize = 20000}});
    fixture.jobs.publish(DownloadFixture::fileName(), sha1Of(archive));
    fixture.makeQueue();
    QTest::qWait(150);
    QCOMPARE(m_logind->asked.size(), 0); // nothing runs
    const DownloadId id = fixture.add();
    QTRY_COMPARE(m_logind->held(), 1);
    fixture.queue->pause(id);
    QTRY_COMPARE(m_logind->held(), 0);
    fixture.queue->resume(id);
    QTRY_COMPARE(m_logind->held(), 1);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QTRY_COMPARE(m_logind->held(), 0);
    QCOMPARE(m_logind->asked.last(), QStringLiteral("sleep:idle|Tidemark|") + reason() + QStringLiteral("|block"));
}

/// Last: the buses do not come back.
void SleepInhibitorTest::nothingWithoutABus()
{
    SleepInhibitor inhibitor;
    inhibitor.setActive(true, reason());
    QTRY_VERIFY(inhibitor.isHeld());
    m_systemBus.stop();
    m_sessionBus.stop();
    QTRY_VERIFY(!m_session.isConnected());
    inhibitor.setActive(false, {});
    inhibitor.setActive(true, reason());
    QTest::qWait(300);
    QVERIFY(!inhibitor.isHeld());
}

} // namespace

QTEST_GUILESS_MAIN(SleepInhibitorTest)
#include "sleep_inhibitor_test.moc"
