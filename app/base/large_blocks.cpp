#include "base/large_blocks.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tidemark {

void returnLargeBlocks()
{
#ifdef __GLIBC__
    constexpr int largeBlock = 64 * 1024;
    mallopt(M_MMAP_THRESHOLD, largeBlock); // from here on it stays as it is
    mallopt(M_TRIM_THRESHOLD, largeBlock);
#endif
}

} // namespace tidemark
