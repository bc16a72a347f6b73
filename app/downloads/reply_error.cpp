#include "downloads/reply_error.h"

#include <QCoreApplication>
#include <QNetworkReply>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ArchiveReader", text);
}

} // namespace

Error replyError(const QNetworkReply &reply)
{
    Error error;
    error.kind = ErrorKind::Network;
    error.retryable = true;
    const QString host = reply.request().url().host();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        error.sentence = tr("The name %1 could not be found.").arg(host);
        break;
    case QNetworkReply::ConnectionRefusedError:
        error.sentence = tr("%1 refused the connection.").arg(host);
        break;
    case QNetworkReply::RemoteHostClosedError:
        error.sentence = tr("The connection to %1 was lost.").arg(host);
        break;
    case QNetworkReply::SslHandshakeFailedError:
        error.kind = ErrorKind::Tls;
        error.retryable = false;
        error.sentence = tr("No protected connection to %1 could be made: %2.").arg(host, reply.errorString());
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        error.kind = ErrorKind::Proxy;
        error.retryable = false;
        error.sentence = tr("The proxy wants a name and a password.");
        break;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        error.kind = ErrorKind::Proxy;
        error.sentence = tr("The proxy cannot be reached.");
        break;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        error.retryable = false;
        error.sentence = tr("The download link is of a kind that cannot be fetched.");
        break;
    default:
        error.sentence = tr("The connection to %1 failed.").arg(host);
        break;
    }
    return error;
}

} // namespace tidemark
