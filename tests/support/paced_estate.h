#pragma once

#include "support/scripted_server.h"

#include <QString>

#include <chrono>
#include <mutex>

namespace tidemark::test {

/// A server with more to read than may be asked for at once, which counts how much of it is under way: three projects
/// with four clusters that have backups each. Whoever signs in may read. Every answer takes its time.
class PacedEstate
{
public:
    enum class Mood {
        Good,
        Refusing ///< 429 to everything, with a Retry-After of a second
    };
    using Time = std::chrono::steady_clock::time_point;

    PacedEstate();

    QUrl url() const { return m_server.url(); }
    void set(Mood mood, std::chrono::milliseconds delay);

    /// A path that only persons ask for: none of the program's own reads has this job.
    static QString personsJob() { return QStringLiteral("60ff00000000000000000001"); }

    struct Request
    {
        Time came;
        Time answered; ///< not before that
        bool isPersons = false;
        bool isRefused = false;
    };
    /// In the order in which they came.
    std::vector<Request> requests() const;
    /// The most that were under way at once, of those that came in this time.
    static int mostAtOnce(const std::vector<Request> &requests, Time from, Time to = Time::max());

private:
    ScriptedAnswer answer(const RecordedRequest &request);

    mutable std::mutex m_mutex;
    Mood m_mood = Mood::Good;
    std::chrono::milliseconds m_delay{0};
    std::vector<Request> m_requests;
    ScriptedServer m_server; ///< last: its thread uses the others
};

} // namespace tidemark::test
