#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace tidemark {

/// Runs a blocking function (disk, archive) on a thread of the pool. Continue with whenDone (base/later.h).
template<typename Function>
auto onWorkerThread(Function function) -> QFuture<std::invoke_result_t<Function>>
{
    using Value = std::invoke_result_t<Function>;
    auto promise = std::make_shared<QPromise<Value>>();
    QFuture<Value> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, function = std::move(function)]() mutable {
        promise->addResult(function());
        promise->finish();
    });
    return future;
}

} // namespace tidemark
