#include "downloads/hash_beside.h"

#include "base/thread_priority.h"

#include <cstdint>
#include <new>

#include <sys/mman.h>

namespace tidemark {

namespace {

/// For a write past the page cache the kernel pins every page of the buffer. With large ones these are a handful
/// instead of a thousand, which made the whole download faster by a tenth.
constexpr qint64 LargePage = 2 * 1024 * 1024;

/// Of its own, not malloc's: it goes back to the system with the download, and no arena keeps the wish for large pages.
char *allocate(qint64 bytes)
{
    const auto size = static_cast<size_t>(bytes);
    const size_t spare = bytes % LargePage == 0 ? static_cast<size_t>(LargePage) : 0;
    void *mapped = ::mmap(nullptr, size + spare, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
        throw std::bad_alloc();
    char *memory = static_cast<char *>(mapped);
    if (spare == 0)
        return memory;
    const size_t before = (spare - reinterpret_cast<uintptr_t>(memory) % spare) % spare;
    if (before > 0)
        ::munmap(memory, before);
    memory += before;
    ::munmap(memory + size, spare - before);
    ::madvise(memory, size, MADV_HUGEPAGE); // a wish: small pages work too
    return memory;
}

} // namespace

BufferPlan bufferPlan(int others)
{
    constexpr qint64 mebibyte = 1024 * 1024;
    return others == 0 ? BufferPlan{4, 4 * mebibyte} : BufferPlan{3, 2 * mebibyte};
}

void Buffer::Unmap::operator()(char *memory) const
{
    ::munmap(memory, bytes);
}

Buffer::Buffer(qint64 bytes)
    : memory(allocate(bytes), Unmap{static_cast<size_t>(bytes)})
    , capacity(bytes)
{
}

HashBeside::HashBeside(BufferPlan plan)
    : m_unmade(plan.buffers)
    , m_capacity(plan.bytes)
{
}

HashBeside::~HashBeside()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
}

BufferPtr HashBeside::take()
{
    std::unique_lock lock(m_mutex);
    // All of them at first: how much memory a download needs is then the same whatever it brings.
    if (m_unmade > 0) {
        --m_unmade;
        return std::make_unique<Buffer>(m_capacity);
    }
    m_changed.wait(lock, [this] { return !m_free.empty(); });
    BufferPtr piece = std::move(m_free.back());
    m_free.pop_back();
    return piece;
}

void HashBeside::add(BufferPtr piece)
{
    const std::scoped_lock lock(m_mutex);
    if (piece->size == 0) {
        m_free.push_back(std::move(piece));
        return;
    }
    m_pieces.push_back(std::move(piece));
    if (!m_thread.joinable())
        m_thread = std::thread([this] { loop(); });
    m_changed.notify_all();
}

void HashBeside::loop()
{
    stepBehindTheWindow();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_ending || !m_pieces.empty(); });
        if (m_pieces.empty())
            return;
        BufferPtr piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_busy = true;
        lock.unlock();
        addNow(piece->data(), piece->size);
        lock.lock();
        m_busy = false;
        m_free.push_back(std::move(piece));
        m_changed.notify_all();
    }
}

void HashBeside::addNow(const char *data, qint64 length)
{
    const auto start = std::chrono::steady_clock::now();
    m_sha1.add(data, length);
    m_time += std::chrono::nanoseconds(std::chrono::steady_clock::now() - start).count();
}

void HashBeside::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_pieces.empty() && !m_busy; });
}

void HashBeside::reset()
{
    wait();
    m_sha1.reset();
}

QString HashBeside::hex()
{
    wait();
    return m_sha1.hex();
}

} // namespace tidemark
