#pragma once

#include "downloads/sha1.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tidemark {

/// A piece of an archive on its way from the socket to the disk and the hash. Its memory is aligned as its place in the
/// file will be, so that the disk can take it from where it is.
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

    struct Unmap
    {
        size_t bytes = 0;
        void operator()(char *memory) const;
    };
    std::unique_ptr<char, Unmap> memory;
    qint64 capacity = 0;
    qint64 start = 0; ///< of the bytes, from the memory's beginning
    qint64 size = 0;
};

using BufferPtr = std::unique_ptr<Buffer>;

/// How many pieces a download has, and their size.
struct BufferPlan
{
    int buffers = 0;
    qint64 bytes = 0;

    bool operator==(const BufferPlan &) const = default;
};

/// `others`: downloads that have pieces already. A download alone has four of 4 MiB: one fills from the socket, one is
/// written, one is hashed, one evens out. Half the size made writing past the page cache slower by a third; twice the
/// size gained nothing. Beside another one the disk is shared anyway, and memory counts: three of 2 MiB.
BufferPlan bufferPlan(int others);

/// The running SHA-1 of a file that is being written, on a thread beside the one that writes: pieces are hashed in the
/// order in which they were added, while the next one is received and written. It owns the pieces: a fixed number, so
/// that memory stays flat and a slow hash holds up the socket. One thread uses it.
class HashBeside
{
public:
    explicit HashBeside(BufferPlan plan);
    ~HashBeside();
    HashBeside(const HashBeside &) = delete;
    HashBeside &operator=(const HashBeside &) = delete;

    /// An empty piece; waits until one has been hashed.
    BufferPtr take();
    /// Hashes the piece, or only keeps it for the next take when it is empty.
    void add(BufferPtr piece);
    /// Hashes at once, in the calling thread.
    void addNow(const char *data, qint64 length);
    void reset();
    /// Of everything added so far: waits for what is still being hashed.
    QString hex();
    /// Spent hashing, since the beginning.
    std::chrono::nanoseconds time() const { return std::chrono::nanoseconds(m_time); }

private:
    void loop();
    void wait();

    Sha1 m_sha1; ///< the loop's while m_busy or m_pieces hold something, else the caller's
    int m_unmade;
    qint64 m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<BufferPtr> m_pieces;
    std::vector<BufferPtr> m_free;
    bool m_busy = false;
    bool m_ending = false;
    std::atomic<qint64> m_time{0};
    std::thread m_thread; ///< begun with the first piece
};

} // namespace tidemark
