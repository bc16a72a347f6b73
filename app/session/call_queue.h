#pragma once

#include "base/later.h"

#include <deque>
#include <functional>

namespace tidemark {

/// Lets a few asynchronous calls run at a time and keeps the others waiting, first come first served, so that reading
/// hundreds of clusters neither floods a server nor starves a person's own calls.
class CallQueue
{
public:
    explicit CallQueue(int mostAtOnce)
        : m_mostAtOnce(mostAtOnce)
    {
    }

    /// Calls `start` when it is its turn and `then` with its result, unless `context` is gone by then.
    template<typename T, typename Start, typename Then>
    void call(QObject *context, Start start, Then then)
    {
        m_waiting.push_back([this, context, start = std::move(start), then = std::move(then)]() mutable {
            const Async<T> running = start();
            whenDone(context, running, [this, then = std::move(then)](const Result<T> &result) mutable {
                --m_running;
                then(result);
                startWaiting();
            });
        });
        startWaiting();
    }

    bool isIdle() const { return m_running == 0 && m_waiting.empty(); }

private:
    void startWaiting()
    {
        while (m_running < m_mostAtOnce && !m_waiting.empty()) {
            const auto next = std::move(m_waiting.front());
            m_waiting.pop_front();
            ++m_running;
            next();
        }
    }

    int m_mostAtOnce;
    int m_running = 0;
    std::deque<std::function<void()>> m_waiting;
};

} // namespace tidemark
