#pragma once

#include "downloads/answer_plan.h"
#include "downloads/first_look.h"
#include "downloads/part_file.h"
#include "downloads/token_bucket.h"
#include "downloads/transfer_shared.h"

#include <chrono>
#include <functional>
#include <optional>

namespace tidemark {

/// What interests others while a body comes; called by the worker.
struct FetchWatch
{
    std::function<void(const AnswerPlan &)> answered; ///< its body is being taken
    std::function<void()> sizeLimitReached;
};

/// How taking a body ended before the body did.
struct BodyRefusal
{
    enum class Kind {
        Stopped,
        Disk,    ///< see trouble
        TooLong, ///< more bytes than the range that was announced
        Text,    ///< no archive
        Stranger ///< they were to replace what is here, and begin no archive
    };
    Kind kind = Kind::Stopped;
    disk::Trouble trouble;
};

/// Takes an answer's body as libcurl hands it out and puts it into the part file: looks at its first bytes, keeps to
/// the bandwidth limit, waits for an answer where it grows larger than expected.
class BodyTaker
{
public:
    /// `sizeLimit`: of the whole file; -1: none.
    BodyTaker(PartFile &part, TransferShared &shared, TokenBucket &bucket, qint64 sizeLimit, FetchWatch watch);
    ~BodyTaker();

    void begin(const AnswerPlan &plan);
    /// False when no more is wanted: refusal() says why.
    bool take(const char *data, qint64 length);
    /// From time to time: what a slow link brought is not kept waiting for a full buffer.
    bool flushIfOld();
    /// The body, or its connection, has ended.
    bool finish();

    const std::optional<BodyRefusal> &refusal() const { return m_refusal; }
    qint64 received() const { return m_received; }
    /// No byte, or hardly any, for so long. Time in which this side did not read does not count.
    bool isStalled(std::chrono::milliseconds limit);

private:
    using SteadyTime = std::chrono::steady_clock::time_point;

    bool refuse(BodyRefusal::Kind kind, disk::Trouble trouble = {});
    bool look(bool ended);
    bool flush(bool ended);
    bool waitAtLimit();
    bool report(const std::function<void()> &what);
    bool keepInOrder();
    qint64 nextByte() const; ///< its place in the file
    void noteByte();

    PartFile &m_part;
    TransferShared &m_shared;
    TokenBucket &m_bucket;
    qint64 m_sizeLimit;
    FetchWatch m_watch;
    AnswerPlan m_plan;
    std::optional<BodyRefusal> m_refusal;
    bool m_begun = false; ///< the first look was passed
    BufferPtr m_buffer;
    SteadyTime m_bufferSince;
    qint64 m_received = 0;
    qint64 m_windowBytes = 0; ///< since m_windowStart, for the trickle rule
    SteadyTime m_windowStart;
    SteadyTime m_lastByte;
    SteadyTime m_lastSpaceLook;
};

} // namespace tidemark
