#include "cloud/api_error.h"

#include "base/text.h"
#include "cloud/envelope.h"
#include "cloud/error_codes.h"
#include "cloud/json_read.h"
#include "cloud/tls_error.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QJsonDocument>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qsizetype ShownTextLimit = 300;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ApiError", text);
}

/// What a server wrote, fit for one line of a message: no markup, no control characters, not without end.
QString shown(QString text)
{
    text = text.simplified();
    text.removeIf([](QChar c) { return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format; });
    if (text.size() > ShownTextLimit)
        text = text.left(ShownTextLimit) + QChar(0x2026);
    return text;
}

QString quoted(const QString &text)
{
    return tr("The server says: “%1”").arg(text);
}

ErrorKind kindOfStatus(int status)
{
    switch (status) {
    case 401:
        return ErrorKind::Credentials;
    case 402:
    case 403:
        return ErrorKind::Permission;
    case 404:
    case 405:
    case 410:
        return ErrorKind::NotFound;
    case 407:
        return ErrorKind::Proxy;
    case 409:
        return ErrorKind::Conflict;
    case 429:
        return ErrorKind::RateLimited;
    default:
        return status >= 500 ? ErrorKind::Server : ErrorKind::Refused;
    }
}

/// For answers without a known code.
void describeStatus(Error &error)
{
    const int status = error.httpStatus;
    switch (error.kind) {
    case ErrorKind::Credentials:
        error.sentence = tr("The server did not accept the credentials (HTTP 401).");
        error.hint = tr("Check the public and private key, or the service account's id and secret.");
        break;
    case ErrorKind::Permission:
        error.sentence = tr("The server does not allow this (HTTP %1).").arg(status);
        error.hint = tr("Check the roles and the API access list of the key.");
        break;
    case ErrorKind::NotFound:
        error.sentence = tr("The server does not know this resource (HTTP %1).").arg(status);
        error.hint = tr("Check the connection's URL: it may not be a Cloud Manager or Ops Manager at all.");
        break;
    case ErrorKind::Proxy:
        error.sentence = tr("The proxy wants a user name and password (HTTP 407).");
        error.hint = tr("Check the proxy settings of the connection.");
        break;
    case ErrorKind::Conflict:
        error.sentence = tr("The server refused because of the present state (HTTP 409).");
        break;
    case ErrorKind::RateLimited:
        error.sentence = tr("The server limits how often it may be asked (HTTP 429).");
        error.hint = tr("Wait a minute before the next attempt.");
        break;
    case ErrorKind::Server:
        error.sentence = tr("The server or a gateway before it failed (HTTP %1).").arg(status);
        error.hint = tr("Try again; if it stays, tell who runs the server.");
        break;
    default:
        error.sentence = tr("The server refused the request (HTTP %1).").arg(status);
        break;
    }
}

void apply(Error &error, const ErrorCodeEntry &entry, const QString &detail)
{
    error.kind = entry.kind;
    error.sentence = errorCodeText(entry.sentence);
    error.hint = errorCodeText(entry.hint);
    if (entry.showDetail && !detail.isEmpty())
        error.sentence += QLatin1Char(' ') + quoted(detail);
}

bool isRetryable(const Error &error)
{
    return error.kind == ErrorKind::RateLimited || error.httpStatus == 408 || error.httpStatus == 500 ||
           error.httpStatus == 502 || error.httpStatus == 503 || error.httpStatus == 504;
}

void describeProxy(Error &error, const QString &sentence)
{
    error.kind = ErrorKind::Proxy;
    error.sentence = sentence;
    error.hint = tr("Check the proxy settings of the connection.");
}

/// A server that names the time is not contradicted by a guess.
void hintAtWait(Error &error)
{
    if (error.kind == ErrorKind::RateLimited && error.retryAfter.count() > 0) {
        const auto wait = std::chrono::ceil<std::chrono::seconds>(error.retryAfter);
        error.hint = tr("Wait %1 before the next attempt, as the server asks.").arg(durationText(wait));
    }
}

Error start(int httpStatus, std::chrono::milliseconds retryAfter)
{
    Error error;
    error.httpStatus = httpStatus;
    error.kind = kindOfStatus(httpStatus);
    error.retryAfter = retryAfter;
    return error;
}

} // namespace

