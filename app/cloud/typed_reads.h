#pragma once

#include "base/background.h"
#include "base/later.h"
#include "cloud/api_error.h"
#include "cloud/api_transport.h"
#include "cloud/decode.h"
#include "cloud/paging.h"

#include <QCoreApplication>

#include <iterator>
#include <memory>
#include <vector>

/// GETs of CloudClient that differ in their path and in what is made of the answer alone.
namespace tidemark {

/// Items of a list that are decoded without a thread of their own.
constexpr size_t ShortList = 32;

template<typename T>
void leaveAsAnswered(std::vector<T> &)
{
}

/// A list of values with ids, made page by page, so that no more than a page's JSON is held at a time. `arrange` gets
/// what was read so far after each page. Ends without a result when `context` is gone.
template<typename T>
Async<std::vector<T>> listOf(QObject *context, ApiTransport &transport, const QString &path, const QUrlQuery &query,
                             T (*decodeOne)(const QJsonObject &),
                             void (*arrange)(std::vector<T> &) = &leaveAsAnswered<T>, Extent extent = {})
{
    using Values = std::vector<T>;
    const auto values = std::make_shared<Values>();
    const auto take = [context, values, decodeOne, arrange](std::vector<QJsonObject> items,
                                                            std::function<void()> next) {
        const bool isShort = items.size() <= ShortList && values->size() <= ShortList;
        auto add = [known = std::move(*values), list = std::move(items), decodeOne, arrange]() mutable {
            Values page = decode::list(list, decodeOne);
            known.insert(known.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
            arrange(known);
            list.clear(); // here, not in the window's thread
            return std::move(known);
        };
        const auto keep = [values, next = std::move(next)](Values all) {
            *values = std::move(all);
            next();
        };
        if (isShort)
            keep(add());
        else
            inBackground(context, std::move(add), keep);
    };
    const Deferred<Values> deferred;
    whenDone(context, readPages(context, transport, path, query, ApiTransport::Report::Yes, extent, take),
             [values, deferred](const Result<bool> &ended) {
                 if (ended)
                     deferred.resolve(std::move(*values));
                 else
                     deferred.resolve(failure(ended.error()));
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
