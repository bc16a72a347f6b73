#include "cloud/order_answer.h"

#include "base/log.h"
#include "cloud/api_error.h"
#include "cloud/decode.h"
#include "cloud/envelope.h"
#include "cloud/http_exchange.h"
#include "cloud/json_prefix.h"
#include "cloud/json_read.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrl>

namespace tidemark {

namespace {

constexpr int DepthLimit = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::OrderAnswer", text);
}

bool isSuccess(int status)
{
    return status >= 200 && status <= 299;
}

bool isObjectId(const QString &text)
{
    static const QRegularExpression id(QRegularExpression::anchoredPattern(QStringLiteral("[0-9A-Fa-f]{24}")));
    return id.match(text).hasMatch();
}

void collectIds(const QJsonValue &value, int depth, QStringList &into)
{
    if (value.isArray() && depth < DepthLimit) {
        const QJsonArray list = value.toArray();
        for (const QJsonValue &item : list)
            collectIds(item, depth + 1, into);
        return;
    }
    static const QRegularExpression id(QStringLiteral("(?<![0-9A-Fa-f])[0-9A-Fa-f]{24}(?![0-9A-Fa-f])"));
    const QString text = json::text(value);
    for (auto match = id.globalMatch(text); match.hasNext();) {
        const QString found = match.next().captured();
        if (!into.contains(found, Qt::CaseInsensitive))
            into.append(found);
    }
}

/// The list or the job, out of an envelope that may be cut before its status, which comes last in the alphabet.
QJsonValue createdPart(const QJsonValue &answer)
{
    const QJsonObject fields = answer.toObject();
    if (!fields.contains(QLatin1String("results")) && !fields.contains(QLatin1String("id"))) {
        for (const QLatin1String key : {QLatin1String("content"), QLatin1String("envelope")}) {
            const QJsonValue inner = fields.value(key);
            if (inner.isObject() || inner.isArray())
                return inner;
        }
    }
    return answer;
}

Error errorOf(const OrderAnswer &answer, const RawAnswer &raw, const QDateTime &now)
{
    if (answer.status >= 300 && answer.status <= 399) {
        Error error = refusedRedirect(redactedUrl(QUrl::fromEncoded(raw.header("Location"))));
        error.httpStatus = answer.status;
        return error;
    }
    if (raw.error) {
        Error error = *raw.error;
        error.httpStatus = answer.status;
        return error;
    }
    if (!isSuccess(answer.status))
        return errorFromAnswer(answer.status, raw.body, retryAfterOf(raw.header("Retry-After"), now));
    return {};
}

/// Whether the head says where the body ends. Where only the end of the connection does, a whole answer and one that
/// was cut look the same, and Qt calls them one or the other as the last packets come.
bool tellsItsEnd(const RawAnswer &raw)
{
    return raw.status == 204 || !raw.header("Content-Length").isEmpty() || !raw.header("Content-Encoding").isEmpty() ||
           raw.header("Transfer-Encoding").toLower().contains("chunked");
}

} // namespace

OrderAnswer readOrderAnswer(const RawAnswer &raw, int sendings, bool envelopeAsked, const QDateTime &now)
{
    OrderAnswer answer;
    answer.left = raw.bodyLeft;
    answer.sendings = sendings;
    answer.status = raw.status;
    answer.hasChallenge = !raw.header("WWW-Authenticate").isEmpty();
    answer.isWhole = raw.status != 0 && !raw.error && tellsItsEnd(raw);

    const auto unwrapped = readAnswer(raw.status, raw.body, raw.header("Content-Type"), envelopeAsked);
    // A gateway that failed is not made good by what stands in the body.
    if (isSuccess(raw.status) && unwrapped)
        answer.status = unwrapped->status;
    if (const QJsonObject document = errorDocument(raw.body); !document.isEmpty()) {
        answer.hasErrorDocument = true;
        answer.errorCode = document.value(QLatin1String("errorCode")).toString();
        collectIds(document.value(QLatin1String("parameters")), 0, answer.mentionedIds);
        collectIds(document.value(QLatin1String("detail")), 0, answer.mentionedIds);
    }
    answer.error = errorOf(answer, raw, now);
    if (!isSuccess(answer.status))
        return answer;

    std::vector<QJsonObject> created = decode::page(createdPart(json::prefix(raw.body))).items;
    // An error names no job of ours, whatever ids it has.
    std::erase_if(created, [](const QJsonObject &job) { return job.contains(QLatin1String("errorCode")); });
    if (answer.hasErrorDocument)
        created.clear();
    for (const QJsonObject &job : created) {
        const QString batch = job.value(QLatin1String("batchId")).toString();
        if (answer.batch.isEmpty() && isObjectId(batch))
            answer.batch = BatchId(batch);
    }
    // What is no id of this API, as the number that a gateway gives a request, names no job that anybody could ask for.
    std::erase_if(created,
                  [](const QJsonObject &job) { return !isObjectId(job.value(QLatin1String("id")).toString()); });
    answer.jobs = decode::list(created, &decode::restoreJob);
    for (RestoreJob &job : answer.jobs)
        job.document = {}; // the answer may have been cut: it is not what the server would show
    if (!answer.error.sentence.isEmpty())
        return answer;
    if (!unwrapped)
        answer.error = unwrapped.error();
    else if (!answer.isWhole)
        answer.error = unexpectedAnswer(tr("it does not say where it ends, so it may have been cut."));
    else if (answer.jobs.empty())
        answer.error = unexpectedAnswer(tr("the restore was accepted, but no job is in it."));
    if (!answer.error.sentence.isEmpty())
        answer.error.httpStatus = answer.status;
    return answer;
}

} // namespace tidemark
