#pragma once

#include "base/later.h"
#include "jobs/request_budget.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <tuple>

namespace tidemark {

/// Reads one value for each key again and again, each key at its own interval, a few at a time. A read begins an
/// interval after the last one ended, so a slow server is never asked twice at once. After an error the pause doubles,
/// up to a longest one, and is never shorter than the server's Retry-After.
///
/// Of those that are due the one with the shortest interval goes first, and while any has one that is shorter than the
/// longest pause a place is kept for them: what runs never waits for what is idle, however much of that there is. With
/// a budget no more is read than it allows; what readNow() asks for is not held up.
template<typename Key, typename Value>
class Poller
{
public:
    using Fetch = std::function<Async<Value>(const Key &)>;
    using Arrived = std::function<void(const Key &, const Result<Value> &)>;

    /// `budget`: outlives this; nullptr for none.
    Poller(int mostAtOnce, std::chrono::milliseconds longestPause, RequestBudget *budget, Fetch fetch, Arrived arrived)
        : m_budget(budget)
        , m_mostAtOnce(mostAtOnce)
        , m_longestPause(longestPause)
        , m_fetch(std::move(fetch))
        , m_arrived(std::move(arrived))
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { readWhatIsDue(); });
    }

    bool contains(const Key &key) const { return m_entries.contains(key); }

    /// Read at once and then at this interval. An entry that is there keeps its turn.
    void add(const Key &key, std::chrono::milliseconds interval)
    {
        if (!m_entries.try_emplace(key, Entry{interval, Time::clock::now()}).second)
            setInterval(key, interval);
        schedule();
    }

    void remove(const Key &key) { m_entries.erase(key); }

    /// A shorter interval brings the next read forward.
    void setInterval(const Key &key, std::chrono::milliseconds interval)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end() || found->second.interval == interval)
            return;
        found->second.interval = interval;
        if (found->second.failures == 0)
            found->second.due = std::min(found->second.due, Time::clock::now() + interval);
        schedule();
    }

    void readAllNow()
    {
        for (auto &[key, entry] : m_entries)
            bringForward(entry);
        schedule();
    }

    /// Ahead of all others.
    void readNow(const Key &key)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return;
        bringForward(found->second);
        found->second.asked = true;
        schedule();
    }

private:
    using Time = RequestBudget::Time;

    struct Entry
    {
        std::chrono::milliseconds interval;
        Time due;
        int failures = 0;
        bool reading = false;
        bool again = false; ///< asked for while a read was under way
        bool asked = false; ///< by readNow(), and not begun yet
    };
    using Entries = std::map<Key, Entry>;

    /// What to do next.
    struct Turn
    {
        typename Entries::iterator entry; ///< the end: nothing
        Time at;                          ///< when
    };

    static void bringForward(Entry &entry)
    {
        entry.due = Time::clock::now();
        entry.again = entry.reading;
    }

    bool isUrgent(const Entry &entry) const { return entry.asked || entry.interval < m_longestPause; }

    /// Whether `one`, which is due, goes before `other`, which is too.
    static bool goesFirst(const Entry &one, const Entry &other)
    {
        return std::tuple(!one.asked, one.interval, one.due) < std::tuple(!other.asked, other.interval, other.due);
    }

    bool hasPlaceForQuiet() const
    {
        const auto count = [this](const auto &of) {
            return static_cast<int>(
                std::count_if(m_entries.begin(), m_entries.end(), [&of](const auto &one) { return of(one.second); }));
        };
        const bool isAnyUrgent = count([this](const Entry &one) { return isUrgent(one); }) > 0;
        const int quietReads = count([this](const Entry &one) { return one.reading && !isUrgent(one); });
        return quietReads < (isAnyUrgent ? std::max(1, m_mostAtOnce - 1) : m_mostAtOnce);
    }

    Turn next(Time now)
    {
        auto due = m_entries.end();
        auto later = m_entries.end(); // of those that are not due the first that will be
        const int places = m_mostAtOnce - m_reading;
        const bool hasPlace = hasPlaceForQuiet();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
            const Entry &entry = it->second;
            if (entry.reading || places <= 0 || !(hasPlace || isUrgent(entry)))
                continue;
            if (entry.due > now) {
                if (later == m_entries.end() || entry.due < later->second.due)
                    later = it;
            } else if (due == m_entries.end() || goesFirst(entry, due->second)) {
                due = it;
            }
        }
        if (due != m_entries.end())
            return {due, m_budget && !due->second.asked ? m_budget->next(now) : now};
        return {later, later == m_entries.end() ? Time::max() : later->second.due};
    }

    void schedule()
    {
        if (m_timer.isActive() && m_timer.intervalAsDuration().count() == 0)
            return; // thousands that are added one after the other look for their turn once
        const auto now = Time::clock::now();
        const Turn turn = next(now);
        if (turn.entry == m_entries.end())
            return; // the end of a read schedules again
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(turn.at - now);
        m_timer.start(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), std::chrono::hours(1)));
    }

    void readWhatIsDue()
    {
        for (;;) {
            const auto now = Time::clock::now();
            const Turn turn = next(now);
            if (turn.entry == m_entries.end() || turn.at > now)
                break;
            const Key key = turn.entry->first;
            turn.entry->second.reading = true;
            turn.entry->second.asked = false;
            ++m_reading;
            if (m_budget)
                m_budget->spend(1, now);
            whenDone(&m_timer, m_fetch(key), [this, key](const Result<Value> &result) { end(key, result); });
        }
        schedule();
    }

    void end(const Key &key, const Result<Value> &result)
    {
        --m_reading;
        if (const auto entry = m_entries.find(key); entry != m_entries.end()) {
            entry->second.reading = false;
            entry->second.failures = result ? 0 : entry->second.failures + 1;
            // Not due before the interval that the receiver may set now.
            entry->second.due = Time::max();
            m_arrived(key, result);
        }
        if (const auto entry = m_entries.find(key); entry != m_entries.end()) {
            const bool again = std::exchange(entry->second.again, false);
            entry->second.due =
                Time::clock::now() + (again ? std::chrono::milliseconds(0) : pause(entry->second, result));
        }
        schedule();
    }

    std::chrono::milliseconds pause(const Entry &entry, const Result<Value> &result) const
    {
        if (result)
            return entry.interval;
        constexpr int mostDoublings = 10;
        const auto doubled = entry.interval * (1 << std::min(entry.failures, mostDoublings));
        return std::max(std::min(doubled, std::max(m_longestPause, entry.interval)), result.error().retryAfter);
    }

    Entries m_entries;
    RequestBudget *m_budget;
    int m_mostAtOnce;
    std::chrono::milliseconds m_longestPause;
    int m_reading = 0;
    Fetch m_fetch;
    Arrived m_arrived;
    QTimer m_timer;
};

} // namespace tidemark
