#pragma once

#include "base/error.h"
#include "downloads/signal_flag.h"

#include <QString>

#include <tl/expected.hpp>

#include <chrono>

namespace tidemark {

/// A connected TCP socket to one of the host's addresses, or why there is none.
///
/// Addresses are raced (RFC 8305): families alternate, the next is tried a quarter of a second after the one before or
/// as soon as that one failed, the first to connect wins. libcurl races only the two families: with three silent
/// addresses of one family before a good one it needs more than half of its time limit. The name is looked up on a
/// thread that is left alone when the resolver never answers; the caller is back as soon as `stop` is set.
tl::expected<int, Error> dial(const QString &host, quint16 port, const SignalFlag &stop,
                              std::chrono::milliseconds limit);

} // namespace tidemark
