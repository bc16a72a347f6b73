#pragma once

#include "base/later.h"

#include <QStringList>

#include <algorithm>
#include <deque>
#include <functional>

namespace tidemark {

/// Lets a few asynchronous calls run at a time and keeps the others waiting, so that reading hundreds of clusters
/// neither floods a server nor starves a person's own calls. Calls about what a person looks at go first, all others
/// first come first served.
class CallQueue
{
public:
    explicit CallQueue(int mostAtOnce)
        : m_mostAtOnce(mostAtOnce)
    {
    }

    /// Calls `start` when it is its turn and `then` with its result, unless `context` is gone by then. `about`: whom
    /// the call concerns, for prefer().
    template<typename T, typename Start, typename Then>
    void call(QObject *context, Start start, Then then, const QString &about = {})
    {
        Waiting waiting{about, m_count++, [this, context, start = std::move(start), then = std::move(then)]() mutable {
                            const Async<T> running = start();
                            whenDone(context, running, [this, then = std::move(then)](const Result<T> &result) mutable {
                                --m_running;
                                then(result);
                                startWaiting();
                            });
                        }};
        const auto behind = std::ranges::upper_bound(m_waiting, rank(about), {},
                                                     [this](const Waiting &other) { return rank(other.about); });
        m_waiting.insert(behind, std::move(waiting));
        startWaiting();
    }

    /// What waits of these goes before all else, and in this order; until another order is asked for.
    void prefer(const QStringList &abouts)
    {
        m_preferred = abouts;
        std::ranges::sort(m_waiting, {},
                          [this](const Waiting &waiting) { return std::pair(rank(waiting.about), waiting.number); });
    }

    bool isIdle() const { return m_running == 0 && m_waiting.empty(); }

private:
    struct Waiting
    {
        QString about;
        quint64 number; ///< in the order in which they came
        std::function<void()> start;
    };

    qsizetype rank(const QString &about) const
    {
        const qsizetype place = about.isEmpty() ? -1 : m_preferred.indexOf(about);
        return place < 0 ? m_preferred.size() : place;
    }

    void startWaiting()
    {
        while (m_running < m_mostAtOnce && !m_waiting.empty()) {
            const auto next = std::move(m_waiting.front().start);
            m_waiting.pop_front();
            ++m_running;
            next();
        }
    }

    int m_mostAtOnce;
    int m_running = 0;
    quint64 m_count = 0;
    std::deque<Waiting> m_waiting;
    QStringList m_preferred;
};

} // namespace tidemark
