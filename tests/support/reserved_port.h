#pragma once

#include <QtGlobal>

namespace tidemark::test {

/// A free port of 127.0.0.1 for a server that is started by its number, or 0. Until this process ends nobody else is
/// given it: a socket stays bound to it that never listens, which keeps it out of the kernel's choice for others
/// (connections, too) but not from a server that asks for it by number with SO_REUSEADDR. While no server has it,
/// connections to it are refused.
quint16 reservedPort();

} // namespace tidemark::test
