#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace tidemark {

/// The threads for work on whole archives. It takes hours, or for ever on a disk that hangs, and so never shares a pool
/// with the decoding of the API's answers, which the window waits for. At the program's end they are waited for at most
/// two seconds: what they leave is found by the next unpacking (unpack_folder.h).
QThreadPool &archiveThreads();

/// Runs a blocking function on such a thread. Continue with whenDone (base/later.h); to stop it early is the function's
/// own business.
template<typename Function>
auto onArchiveThread(Function function) -> QFuture<std::invoke_result_t<Function>>
{
    using Value = std::invoke_result_t<Function>;
    auto promise = std::make_shared<QPromise<Value>>();
    QFuture<Value> future = promise->future();
    promise->start();
    archiveThreads().start([promise, function = std::move(function)]() mutable {
        promise->addResult(function());
        promise->finish();
    });
    return future;
}

} // namespace tidemark
