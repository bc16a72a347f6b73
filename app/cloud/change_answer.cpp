#include "cloud/change_answer.h"

#include "base/log.h"
#include "cloud/api_error.h"
#include "cloud/api_transport.h"
#include "cloud/envelope.h"
#include "cloud/http_exchange.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::ChangeAnswer)
};

bool isSuccess(int status)
{
    return status >= 200 && status <= 299;
}

/// It was refused by somebody who knows: it was not carried out.
bool isRefusal(int status)
{
    return status >= 300 && status <= 499 && status != 408;
}

Error uncertain(const Error &reason)
{
    Error error = reason;
    error.kind = ErrorKind::Uncertain;
    error.retryable = false;
    error.sentence = Text::tr("It is not known whether the server has done this. %1").arg(reason.sentence);
    error.hint = Text::tr("Look whether it was done before you ask for it again.");
    return error;
}

} // namespace

OrderAnswer readChangeAnswer(const RawAnswer &raw, int sendings, bool envelopeAsked, const QDateTime &now)
{
    OrderAnswer answer;
    answer.left = raw.bodyLeft;
    answer.sendings = sendings;
    answer.status = raw.status;
    answer.hasChallenge = !raw.header("WWW-Authenticate").isEmpty();
    answer.isWhole = raw.status != 0 && !raw.error;
    answer.hasErrorDocument = !errorDocument(raw.body).isEmpty();
    QByteArray body = raw.body;
    const auto unwrapped = readAnswer(raw.status, raw.body, raw.header("Content-Type"), envelopeAsked);
    if (isSuccess(raw.status) && unwrapped) {
        answer.status = unwrapped->status;
        if (!isSuccess(answer.status))
            body = unwrapped->errorBody;
    }
    const auto retryAfter = retryAfterOf(raw.header("Retry-After"), now);
    if (answer.status >= 300 && answer.status <= 399)
        answer.error = refusedRedirect(redactedUrl(QUrl::fromEncoded(raw.header("Location"))));
    else if (answer.status >= 300)
        answer.error = errorFromAnswer(answer.status, body, retryAfter);
    else if (raw.error)
        answer.error = *raw.error;
    else if (!unwrapped)
        answer.error = unwrapped.error();
    if (!answer.error.sentence.isEmpty())
        answer.error.httpStatus = answer.status;
    return answer;
}

Result<ApiAnswer> changeOutcome(const OrderAnswer &answer, const RawAnswer &raw, bool envelopeAsked)
{
    if (answer.error.sentence.isEmpty()) {
        const auto unwrapped = readAnswer(raw.status, raw.body, raw.header("Content-Type"), envelopeAsked);
        return ApiAnswer{answer.status, unwrapped ? unwrapped->content : QJsonValue(QJsonValue::Undefined), 0};
    }
    if (answer.sendings == 0 || isRefusal(answer.status))
        return failure(answer.error);
    if (isSuccess(answer.status)) {
        Error error = answer.error; // it broke off, or cannot be read
        error.kind = ErrorKind::Parse;
        error.retryable = false;
        return failure(error);
    }
    return failure(answer.left || answer.status != 0 ? uncertain(answer.error) : answer.error);
}

} // namespace tidemark
