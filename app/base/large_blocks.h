#pragma once

namespace tidemark {

/// Lets large blocks of memory (answers of a server, archives' buffers) go back to the system as soon as they are
/// freed. By default glibc raises the size from which it does so with each such block that is freed, to 32 MiB, and
/// keeps what is smaller, in pieces, in an arena for each thread: three times the memory for the same lists. To be
/// called once, at the start. Does nothing elsewhere.
void returnLargeBlocks();

} // namespace tidemark