Error errorFromAnswer(int httpStatus, const QByteArray &body, std::chrono::milliseconds retryAfter)
{
    Error error = start(httpStatus, retryAfter);
    QJsonObject document = errorDocument(body);
    if (document.isEmpty())
        document = json::parse(body).object(); // what is in it may still say something
    error.apiCode = shown(json::text(document.value(QLatin1String("errorCode"))));
    const QStringList parameters = json::texts(document.value(QLatin1String("parameters")));
    for (const QString &parameter : parameters)
        error.parameters.append(shown(parameter));
    QString detail = shown(json::text(document.value(QLatin1String("detail"))));
    if (detail.isEmpty())
        detail = shown(json::text(document.value(QLatin1String("reason"))));

    if (const ErrorCodeEntry *entry = errorCodeEntry(error.apiCode)) {
        apply(error, *entry, detail);
    } else {
        // 401 with a code is about rights, without one about the key ("Errors", status 401).
        if (httpStatus == 401 && !error.apiCode.isEmpty())
            error.kind = ErrorKind::Permission;
        describeStatus(error);
        if (!error.apiCode.isEmpty()) {
            error.sentence = detail.isEmpty()
                                 ? tr("The server answered %1 (HTTP %2).").arg(error.apiCode).arg(httpStatus)
                                 : tr("The server answered %1: “%2”").arg(error.apiCode, detail);
            if (error.kind == ErrorKind::NotFound)
                error.hint.clear(); // the code shows that it is a Cloud Manager or Ops Manager
        } else if (!detail.isEmpty()) {
            error.sentence += QLatin1Char(' ') + quoted(detail);
        }
    }
    hintAtWait(error);
    error.retryable = isRetryable(error);
    return error;
}

Error errorFromTokenAnswer(int httpStatus, const QByteArray &body, std::chrono::milliseconds retryAfter)
{
    const QJsonObject document = json::parse(body).object();
    const QJsonValue code = document.value(QLatin1String("error"));
    // In the API's own document `error` is the status, a number.
    if (!code.isString() || document.contains(QLatin1String("errorCode")))
        return errorFromAnswer(httpStatus, body, retryAfter);

    Error error = start(httpStatus, retryAfter);
    error.apiCode = shown(code.toString());
    const QString detail = shown(json::text(document.value(QLatin1String("error_description"))));
    if (const ErrorCodeEntry *entry = tokenErrorEntry(error.apiCode)) {
        apply(error, *entry, detail);
    } else {
        describeStatus(error);
        error.sentence = detail.isEmpty() ? tr("The server answered %1 (HTTP %2).").arg(error.apiCode).arg(httpStatus)
                                          : tr("The server answered %1: “%2”").arg(error.apiCode, detail);
    }
    hintAtWait(error);
    error.retryable = isRetryable(error);
    return error;
}

Error errorFromNetwork(QNetworkReply::NetworkError code, const QString &server, const QString &detail,
                       const QString &proxy)
{
    Error error;
    error.kind = ErrorKind::Network;
    error.retryable = true;
    const bool noWay = code == QNetworkReply::ConnectionRefusedError || code == QNetworkReply::HostNotFoundError ||
                       code == QNetworkReply::UnknownNetworkError;
    if (!proxy.isEmpty() && noWay) {
        error.kind = ErrorKind::Proxy;
        error.sentence = tr("%1 cannot be reached through the proxy %2: %3").arg(server, proxy, shown(detail));
        error.hint =
            tr("Check the proxy settings of the connection, and whether the proxy may connect to that server.");
        return error;
    }
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        error.sentence = tr("%1 refuses the connection.").arg(server);
        error.hint = tr("Check host and port, and whether the server runs.");
        break;
    case QNetworkReply::RemoteHostClosedError:
        error.sentence = tr("%1 closed the connection before it had answered.").arg(server);
        error.hint = tr("Try again; if it stays, a firewall or load balancer may cut connections to this port.");
        break;
    case QNetworkReply::ContentReSendError:
        // Qt wanted to send a body once more, which OnceDevice forbids; it does not say for which of the two reasons.
        error.sentence = tr("%1 closed the connection before it had answered, or redirects to another address. Nothing "
                            "was sent again.")
                             .arg(server);
        break;
    case QNetworkReply::HostNotFoundError:
        error.sentence = tr("The name %1 cannot be found.").arg(server);
        error.hint = tr("Check the spelling, this computer's network and its name servers.");
        break;
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        error.sentence = tr("%1 did not answer in time.").arg(server);
        error.hint = tr("Check the network and firewalls; a proxy may be needed.");
        break;
    case QNetworkReply::SslHandshakeFailedError:
        return errorFromHandshake(server, shown(detail));
    case QNetworkReply::ProxyConnectionRefusedError:
        describeProxy(error, tr("The proxy refuses the connection."));
        error.hint = tr("Check the proxy's host and port, and whether it runs.");
        break;
    case QNetworkReply::ProxyConnectionClosedError:
        describeProxy(error, tr("The proxy closed the connection."));
        error.hint = tr("Check the proxy's host and port: something else than this kind of proxy may be there.");
        break;
    case QNetworkReply::ProxyNotFoundError:
        describeProxy(error, tr("The name of the proxy cannot be found."));
        break;
    case QNetworkReply::ProxyTimeoutError:
        describeProxy(error, tr("The proxy did not answer in time."));
        break;
    case QNetworkReply::ProxyAuthenticationRequiredError:
        describeProxy(error, tr("The proxy did not accept the user name and password."));
        error.retryable = false;
        break;
    case QNetworkReply::UnknownProxyError:
        describeProxy(error, tr("The proxy failed: %1").arg(shown(detail)));
        break;
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        error.sentence = tr("The network went away.");
        error.hint = tr("Check this computer's network.");
        break;
    default:
        error.sentence = tr("No answer from %1: %2").arg(server, shown(detail));
        break;
    }
    return error;
}

