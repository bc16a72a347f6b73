#pragma once

#include "base/later.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>

namespace tidemark {

/// Reads one value for each key again and again, each key at its own interval, a few at a time. A read begins an
/// interval after the last one ended, so a slow server is never asked twice at once. After an error the pause doubles,
/// up to a longest one, and is never shorter than the server's Retry-After.
template<typename Key, typename Value>
class Poller
{
public:
    using Fetch = std::function<Async<Value>(const Key &)>;
    using Arrived = std::function<void(const Key &, const Result<Value> &)>;

    Poller(int mostAtOnce, std::chrono::milliseconds longestPause, Fetch fetch, Arrived arrived)
        : m_mostAtOnce(mostAtOnce)
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

    void readNow(const Key &key)
    {
        const auto found = m_entries.find(key);
        if (found == m_entries.end())
            return;
        bringForward(found->second);
        schedule();
    }

private:
    using Time = std::chrono::steady_clock::time_point;

    struct Entry
    {
        std::chrono::milliseconds interval;
        Time due;
        int failures = 0;
        bool reading = false;
        bool again = false; ///< asked for while a read was under way
    };

    static void bringForward(Entry &entry)
    {
        entry.due = Time::clock::now();
        entry.again = entry.reading;
    }

    typename std::map<Key, Entry>::iterator next()
    {
        auto earliest = m_entries.end();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
            if (!it->second.reading && (earliest == m_entries.end() || it->second.due < earliest->second.due))
                earliest = it;
        }
        return earliest;
    }

    void schedule()
    {
        const auto entry = next();
        if (entry == m_entries.end() || m_reading >= m_mostAtOnce)
            return; // the end of a read schedules again
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(entry->second.due - Time::clock::now());
        m_timer.start(std::clamp<std::chrono::milliseconds>(wait, std::chrono::milliseconds(0), std::chrono::hours(1)));
    }

    void readWhatIsDue()
    {
        for (auto entry = next(); entry != m_entries.end() && m_reading < m_mostAtOnce; entry = next()) {
            if (entry->second.due > Time::clock::now())
                break;
            const Key key = entry->first;
            entry->second.reading = true;
            ++m_reading;
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

    std::map<Key, Entry> m_entries;
    int m_mostAtOnce;
    std::chrono::milliseconds m_longestPause;
    int m_reading = 0;
    Fetch m_fetch;
    Arrived m_arrived;
    QTimer m_timer;
};

} // namespace tidemark
