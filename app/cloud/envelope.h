#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>

namespace tidemark {

struct UnwrappedAnswer
{
    int status = 0; ///< the envelope's where there is one
    QJsonValue content;
    QByteArray errorBody; ///< the error document of a status from 400 on
};

/// JSON of an answer, taken out of the envelope where one was asked for ("Envelope" in the API's principles): a single
/// entity comes as {status, content} (older pages say `envelope` in place of `content`), a list as itself with a status
/// beside its results. Servers that ignore the parameter give the bare thing. Fails with ErrorKind::Parse.
Result<UnwrappedAnswer> readAnswer(int httpStatus, const QByteArray &body, const QByteArray &contentType,
                                   bool envelopeAsked);

/// The API's error document ("Errors": errorCode, or error, a status, and detail), also out of an envelope, whether or
/// not one was asked for. Empty when the body is anything else: a proxy's page, OAuth's document, half a document.
QJsonObject errorDocument(const QByteArray &body);

} // namespace tidemark
