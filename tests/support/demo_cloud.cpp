#include "support/demo_cloud.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <memory>

namespace tidemark::test {

namespace {
constexpr int StartLimit = 20'000; // milliseconds; a loaded machine with sanitizers is slow

/// The control pages want no sign-in. Empty where no good answer came.
QByteArray exchange(const QUrl &url, const QByteArray &body)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/plain"));
    const std::unique_ptr<QNetworkReply> reply(body.isEmpty() ? network.get(request) : network.post(request, body));
    const bool ended = QTest::qWaitFor([&reply] { return reply->isFinished(); }, 15000);
    return ended && reply->error() == QNetworkReply::NoError ? reply->readAll() + '\n' : QByteArray();
}

} // namespace

DemoCloud::DemoCloud(const QStringList &switches)
{
    const QString program = qEnvironmentVariable("TIDEMARK_DEMO_CLOUD");
    if (program.isEmpty()) {
        m_problem = QStringLiteral("TIDEMARK_DEMO_CLOUD names no program");
        return;
    }
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(program, switches);
    QElapsedTimer waited;
    waited.start();
    while (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning && waited.elapsed() < StartLimit)
        m_process.waitForReadyRead(100);
    m_facts = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_facts.isEmpty()) {
        m_problem = QStringLiteral("%1 gave no first line: %2")
                        .arg(program, QString::fromLocal8Bit(m_process.readAllStandardError()));
    }
}

DemoCloud::~DemoCloud()
{
    m_process.terminate();
    if (!m_process.waitForFinished(3000)) {
        m_process.kill();
        m_process.waitForFinished(3000);
    }
}

QString DemoCloud::problem() const
{
    return m_problem;
}

QUrl DemoCloud::baseUrl() const
{
    return QUrl(text(QLatin1String("baseUrl")));
}

bool DemoCloud::addFault(const QByteArray &rule) const
{
    return !exchange(baseUrl().resolved(QUrl(QStringLiteral("/demo/faults"))), rule).isEmpty();
}

QJsonArray DemoCloud::requests() const
{
    const QByteArray answer = exchange(baseUrl().resolved(QUrl(QStringLiteral("/demo/requests"))), {});
    return QJsonDocument::fromJson(answer).object().value(QLatin1String("requests")).toArray();
}

QByteArray DemoCloud::output()
{
    return m_process.readAllStandardOutput() + m_process.readAllStandardError();
}

} // namespace tidemark::test
