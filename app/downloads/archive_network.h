#pragma once

#include "downloads/token_bucket.h"

#include <QNetworkProxyFactory>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>
#include <QThread>

#include <memory>

namespace tidemark {

/// What all readers of archives share: the thread on which they receive, the bandwidth limit, the trusted certificates.
/// Nothing of it is shared with the API's requests, which therefore never wait behind an archive.
class ArchiveNetwork
{
public:
    explicit ArchiveNetwork(const QStringList &caCertificateFiles);
    ~ArchiveNetwork(); ///< ends the thread; every reader must be gone or on its way out (deleteLater)
    ArchiveNetwork(const ArchiveNetwork &) = delete;
    ArchiveNetwork &operator=(const ArchiveNetwork &) = delete;

    QThread *thread() { return &m_thread; }
    std::shared_ptr<TokenBucket> bucket() const { return m_bucket; }
    /// TLS 1.2 or newer; the system's certificates and those of the given files. Certificate errors end a download.
    const QSslConfiguration &ssl() const { return m_ssl; }

private:
    QThread m_thread;
    QObject m_inside; ///< lives on the thread
    std::shared_ptr<TokenBucket> m_bucket;
    QSslConfiguration m_ssl;
};

} // namespace tidemark
