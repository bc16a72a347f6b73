#include "downloads/answer_plan.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::AnswerPlan", text);
}

Error problem(ErrorKind kind, int status, const QString &sentence, bool retryable)
{
    Error error;
    error.kind = kind;
    error.httpStatus = status;
    error.sentence = sentence;
    error.retryable = retryable;
    return error;
}

AnswerPlan without(AnswerPlan::Action action, Error error)
{
    AnswerPlan plan;
    plan.action = action;
    plan.error = std::move(error);
    return plan;
}

AnswerPlan restart(int status, const QString &why)
{
    return without(AnswerPlan::Action::RestartWithoutRange, problem(ErrorKind::Server, status, why, true));
}

Framing framingOf(const AnswerHead &head)
{
    if (head.transferEncoding.toLower().contains("chunked"))
        return Framing::Chunked;
    bool ok = false;
    head.contentLength.trimmed().toLongLong(&ok);
    return ok ? Framing::Length : Framing::UntilClose;
}

qint64 lengthOf(const AnswerHead &head)
{
    if (framingOf(head) != Framing::Length)
        return -1;
    return std::max<qint64>(-1, head.contentLength.trimmed().toLongLong());
}

bool saysRanges(const AnswerHead &head)
{
    return head.acceptRanges.toLower().contains("bytes");
}

AnswerPlan wholeFile(const AnswerHead &head)
{
    AnswerPlan plan;
    plan.action = AnswerPlan::Action::FromStart;
    plan.framing = framingOf(head);
    plan.bodyBytes = lengthOf(head);
    plan.totalBytes = plan.bodyBytes;
    plan.etag = head.etag;
    plan.resumable = saysRanges(head);
    return plan;
}

AnswerPlan rangeOfFile(const AskedRange &asked, const AnswerHead &head, const ContentRange &range)
{
    AnswerPlan plan;
    plan.framing = framingOf(head);
    plan.bodyBytes = range.last - range.first + 1;
    plan.totalBytes = range.total;
    plan.etag = head.etag;
    plan.resumable = true;
    const qint64 length = lengthOf(head);
    if (length >= 0 && length != plan.bodyBytes)
        return restart(head.status, tr("The server announced a range and a length that contradict each other."));
    if (range.first == 0) {
        // All from the first byte on, whatever was asked: taken as the file's beginning.
        plan.action = AnswerPlan::Action::FromStart;
        return plan;
    }
    if (range.first != asked.offset)
        return restart(head.status, tr("The server sent another part of the file than was asked for."));
    if (asked.knownTotal >= 0 && range.total >= 0 && range.total != asked.knownTotal)
        return restart(head.status, tr("The file on the server has another length than before."));
    if (!asked.knownEtag.isEmpty() && !head.etag.isEmpty() && head.etag != asked.knownEtag)
        return restart(head.status, tr("The file on the server is not the one that was begun."));
    plan.action = AnswerPlan::Action::Append;
    return plan;
}

AnswerPlan rangeNotSatisfiable(const AskedRange &asked, const AnswerHead &head)
{
    const auto range = parseContentRange(head.contentRange);
    const qint64 total = range && range->total >= 0 ? range->total : asked.knownTotal;
    const Error error = problem(ErrorKind::Server, 416, tr("The server has no more bytes of this file."), true);
    if (asked.offset == 0)
        return without(AnswerPlan::Action::RetryLater, error);
    if (total < 0)
        return without(AnswerPlan::Action::MaybeComplete, error);
    if (total == asked.offset && (asked.knownTotal < 0 || asked.knownTotal == total))
        return without(AnswerPlan::Action::AlreadyComplete, error);
    return restart(416, tr("The file on the server is shorter than what is already here."));
}

} // namespace

