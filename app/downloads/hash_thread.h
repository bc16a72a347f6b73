#pragma once

#include "downloads/buffer_pool.h"
#include "downloads/sha1.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace tidemark {

/// The running SHA-1 of a file that is being written: pieces are hashed on a thread of their own while the next one is
/// on its way to the disk, in the order in which they were added. One thread uses it.
class HashThread
{
public:
    HashThread() = default;
    ~HashThread();
    HashThread(const HashThread &) = delete;
    HashThread &operator=(const HashThread &) = delete;

    /// Hashes the piece, then gives it back to `home`, which must outlive the wait for it.
    void add(BufferPtr piece, BufferPool &home);
    /// Hashes at once, in the calling thread.
    void addNow(const char *data, qint64 length);
    void reset();
    /// Of everything added so far: waits for what is still being hashed.
    QString hex() const;
    /// Returns when every piece is back with its pool.
    void wait() const;
    /// Spent hashing, since the beginning.
    std::chrono::nanoseconds time() const { return std::chrono::nanoseconds(m_time); }

private:
    struct Item
    {
        BufferPtr piece;
        BufferPool *home;
    };

    void loop();

    Sha1 m_sha1; ///< the loop's while m_busy or m_items hold something, else the caller's
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::deque<Item> m_items;
    bool m_busy = false;
    bool m_ending = false;
    std::atomic<qint64> m_time{0};
    std::thread m_thread;
};

} // namespace tidemark
