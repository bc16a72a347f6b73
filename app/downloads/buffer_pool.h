#pragma once

#include <QtGlobal>

#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace tidemark {

/// A piece of an archive on its way from the socket to the disk. It moves from hand to hand and is never copied.
/// Its memory is aligned as its place in the file will be, so that the disk can take it from where it is.
struct Buffer
{
    /// What every disk in use accepts: a page, and no sector is larger.
    static constexpr qint64 Alignment = 4096;

    /// `bytes`: a multiple of Alignment.
    explicit Buffer(qint64 bytes);

    /// Empties it for the bytes that belong at `offset` of the file.
    void startAt(qint64 offset)
    {
        start = offset % Alignment;
        size = 0;
    }

    const char *data() const { return memory.get() + start; }
    char *end() { return memory.get() + start + size; }
    qint64 room() const { return capacity - start - size; }

    struct Free
    {
        void operator()(char *pointer) const { std::free(pointer); }
    };
    std::unique_ptr<char, Free> memory;
    qint64 capacity = 0;
    qint64 start = 0; ///< of the bytes, from the memory's beginning
    qint64 size = 0;
};

using BufferPtr = std::unique_ptr<Buffer>;

/// The buffers of one download: a fixed number, so that a slow disk pushes back on the socket and memory stays flat.
/// Thread-safe.
class BufferPool
{
public:
    BufferPool(int count, qint64 capacity)
        : m_left(count)
        , m_capacity(capacity)
    {
    }

    /// An empty buffer, or nothing: then `whenFree` is called once, by the thread that gives one back. It must only
    /// post an event: the pool is locked meanwhile, so that forgetWhenFree can promise that no call comes after it.
    BufferPtr take(std::function<void()> whenFree)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_free.empty()) {
            BufferPtr buffer = std::move(m_free.back());
            m_free.pop_back();
            return buffer;
        }
        if (m_left > 0) {
            --m_left;
            return std::make_unique<Buffer>(m_capacity);
        }
        m_whenFree = std::move(whenFree);
        return nullptr;
    }

    void give(BufferPtr buffer)
    {
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(std::move(buffer));
        if (const auto notify = std::exchange(m_whenFree, nullptr))
            notify();
    }

    void forgetWhenFree()
    {
        const std::scoped_lock lock(m_mutex);
        m_whenFree = nullptr;
    }

private:
    std::mutex m_mutex;
    std::vector<BufferPtr> m_free;
    std::function<void()> m_whenFree;
    int m_left;
    qint64 m_capacity;
};

} // namespace tidemark
