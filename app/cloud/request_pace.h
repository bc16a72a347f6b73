#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

namespace tidemark {

/// On whose behalf a request is sent.
enum class Traffic {
    Person, ///< somebody waits for it
    Polling ///< what the program reads by itself
};

/// How fast one connection may ask its server. Times are milliseconds of a steady clock.
struct Pace
{
    static constexpr int NoLimit = 1 << 20;

    int most = NoLimit; ///< requests under way at once
    int good = 0;       ///< answers since `most` changed
    qint64 restsUntil = 0;

    bool operator==(const Pace &) const = default;
};

/// Requests that were sent and not answered yet.
struct PaceLoad
{
    int all = 0;
    int polling = 0;
};

/// Polling leaves connections free, of the six that Qt opens to a host, for what a person asks.
constexpr int MostPolling = 4;

/// "Too many requests": nothing leaves for `rest`, and after that one request at a time.
Pace afterTooMany(Pace pace, qint64 now, std::chrono::milliseconds rest);
/// Any other answer: after some of them in a row twice as many at once, and soon as many as before.
Pace afterAnswer(Pace pace);
bool mayLeave(const Pace &pace, const PaceLoad &load, Traffic traffic, qint64 now);

/// Lets the requests of one connection, of all its transports, leave as fast as its server bears. The documentation of
/// the API allows 100 requests a minute for each project and answers more with 429
/// (https://www.mongodb.com/docs/cloud-manager/reference/api/), a proxy may do so with a Retry-After of its own: what
/// it says to one request holds for all. In one thread.
class RequestPace final : public QObject
{
    Q_OBJECT

public:
    /// Held while a request is under way; the next one may leave when it is gone.
    using Turn = std::shared_ptr<void>;

    explicit RequestPace(QObject *parent = nullptr);
    ~RequestPace() override;

    /// Calls `go` when a request may leave: at once where it may, never when `context` is gone by then. A person's
    /// requests go before all that is polled.
    void enter(QObject *context, Traffic traffic, std::function<void(Turn)> go);
    /// As enter(), for a request that waits for the end of a rest but for no other request.
    void enterUncounted(QObject *context, std::function<void()> go);

    void tooMany(std::chrono::milliseconds rest);
    void answered();

    /// Whether requests go one by one, or a few at a time, because the server said that there were too many.
    bool isSlowed() const { return m_pace.most < Pace::NoLimit; }
    /// How long nothing will leave; 0 when something may.
    std::chrono::milliseconds rest() const;
    /// For how long requests have been under way without any answer to one of them; 0 when none is.
    std::chrono::milliseconds silence() const;

Q_SIGNALS:
    /// isSlowed() or rest() are new.
    void changed();
    /// The first request has left, or the last one is answered.
    void busyChanged(bool isBusy);

private:
    struct Waiting
    {
        QPointer<QObject> context;
        Traffic traffic = Traffic::Person;
        bool isCounted = true;
        std::function<void(Turn)> go;
    };

    bool lets(const Waiting &waiting) const;
    Turn take(Traffic traffic);
    void give(Traffic traffic);
    void pump();
    void set(const Pace &pace);
    std::deque<Waiting>::iterator next();

    Pace m_pace;
    PaceLoad m_load;
    std::deque<Waiting> m_waiting;
    QTimer m_wake;
    qint64 m_heard = 0; ///< of the last answer, or when the first request left after a time without any
};

} // namespace tidemark
