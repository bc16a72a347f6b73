#include "cloud/request_pace.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int GoodForMore = 8;    ///< answers in a row before more may leave at once
constexpr int MostWhileSlow = 16; ///< from here on there is no limit again

qint64 steadyNow()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Pace afterTooMany(Pace pace, qint64 now, std::chrono::milliseconds rest)
{
    pace.most = 1;
    pace.good = 0;
    pace.restsUntil = std::max<qint64>(pace.restsUntil, now + rest.count());
    return pace;
}

Pace afterAnswer(Pace pace)
{
    if (pace.most == Pace::NoLimit)
        return pace;
    if (++pace.good < GoodForMore)
        return pace;
    pace.good = 0;
    pace.most *= 2;
    if (pace.most >= MostWhileSlow)
        pace.most = Pace::NoLimit;
    return pace;
}

bool mayLeave(const Pace &pace, const PaceLoad &load, Traffic traffic, qint64 now)
{
    return now >= pace.restsUntil && load.all < pace.most && (traffic == Traffic::Person || load.polling < MostPolling);
}

RequestPace::RequestPace(QObject *parent)
    : QObject(parent)
{
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer); // a coarse one may be early
    connect(&m_wake, &QTimer::timeout, this, [this] {
        pump();
        Q_EMIT changed();
    });
}

RequestPace::~RequestPace() = default;

void RequestPace::enter(QObject *context, Traffic traffic, std::function<void(Turn)> go)
{
    m_waiting.push_back({context, traffic, true, std::move(go)});
    pump();
}

void RequestPace::enterUncounted(QObject *context, std::function<void()> go)
{
    m_waiting.push_back({context, Traffic::Person, false, [go = std::move(go)](const Turn &) { go(); }});
    pump();
}

bool RequestPace::lets(const Waiting &waiting) const
{
    const qint64 now = steadyNow();
    return waiting.isCounted ? mayLeave(m_pace, m_load, waiting.traffic, now) : now >= m_pace.restsUntil;
}

/// The uncounted first, then a person's, each in the order in which they came.
std::deque<RequestPace::Waiting>::iterator RequestPace::next()
{
    const auto isNext = [this](auto &&belongs) {
        return std::find_if(m_waiting.begin(), m_waiting.end(),
                            [&](const Waiting &waiting) { return belongs(waiting) && lets(waiting); });
    };
    auto found = isNext([](const Waiting &waiting) { return !waiting.isCounted; });
    if (found == m_waiting.end())
        found = isNext([](const Waiting &waiting) { return waiting.traffic == Traffic::Person; });
    if (found == m_waiting.end())
        found = isNext([](const Waiting &) { return true; });
    return found;
}

void RequestPace::pump()
{
    std::erase_if(m_waiting, [](const Waiting &waiting) { return waiting.context.isNull(); });
    for (auto found = next(); found != m_waiting.end(); found = next()) {
        const Waiting waiting = std::move(*found);
        m_waiting.erase(found);
        if (waiting.context.isNull())
            continue;
        const QPointer<RequestPace> self(this);
        waiting.go(waiting.isCounted ? take(waiting.traffic) : Turn());
        if (!self)
            return; // what it did closed the last transport
    }
    if (!m_waiting.empty() && rest().count() > 0)
        m_wake.start(rest());
}

RequestPace::Turn RequestPace::take(Traffic traffic)
{
    if (m_load.all == 0)
        m_heard = steadyNow();
    ++m_load.all;
    if (traffic == Traffic::Polling)
        ++m_load.polling;
    if (m_load.all == 1)
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT busyChanged(m_load.all > 0); }, Qt::QueuedConnection);
    // The next one leaves from the event loop: turns end while calls are being cancelled, too.
    return {nullptr, [self = QPointer<RequestPace>(this), traffic](void *) {
                if (self)
                    self->give(traffic);
            }};
}

void RequestPace::give(Traffic traffic)
{
    --m_load.all;
    if (traffic == Traffic::Polling)
        --m_load.polling;
    QMetaObject::invokeMethod(
        this,
        [this] {
            const QPointer<RequestPace> self(this);
            pump();
            if (self && m_load.all == 0)
                Q_EMIT busyChanged(false);
        },
        Qt::QueuedConnection);
}

void RequestPace::set(const Pace &pace)
{
    const bool isNew = pace.most != m_pace.most || pace.restsUntil != m_pace.restsUntil;
    m_pace = pace;
    // Told from the event loop: whoever hears of it may close the transport of the call that is being answered.
    if (isNew)
        QMetaObject::invokeMethod(this, &RequestPace::changed, Qt::QueuedConnection);
}

void RequestPace::tooMany(std::chrono::milliseconds rest)
{
    m_heard = steadyNow();
    if (rest.count() > 0)
        m_wake.start(std::max(rest, this->rest()));
    set(afterTooMany(m_pace, m_heard, rest));
}

void RequestPace::answered()
{
    m_heard = steadyNow();
    set(afterAnswer(m_pace));
}

std::chrono::milliseconds RequestPace::rest() const
{
    return std::chrono::milliseconds(std::max<qint64>(0, m_pace.restsUntil - steadyNow()));
}

std::chrono::milliseconds RequestPace::silence() const
{
    return std::chrono::milliseconds(m_load.all == 0 ? 0 : steadyNow() - m_heard);
}

} // namespace tidemark
