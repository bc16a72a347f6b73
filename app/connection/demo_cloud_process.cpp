#include "connection/demo_cloud_process.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#ifdef Q_OS_LINUX
#include <csignal>
#include <sys/prctl.h>
#endif

namespace tidemark {

namespace {

constexpr int PatienceMs = 2000;
const QString ProgramName = QStringLiteral("tidemark-demo-cloud");

} // namespace

DemoCloudProcess::DemoCloudProcess(QObject *parent)
    : QObject(parent)
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.setStandardErrorFile(QProcess::nullDevice());
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
#endif
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoCloudProcess::readFirstLine);
    connect(&m_process, &QProcess::errorOccurred, this, [this] {
        if (!m_isReady)
            fail(tr("The stand-in Cloud Manager could not be started: %1.").arg(m_process.errorString()), {});
    });
    connect(&m_process, &QProcess::finished, this, [this](int exitCode) {
        m_isReady = false;
        fail(tr("The stand-in Cloud Manager ended with exit status %1.").arg(exitCode), tr("Start the demo again."));
    });
}

DemoCloudProcess::~DemoCloudProcess()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(PatienceMs)) {
        m_process.kill();
        m_process.waitForFinished(PatienceMs);
    }
}

QString DemoCloudProcess::program()
{
    const QString named = qEnvironmentVariable("TIDEMARK_DEMO_CLOUD");
    if (!named.isEmpty())
        return named;
    const QString beside = QStandardPaths::findExecutable(ProgramName, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(ProgramName) : beside;
}

void DemoCloudProcess::start(const QStringList &arguments)
{
    const QString path = program();
    if (path.isEmpty()) {
        fail(tr("The stand-in Cloud Manager, %1, is neither beside this program nor in the PATH.").arg(ProgramName),
             tr("Install it, or name it in the variable TIDEMARK_DEMO_CLOUD."));
        return;
    }
    m_process.start(path, arguments, QIODevice::ReadOnly);
}

void DemoCloudProcess::readFirstLine()
{
    const QByteArray output = m_process.readAllStandardOutput(); // always read, so that the pipe never fills
    if (m_isReady)
        return;
    m_firstLine += output;
    const qsizetype end = m_firstLine.indexOf('\n');
    if (end < 0)
        return;
    const QJsonObject said = QJsonDocument::fromJson(m_firstLine.left(end)).object();
    wipeBytes(m_firstLine);
    m_firstLine.clear();
    const QString baseUrl = said.value(QLatin1String("baseUrl")).toString();
    const QString publicKey = said.value(QLatin1String("publicKey")).toString();
    if (baseUrl.isEmpty() || publicKey.isEmpty()) {
        fail(tr("The stand-in Cloud Manager did not say where it listens."), tr("Start the demo again."));
        return;
    }
    m_connection.id = ConnectionId(QStringLiteral("demo"));
    m_connection.name = tr("Demo");
    m_connection.service = Service::OpsManager;
    m_connection.baseUrl = QUrl(baseUrl);
    m_connection.userName = publicKey;
    m_credentials.secret = Secret(said.value(QLatin1String("privateKey")).toString());
    m_isReady = true;
    qCInfo(lcConnection) << "stand-in Cloud Manager at" << baseUrl;
    Q_EMIT ready();
}

void DemoCloudProcess::fail(const QString &sentence, const QString &hint)
{
    Error error;
    error.kind = ErrorKind::Internal;
    error.sentence = sentence;
    error.hint = hint;
    Q_EMIT failed(error);
}

} // namespace tidemark
