#include "bench/bench_server.h"

#include "support/reserved_port.h"
#include "support/system_program.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTcpSocket>
#include <QThread>

#include <sched.h>

namespace tidemark::bench {

namespace {

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(500);
}

} // namespace

qint64 bytesOf(const QString &text)
{
    QString digits = text;
    const QChar unit = digits.isEmpty() ? QChar() : digits.back().toUpper();
    qint64 factor = 1;
    if (unit == QLatin1Char('G'))
        factor = qint64(1) << 30;
    else if (unit == QLatin1Char('M'))
        factor = qint64(1) << 20;
    if (factor > 1)
        digits.chop(1);
    return digits.toLongLong() * factor;
}

void letGiveWay(QProcess &server)
{
    server.setChildProcessModifier([] {
        const sched_param none{};
        ::sched_setscheduler(0, SCHED_IDLE, &none);
    });
}

BenchServer::BenchServer(const QString &folder)
    : m_folder(folder)
{
}

BenchServer::~BenchServer()
{
    m_process.terminate();
    m_process.waitForFinished(5000);
}

QString BenchServer::start()
{
    m_httpPort = test::reservedPort();
    m_tlsPort = test::reservedPort();
    const QDir folder(m_folder);
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
                  {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
                   QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"),
                   QStringLiteral("-subj"), QStringLiteral("/CN=localhost"), QStringLiteral("-addext"),
                   QStringLiteral("subjectAltName=DNS:localhost,IP:127.0.0.1"), QStringLiteral("-keyout"),
                   folder.filePath(QStringLiteral("server.key")), QStringLiteral("-out"), caFile()});
    if (!openssl.waitForFinished(60000) || openssl.exitCode() != 0)
        return QStringLiteral("openssl: ") + QString::fromLocal8Bit(openssl.readAllStandardError());

    // What a server of archives would have: sendfile, large TLS records, HTTP/2 offered.
    const QString configuration = QStringLiteral(R"(daemon off; master_process off; worker_processes 1;
error_log %1/error.log; pid %1/nginx.pid;
events { worker_connections 64; }
http {
  access_log off; sendfile on; tcp_nopush on; types {} default_type application/x-gzip;
  client_body_temp_path %1; proxy_temp_path %1; fastcgi_temp_path %1; uwsgi_temp_path %1; scgi_temp_path %1;
  server { listen 127.0.0.1:%2; root %1; }
  server { listen 127.0.0.1:%3 ssl http2; root %1; ssl_certificate %4; ssl_certificate_key %1/server.key;
           ssl_protocols TLSv1.2 TLSv1.3; }
}
)")
                                      .arg(m_folder)
                                      .arg(m_httpPort)
                                      .arg(m_tlsPort)
                                      .arg(caFile());
    QFile file(folder.filePath(QStringLiteral("nginx.conf")));
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(configuration.toUtf8());
    file.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(test::systemProgram(QStringLiteral("nginx")),
                    {QStringLiteral("-p"), m_folder, QStringLiteral("-c"), file.fileName()});
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < 10000) {
        if (answers(m_httpPort) && answers(m_tlsPort))
            return {};
        if (m_process.state() == QProcess::NotRunning)
            break;
        QThread::msleep(50);
    }
    return QStringLiteral("nginx: ") + QString::fromLocal8Bit(m_process.readAll());
}

QString BenchServer::httpUrl(const QString &name) const
{
    return QStringLiteral("http://127.0.0.1:%1/%2").arg(m_httpPort).arg(name);
}

QString BenchServer::tlsUrl(const QString &name) const
{
    return QStringLiteral("https://localhost:%1/%2").arg(m_tlsPort).arg(name);
}

QString BenchServer::caFile() const
{
    return QDir(m_folder).filePath(QStringLiteral("server.pem"));
}

} // namespace tidemark::bench
