#pragma once

#include <QProcess>
#include <QString>

namespace tidemark::bench {

/// "512", "4M", "2G".
qint64 bytesOf(const QString &text);

/// To be called before the server starts: it will run where nobody else wants to. A DBA's servers are elsewhere and
/// take no processor from the window.
void letGiveWay(QProcess &server);

/// nginx on loopback with one folder, over HTTP and over TLS with HTTP/2 enabled, with a certificate of its own.
class BenchServer
{
public:
    explicit BenchServer(const QString &folder);
    ~BenchServer();
    BenchServer(const BenchServer &) = delete;
    BenchServer &operator=(const BenchServer &) = delete;

    /// Empty when it runs; else what went wrong.
    QString start();
    QProcess &process() { return m_process; }
    QString httpUrl(const QString &name) const;
    QString tlsUrl(const QString &name) const;
    QString caFile() const;

private:
    QString m_folder;
    quint16 m_httpPort = 0;
    quint16 m_tlsPort = 0;
    QProcess m_process;
};

} // namespace tidemark::bench
