#include "cloud/envelope.h"

#include "cloud/api_error.h"
#include "cloud/json_read.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ApiAnswer", text);
}

/// The documented charset of error answers is ISO-8859-1.
QJsonDocument parsed(const QByteArray &body, QJsonParseError &problem)
{
    QJsonDocument document = json::parse(body, &problem);
    if (problem.error == QJsonParseError::IllegalUTF8String)
        document = json::parse(QString::fromLatin1(body).toUtf8(), &problem);
    return document;
}

bool isErrorDocument(const QJsonObject &fields)
{
    const auto said = [&fields](QLatin1String key) { return !fields.value(key).toString().isEmpty(); };
    return said(QLatin1String("errorCode")) ||
           (json::integer(fields.value(QLatin1String("error"))) && said(QLatin1String("detail")));
}

} // namespace

Result<UnwrappedAnswer> readAnswer(int httpStatus, const QByteArray &body, const QByteArray &contentType,
                                   bool envelopeAsked)
{
    UnwrappedAnswer result;
    result.status = httpStatus;
    result.content = QJsonValue(QJsonValue::Undefined);
    if (body.trimmed().isEmpty())
        return result;

    QJsonParseError problem;
    const QJsonDocument document = parsed(body, problem);
    if (problem.error != QJsonParseError::NoError) {
        Error error = unexpectedAnswer(tr("it is no JSON but %1.")
                                           .arg(contentType.isEmpty() ? tr("something without a type")
                                                                      : QString::fromLatin1(contentType.left(80))));
        error.httpStatus = httpStatus;
        return failure(error);
    }
    result.content = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());

    if (envelopeAsked && document.isObject()) {
        const QJsonObject outer = document.object();
        const auto status = json::integer(outer.value(QLatin1String("status")));
        if (status && *status >= 100 && *status <= 599) {
            result.status = static_cast<int>(*status);
            for (const QLatin1String key : {QLatin1String("content"), QLatin1String("envelope")}) {
                if (outer.contains(key))
                    result.content = outer.value(key);
            }
        }
    }
    if (result.status < 200 || result.status > 299)
        result.errorBody =
            result.content.isObject() ? QJsonDocument(result.content.toObject()).toJson(QJsonDocument::Compact) : body;
    return result;
}

QJsonObject errorDocument(const QByteArray &body)
{
    QJsonParseError problem;
    const QJsonObject outer = parsed(body, problem).object();
    for (const QJsonObject &fields :
         {outer, outer.value(QLatin1String("content")).toObject(), outer.value(QLatin1String("envelope")).toObject()}) {
        if (isErrorDocument(fields))
            return fields;
    }
    return {};
}

} // namespace tidemark
