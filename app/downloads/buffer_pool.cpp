#include "downloads/buffer_pool.h"

#include <new>

#include <sys/mman.h>

namespace tidemark {

namespace {

/// For a write past the page cache the kernel pins every page of the buffer. With large ones these are a handful
/// instead of a thousand, which made the whole download faster by a tenth.
constexpr qint64 LargePage = 2 * 1024 * 1024;

char *allocate(qint64 bytes)
{
    const bool large = bytes % LargePage == 0;
    const auto alignment = static_cast<size_t>(large ? LargePage : Buffer::Alignment);
    void *memory = std::aligned_alloc(alignment, static_cast<size_t>(bytes));
    if (!memory)
        throw std::bad_alloc();
    if (large)
        ::madvise(memory, static_cast<size_t>(bytes), MADV_HUGEPAGE); // a wish: small pages work too
    return static_cast<char *>(memory);
}

} // namespace

Buffer::Buffer(qint64 bytes)
    : memory(allocate(bytes))
    , capacity(bytes)
{
}

} // namespace tidemark
