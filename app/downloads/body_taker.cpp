#include "downloads/body_taker.h"

#include <algorithm>
#include <cstring>

namespace tidemark {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds OldestBuffer{50};
constexpr std::chrono::seconds SpaceInterval{1};
constexpr int TrickleBytesPerSecond = 100; ///< less than this is no transfer

} // namespace

BodyTaker::BodyTaker(PartFile &part, TransferShared &shared, TokenBucket &bucket, qint64 sizeLimit, FetchWatch watch)
    : m_part(part)
    , m_shared(shared)
    , m_bucket(bucket)
    , m_sizeLimit(sizeLimit)
    , m_watch(std::move(watch))
{
    noteByte();
    m_windowStart = m_lastByte;
}

BodyTaker::~BodyTaker()
{
    if (m_buffer)
        m_part.give(std::move(m_buffer));
}

void BodyTaker::noteByte()
{
    m_lastByte = SteadyClock::now();
    m_shared.lastByte = std::chrono::duration_cast<std::chrono::milliseconds>(m_lastByte.time_since_epoch()).count();
}

void BodyTaker::begin(const AnswerPlan &plan)
{
    m_plan = plan;
    noteByte();
    m_windowStart = m_lastByte;
    m_windowBytes = 0;
}

bool BodyTaker::refuse(BodyRefusal::Kind kind, disk::Trouble trouble)
{
    if (!m_refusal)
        m_refusal = BodyRefusal{kind, std::move(trouble)};
    return false;
}

qint64 BodyTaker::nextByte() const
{
    const qint64 waiting = m_buffer ? m_buffer->size : 0;
    const bool replaces = !m_begun && m_plan.action == AnswerPlan::Action::FromStart;
    return (replaces ? 0 : m_part.size()) + waiting;
}

bool BodyTaker::take(const char *data, qint64 length)
{
    noteByte();
    if (m_plan.bodyBytes >= 0 && m_received + length > m_plan.bodyBytes)
        return refuse(BodyRefusal::Kind::TooLong);
    while (length > 0) {
        if (m_shared.stop.isSet())
            return refuse(BodyRefusal::Kind::Stopped);
        if (!m_buffer) {
            const auto begun = SteadyClock::now();
            m_buffer = m_part.take();
            m_bufferSince = SteadyClock::now();
            m_shared.blocked += std::chrono::nanoseconds(m_bufferSince - begun).count();
        }
        qint64 wanted = std::min(length, m_buffer->room());
        if (m_sizeLimit >= 0) {
            wanted = std::min(wanted, m_sizeLimit - nextByte());
            if (wanted <= 0) {
                if (!waitAtLimit())
                    return false;
                continue;
            }
        }
        const qint64 granted = m_bucket.take(wanted);
        if (granted == 0) {
            if (m_shared.stop.wait(m_bucket.pause()))
                return refuse(BodyRefusal::Kind::Stopped);
            if (!flushIfOld())
                return false;
            noteByte();
            continue;
        }
        std::memcpy(m_buffer->end(), data, static_cast<size_t>(granted));
        m_buffer->size += granted;
        data += granted;
        length -= granted;
        m_received += granted;
        m_windowBytes += granted;
        m_shared.received = m_received;
        if (!m_begun && m_buffer->size >= FirstLookBytes && !look(false))
            return false;
        if (m_buffer->room() == 0 && !flush(false))
            return false;
    }
    return true;
}

bool BodyTaker::waitAtLimit()
{
    if (!flush(false))
        return false;
    m_sizeLimit = -1;
    return report(m_watch.sizeLimitReached);
}

/// Waits until it is known what is to be done about it.
bool BodyTaker::report(const std::function<void()> &what)
{
    m_shared.goOn.reset();
    what();
    if (!m_shared.goOn.waitUnless(m_shared.stop))
        return refuse(BodyRefusal::Kind::Stopped);
    begin(m_plan);
    return true;
}

bool BodyTaker::look(bool ended)
{
    const bool fresh = m_plan.action == AnswerPlan::Action::FromStart;
    const BodyPlace place = !fresh ? BodyPlace::Rest : m_part.size() > 0 ? BodyPlace::Anew : BodyPlace::Beginning;
    const auto seen = static_cast<qsizetype>(std::min<qint64>(FirstLookBytes, m_buffer->size));
    switch (firstLook(QByteArray::fromRawData(m_buffer->data(), seen), ended, place)) {
    case FirstLook::More:
        return true;
    case FirstLook::Text:
        return refuse(BodyRefusal::Kind::Text);
    case FirstLook::Stranger:
        return refuse(BodyRefusal::Kind::Stranger);
    case FirstLook::Take:
        break;
    }
    if (auto begun = m_part.beginAnswer(fresh, m_plan.totalBytes, m_plan.etag, m_plan.resumable); !begun)
        return refuse(BodyRefusal::Kind::Disk, begun.error());
    m_shared.bytesOnDisk = m_part.size();
    if (!report([this] { m_watch.answered(m_plan); }))
        return false;
    m_begun = true; // not before the place was found to take it
    return true;
}

bool BodyTaker::flush(bool ended)
{
    if (!m_buffer || m_buffer->size == 0)
        return true;
    if (!m_begun && !look(ended))
        return false;
    if (!m_begun)
        return true; // more will come
    const auto begun = SteadyClock::now();
    const auto done = m_part.append(std::move(m_buffer));
    m_shared.blocked += std::chrono::nanoseconds(SteadyClock::now() - begun).count();
    m_shared.bytesOnDisk = m_part.size();
    m_shared.hashing = m_part.hashTime().count();
    m_shared.writing = m_part.writeTime().count();
    if (!done)
        return refuse(BodyRefusal::Kind::Disk, done.error());
    return keepInOrder();
}

bool BodyTaker::keepInOrder()
{
    if (const auto synced = m_part.keepSynced(); !synced)
        return refuse(BodyRefusal::Kind::Disk, synced.error());
    const auto now = SteadyClock::now();
    if (now - m_lastSpaceLook < SpaceInterval)
        return true;
    m_lastSpaceLook = now;
    const auto space = m_part.space();
    if (!space)
        return refuse(BodyRefusal::Kind::Disk, space.error()); // the folder went away under the open file
    m_shared.freeBytes = space->free;
    return true;
}

bool BodyTaker::flushIfOld()
{
    if (m_buffer && SteadyClock::now() - m_bufferSince >= OldestBuffer)
        return flush(false);
    return m_begun ? keepInOrder() : true;
}

bool BodyTaker::finish()
{
    // What came before it was known whether it may be taken is dropped with the stop.
    return m_begun || !m_shared.stop.isSet() ? flush(true) : false;
}

bool BodyTaker::isStalled(std::chrono::milliseconds limit)
{
    const auto now = SteadyClock::now();
    if (now - m_lastByte >= limit)
        return true;
    const std::chrono::duration<double> window = now - m_windowStart;
    if (window < limit)
        return false;
    const bool trickles = static_cast<double>(m_windowBytes) < window.count() * TrickleBytesPerSecond;
    m_windowStart = now;
    m_windowBytes = 0;
    return trickles && m_bucket.limit() == 0;
}

} // namespace tidemark