Error unexpectedAnswer(const QString &what)
{
    Error error;
    error.kind = ErrorKind::Parse;
    error.sentence = tr("The answer is not what the API documents: %1").arg(what);
    error.hint =
        tr("Check the connection's URL: it may not be a Cloud Manager or Ops Manager, or a proxy may answer in "
           "its place.");
    return error;
}

Error refusedRedirect(const QString &target)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = tr("The server redirects to %1. Nothing was sent there.").arg(shown(target));
    error.hint = tr("Use that address as the connection's URL if it is the right one.");
    return error;
}

QString callerAddress(const Error &error)
{
    const bool aboutAccessList =
        error.apiCode.endsWith(QLatin1String("_ACCESS_LIST")) || error.apiCode.endsWith(QLatin1String("_ON_WHITELIST"));
    if (!aboutAccessList)
        return {};
    if (!error.parameters.isEmpty())
        return error.parameters.first();
    // Older servers name it in their text only.
    static const QRegularExpression separators(QStringLiteral("[^0-9A-Fa-f.:]+"));
    for (QString word : error.sentence.split(separators, Qt::SkipEmptyParts)) {
        while (word.endsWith(QLatin1Char('.')))
            word.chop(1);
        const bool full = word.count(QLatin1Char('.')) == 3 || word.count(QLatin1Char(':')) >= 2;
        if (full && !QHostAddress(word).isNull())
            return word;
    }
    return {};
}

std::chrono::milliseconds retryAfterOf(const QByteArray &header, const QDateTime &now)
{
    constexpr qint64 limit = 3600 * 1000;
    bool isNumber = false;
    const qint64 seconds = header.trimmed().toLongLong(&isNumber);
    qint64 wait = 0;
    if (isNumber)
        wait = seconds > limit / 1000 ? limit : seconds * 1000;
    else if (const QDateTime moment = httpDate(header); moment.isValid())
        wait = now.msecsTo(moment);
    return std::chrono::milliseconds(std::clamp<qint64>(wait, 0, limit));
}

QDateTime httpDate(const QByteArray &text)
{
    // Names of days and months are English whatever the person's language is.
    const QLocale english = QLocale::c();
    QString written = QString::fromLatin1(text).simplified();
    // RFC 850 names two digits of the year. Qt would read the last century, and then finds that the day of the week
    // does not fit.
    static const QRegularExpression shortYear(QStringLiteral("(-\\w{3}-)(\\d\\d) "));
    if (const auto match = shortYear.match(written); match.hasMatch()) {
        const QString century = match.captured(2).toInt() < 70 ? QStringLiteral("20") : QStringLiteral("19");
        written.insert(match.capturedStart(2), century);
    }
    for (const QLatin1String format :
         {QLatin1String("ddd, dd MMM yyyy HH:mm:ss 'GMT'"), QLatin1String("dddd, dd-MMM-yyyy HH:mm:ss 'GMT'"),
          QLatin1String("ddd MMM d HH:mm:ss yyyy")}) {
        QDateTime moment = english.toDateTime(written, format);
        if (!moment.isValid())
            continue;
        moment.setTimeSpec(Qt::UTC);
        return moment;
    }
    return {};
}

} // namespace tidemark
