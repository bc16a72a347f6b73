#include "downloads/hash_thread.h"

#include "base/thread_priority.h"

namespace tidemark {

HashThread::~HashThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void HashThread::add(BufferPtr piece, BufferPool &home)
{
    if (!m_thread.joinable())
        m_thread = std::thread([this] { loop(); });
    const std::scoped_lock lock(m_mutex);
    m_items.push_back({std::move(piece), &home});
    m_changed.notify_all();
}

void HashThread::loop()
{
    stepBehindTheWindow();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || !m_items.empty(); });
        if (m_items.empty())
            return;
        Item item = std::move(m_items.front());
        m_items.pop_front();
        m_busy = true;
        lock.unlock();
        addNow(item.piece->data(), item.piece->size);
        item.home->give(std::move(item.piece));
        lock.lock();
        m_busy = false;
        if (m_items.empty())
            m_changed.notify_all();
    }
}

void HashThread::addNow(const char *data, qint64 length)
{
    const auto start = std::chrono::steady_clock::now();
    m_sha1.add(data, length);
    m_time += std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count();
}

void HashThread::wait() const
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_items.empty() && !m_busy; });
}

void HashThread::reset()
{
    wait();
    m_sha1.reset();
}

QString HashThread::hex() const
{
    wait();
    return m_sha1.hex();
}

} // namespace tidemark
