#include "gui/silent_others.h"

#include "support/hostile_answers.h"
#include "support/silent_address.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QFile>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTextStream>
#include <QTimer>

#include <atomic>
#include <chrono>

#include <unistd.h>

namespace tidemark::test {

namespace {

using namespace std::chrono_literals;

/// Of eight pages: 60 MB of as many restores as a cluster may well have had.
constexpr int JobsOfPage = 50;
constexpr int JobBytes = 147'000;
constexpr auto ScriptSilence = 30s; ///< after that a program that stands still for it goes on and can be judged

class SilentKeychain final : public QDBusVirtualObject
{
public:
    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        message.setDelayedReply(true);
        return true;
    }
};

} // namespace

SilentOthers::SilentOthers() = default;

SilentOthers::~SilentOthers()
{
    m_process.closeWriteChannel(); // its end
    if (!m_process.waitForFinished(3000))
        m_process.kill();
    m_process.waitForFinished(3000);
}

QString SilentOthers::start()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(argument)});
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(20000))
            return QStringLiteral("the others did not start");
    }
    const QList<QByteArray> words = m_process.readLine().simplified().split(' ');
    for (int i = 0; i < 3; ++i)
        m_ports[i] = words.value(i).toUShort();
    return words.size() == 3 ? QString() : QString::fromUtf8(words.join(' '));
}

void SilentOthers::becomeHostile()
{
    m_process.write("hostile\n");
    m_process.waitForBytesWritten();
}

int SilentOthers::run(int &argc, char **argv)
{
    (void)::nice(10); // they are elsewhere and need no processor of the program's
    const QCoreApplication application(argc, argv);
    SilentKeychain keychain;
    QDBusConnection bus = QDBusConnection::sessionBus();
    const bool hasKeychain = bus.registerVirtualObject(QStringLiteral("/"), &keychain, QDBusConnection::SubPath) &&
                             bus.registerService(QStringLiteral("org.freedesktop.secrets"));
    QTcpServer script;
    QObject::connect(&script, &QTcpServer::newConnection, &script, [&script] {
        QTimer::singleShot(ScriptSilence, script.nextPendingConnection(), &QObject::deleteLater);
    });
    const SilentAddress dead("127.0.0.1");
    std::atomic<bool> hostile = false;
    ScriptedServer api;
    api.setHandler([&hostile](const RecordedRequest &request) {
        if (hostile && request.path().endsWith("/restoreJobs"))
            return fullPage(request, JobsOfPage, deepAndLong(JobBytes));
        return hostile ? hostileAnswer(request) : ScriptedAnswer::json(R"({"results":[],"totalCount":0})");
    });
    QTextStream out(stdout);
    if (!hasKeychain || !script.listen(QHostAddress::LocalHost) || !dead.works()) {
        out << "keychain, script's server or silent address cannot be had" << Qt::endl;
        return 1;
    }
    out << api.port() << ' ' << script.serverPort() << ' ' << dead.port() << Qt::endl;
    QFile orders;
    if (!orders.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 1;
    QSocketNotifier ordered(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&ordered, &QSocketNotifier::activated, &application, [&] {
        hostile = true;
        if (orders.read(100).isEmpty())
            QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}

} // namespace tidemark::test