AnswerPlan planAnswer(const AskedRange &asked, const AnswerHead &head, const QDateTime &now)
{
    const auto range = parseContentRange(head.contentRange);
    switch (head.status) {
    case 200:
    case 206:
        if (range && range->first >= 0)
            return rangeOfFile(asked, head, *range);
        if (head.status == 200)
            return wholeFile(head);
        return restart(206, tr("The server sent a part of the file without saying which."));
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return without(AnswerPlan::Action::Redirect,
                       problem(ErrorKind::Refused, head.status, tr("The server redirects the download."), false));
    case 401:
    case 403:
    case 404:
    case 410: {
        const ErrorKind kind = head.status == 404 || head.status == 410 ? ErrorKind::NotFound : ErrorKind::Permission;
        return without(
            AnswerPlan::Action::RereadJob,
            problem(kind, head.status, tr("The download link was refused (HTTP status %1).").arg(head.status), true));
    }
    case 416:
        return rangeNotSatisfiable(asked, head);
    default:
        break;
    }
    const bool busy = head.status == 408 || head.status == 425 || head.status == 429 || head.status >= 500;
    if (busy) {
        AnswerPlan plan =
            without(AnswerPlan::Action::RetryLater,
                    problem(head.status == 429 ? ErrorKind::RateLimited : ErrorKind::Server, head.status,
                            head.status == 429 ? tr("The server asks for fewer requests (HTTP status 429).")
                                               : tr("The server failed (HTTP status %1).").arg(head.status),
                            true));
        plan.retryAfter = parseRetryAfter(head.retryAfter, now);
        plan.error.retryAfter = plan.retryAfter;
        return plan;
    }
    if (head.status >= 200 && head.status < 300)
        return without(AnswerPlan::Action::RetryLater,
                       problem(ErrorKind::Server, head.status,
                               tr("The server answered without an archive (HTTP status %1).").arg(head.status), true));
    return without(AnswerPlan::Action::Refuse,
                   problem(ErrorKind::Refused, head.status,
                           tr("The server refused the download (HTTP status %1).").arg(head.status), false));
}

std::optional<ContentRange> parseContentRange(const QByteArray &value)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(^\s*bytes\s+(?:(\d{1,18})-(\d{1,18})|\*)\s*/\s*(\d{1,18}|\*)\s*$)"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(QString::fromLatin1(value));
    if (!match.hasMatch())
        return std::nullopt;
    ContentRange range;
    if (!match.captured(1).isEmpty()) {
        range.first = match.captured(1).toLongLong();
        range.last = match.captured(2).toLongLong();
    }
    if (match.captured(3) != QLatin1String("*"))
        range.total = match.captured(3).toLongLong();
    const bool hasRange = range.first >= 0;
    if (hasRange && (range.last < range.first || (range.total >= 0 && range.last >= range.total)))
        return std::nullopt;
    if (!hasRange && range.total < 0)
        return std::nullopt;
    return range;
}

std::chrono::milliseconds parseRetryAfter(const QByteArray &value, const QDateTime &now)
{
    using namespace std::chrono;
    constexpr milliseconds longest = hours(24);
    const QByteArray text = value.trimmed();
    bool ok = false;
    const qint64 seconds = text.toLongLong(&ok);
    if (ok)
        return std::clamp<milliseconds>(milliseconds(std::clamp<qint64>(seconds, 0, 86400) * 1000), 0ms, longest);
    // The preferred of the three forms of an HTTP date; the obsolete two are read as well.
    const QString date = QString::fromLatin1(text);
    static const QStringList forms{QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"),
                                   QStringLiteral("dddd, dd-MMM-yy hh:mm:ss 'GMT'"),
                                   QStringLiteral("ddd MMM d hh:mm:ss yyyy")};
    for (const QString &form : forms) {
        QDateTime time = QLocale::c().toDateTime(date.simplified(), form);
        if (!time.isValid())
            continue;
        time.setTimeSpec(Qt::UTC);
        return std::clamp<milliseconds>(milliseconds(now.msecsTo(time)), 0ms, longest);
    }
    return 0ms;
}

bool isStrongEtag(const QByteArray &etag)
{
    return etag.size() >= 2 && etag.startsWith('"') && etag.endsWith('"');
}

bool looksLikeText(const QByteArray &firstBytes)
{
    if (firstBytes.isEmpty())
        return false;
    // A tar archive begins with a name in plain letters, but pads it with zero bytes; text has no such bytes.
    return std::none_of(firstBytes.cbegin(), firstBytes.cend(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7f || (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f');
    });
}

} // namespace tidemark
