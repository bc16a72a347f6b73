#include "downloads/archive_network.h"

#include "base/log.h"
#include "base/thread_priority.h"

#include <QSslCertificate>

namespace tidemark {

ArchiveNetwork::ArchiveNetwork(const QStringList &caCertificateFiles)
    : m_bucket(std::make_shared<TokenBucket>())
    , m_ssl(QSslConfiguration::defaultConfiguration())
{
    m_ssl.setProtocol(QSsl::TlsV1_2OrLater);
    m_ssl.setPeerVerifyMode(QSslSocket::VerifyPeer);
    for (const QString &file : caCertificateFiles) {
        if (!m_ssl.addCaCertificates(file))
            qCWarning(lcDownloads) << "no certificates in" << file;
    }
    m_thread.setObjectName(QStringLiteral("archives"));
    QObject::connect(
        &m_thread, &QThread::started, &m_thread, [] { stepBehindTheWindow(); }, Qt::DirectConnection);
    m_inside.moveToThread(&m_thread);
    m_thread.start();
}

ArchiveNetwork::~ArchiveNetwork()
{
    // After what was asked of the thread before: readers that are to be deleted.
    QMetaObject::invokeMethod(&m_inside, [this] { m_thread.quit(); });
    m_thread.wait();
}

} // namespace tidemark
