#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

namespace tidemark {

/// Runs `work` through `start` and moves its result into `then`, in context's event loop; `then` is never called when
/// `context` is gone by then. `work` owns all that it reads.
template<typename Start, typename Work, typename Then>
void startedBy(const Start &start, QObject *context, Work work, Then then)
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
    start([promise = std::move(promise), work = std::move(work)]() mutable {
        promise->addResult(work());
        promise->finish();
    });
}

/// On a thread of the global pool. For what would keep the window from answering for longer than a frame: large answers
/// are taken apart so.
template<typename Work, typename Then>
void inBackground(QObject *context, Work work, Then then)
{
    startedBy([](auto job) { QThreadPool::globalInstance()->start(std::move(job)); }, context, std::move(work),
              std::move(then));
}

/// On a thread of its own, which nothing waits for, not even the end of the program: for what may take minutes or hang
/// on a dead disk and must keep no thread from the answers.
template<typename Work, typename Then>
void inOwnThread(QObject *context, Work work, Then then)
{
    startedBy([](auto job) { std::thread(std::move(job)).detach(); }, context, std::move(work), std::move(then));
}

} // namespace tidemark
