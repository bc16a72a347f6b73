#pragma once

#include "base/result.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>

#include <memory>
#include <utility>

namespace tidemark {

/// The giving end of an Async. Copies share one promise. If all are gone before resolve() was called, the future gets
/// ErrorKind::Cancelled, so that nobody waits for ever.
template<typename T>
class Deferred
{
public:
    Deferred()
        : m_state(std::make_shared<State>())
    {
        m_state->promise.start();
    }

    Async<T> future() const { return m_state->promise.future(); }
    bool isResolved() const { return m_state->resolved; }

    /// The first call counts. Continuations made with `.then` run inside it: touch nothing of one's own afterwards.
    void resolve(Result<T> result) const { m_state->resolve(std::move(result)); }

private:
    struct State
    {
        QPromise<Result<T>> promise;
        bool resolved = false;

        State() = default;
        State(const State &) = delete;
        State &operator=(const State &) = delete;
        ~State()
        {
            Error cancelled;
            cancelled.kind = ErrorKind::Cancelled;
            cancelled.sentence = QStringLiteral("The request was cancelled.");
            resolve(failure(std::move(cancelled)));
        }

        void resolve(Result<T> result)
        {
            if (std::exchange(resolved, true))
                return;
            promise.addResult(std::move(result));
            promise.finish();
        }
    };

    std::shared_ptr<State> m_state;
};

template<typename T>
Async<T> resolved(Result<T> result)
{
    Deferred<T> deferred;
    deferred.resolve(std::move(result));
    return deferred.future();
}

/// Calls `then` with the result from context's event loop; never when `context` is gone by then. Use it where the
/// context may die first, as a window does: QFuture::then(context, …) of Qt 6.4 asserts that the context is still
/// there.
template<typename T, typename Function>
void whenDone(QObject *context, const QFuture<T> &future, Function then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        const QFuture<T> done = watcher->future();
        if (done.resultCount() > 0)
            then(*done.constBegin()); // result() would copy what may be a long list
    });
    watcher->setFuture(future);
}

/// The same for a future that nobody else looks at: the result is moved into `then`.
template<typename T, typename Function>
void whenTaken(QObject *context, const QFuture<T> &future, Function then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        watcher->deleteLater();
        QFuture<T> done = watcher->future();
        if (done.resultCount() > 0)
            then(done.takeResult());
    });
    watcher->setFuture(future);
}

} // namespace tidemark
