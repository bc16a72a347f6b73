#pragma once

#include "base/background.h"
#include "base/later.h"
#include "cloud/api_error.h"
#include "cloud/api_transport.h"
#include "cloud/decode.h"
#include "cloud/paging.h"

#include <QCoreApplication>

#include <vector>

/// GETs of CloudClient that differ in their path and in what is made of the answer alone.
namespace tidemark {

/// Items of a list that are decoded without a thread of their own.
constexpr size_t ShortList = 32;

template<typename T>
void leaveAsAnswered(std::vector<T> &)
{
}

/// A list of values with ids. Ends without a result when `context` is gone.
template<typename T>
Async<std::vector<T>> listOf(QObject *context, ApiTransport &transport, const QString &path, const QUrlQuery &query,
                             T (*decodeOne)(const QJsonObject &),
                             void (*arrange)(std::vector<T> &) = &leaveAsAnswered<T>)
{
    const Deferred<std::vector<T>> deferred;
    whenDone(context, readAllPages(context, transport, path, query),
             [context, deferred, decodeOne, arrange](const Result<std::vector<QJsonObject>> &items) {
                 if (!items) {
                     deferred.resolve(failure(items.error()));
                     return;
                 }
                 auto values = [list = *items, decodeOne, arrange] {
                     std::vector<T> decoded = decode::list(list, decodeOne);
                     arrange(decoded);
                     return decoded;
                 };
                 if (items->size() <= ShortList)
                     deferred.resolve(values());
                 else
                     inBackground(context, std::move(values),
                                  [deferred](std::vector<T> decoded) { deferred.resolve(std::move(decoded)); });
             });
    return deferred.future();
}

/// A single entity.
template<typename T>
Async<T> entityOf(QObject *context, ApiTransport &transport, const QString &path, T (*decodeOne)(const QJsonObject &),
                  bool (*isValid)(const T &))
{
    const Deferred<T> deferred;
    whenDone(context, transport.get(path), [deferred, decodeOne, isValid](const Result<ApiAnswer> &answer) {
        if (!answer) {
            deferred.resolve(failure(answer.error()));
            return;
        }
        T value = decodeOne(answer->content.toObject());
        if (isValid(value))
            deferred.resolve(std::move(value));
        else
            deferred.resolve(failure(unexpectedAnswer(
                QCoreApplication::translate("tidemark::CloudClient", "the entity that was asked for is not in it."))));
    });
    return deferred.future();
}

template<typename T>
bool hasId(const T &value)
{
    return !value.id.isEmpty();
}

} // namespace tidemark
