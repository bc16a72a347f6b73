#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace tidemark {

/// Runs `work` on a thread of the global pool and moves its result into `then`, in context's event loop; `then` is
/// never called when `context` is gone by then. `work` owns all that it reads. For what would keep the window from
/// answering for longer than a frame: large answers are taken apart so.
template<typename Work, typename Then>
void inBackground(QObject *context, Work work, Then then)
{
    using Value = std::invoke_result_t<Work>;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        then(watcher->future().takeResult());
    });
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise = std::move(promise), work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

} // namespace tidemark
