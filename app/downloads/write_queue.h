#pragma once

#include "downloads/buffer_pool.h"

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace tidemark {

class PartFile;

/// The marks of the answer whose bytes are about to come. `stream` numbers the answers of one download: bytes of an
/// older one are dropped.
struct AnswerMarks
{
    quint64 stream = 0;
    bool fresh = false; ///< from byte 0, replacing what is there
    qint64 offset = 0;  ///< of the first byte; must be the file's size
    qint64 totalBytes = -1;
    QByteArray etag;
    bool resumable = false;

    bool operator==(const AnswerMarks &) const = default;
};

/// What is to be done to a part file, in order, from the threads that know it to the one thread that does it. Its
/// length is bounded by the pool's buffers. Thread-safe; shared, so that a reader may outlive its writer.
class WriteQueue
{
public:
    struct Item
    {
        std::function<void(PartFile &)> command; ///< or, where empty, bytes:
        std::optional<AnswerMarks> marks;
        quint64 stream = 0;
        BufferPtr buffer;
    };

    WriteQueue(int buffers, qint64 capacity)
        : m_pool(buffers, capacity)
    {
    }

    BufferPool &pool() { return m_pool; }

    void command(std::function<void(PartFile &)> work) { push({std::move(work), std::nullopt, 0, nullptr}); }
    void begin(const AnswerMarks &marks) { push({nullptr, marks, marks.stream, nullptr}); }
    void append(quint64 stream, BufferPtr buffer) { push({nullptr, std::nullopt, stream, std::move(buffer)}); }

    /// After this nothing more is taken in; what is in it is still done.
    void close()
    {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
        m_ready.notify_all();
    }

    /// Waits for the next item, at most `patience`; nullopt when there is none yet or never will be (isFinished).
    std::optional<Item> next(std::chrono::milliseconds patience)
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait_for(lock, patience, [this] { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        Item item = std::move(m_items.front());
        m_items.pop_front();
        return item;
    }

    bool isFinished() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    void push(Item item)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_closed)
            return;
        m_items.push_back(std::move(item));
        m_ready.notify_one();
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<Item> m_items;
    BufferPool m_pool;
    bool m_closed = false;
};

} // namespace tidemark
