#pragma once

#include "base/error.h"

#include <QFuture>

#include <tl/expected.hpp>

namespace tidemark {

/// A value or the reason why there is none.
template<typename T>
using Result = tl::expected<T, Error>;

/// The same, later. Continue with whenDone() of base/later.h; never block the GUI thread on it.
template<typename T>
using Async = QFuture<Result<T>>;

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace tidemark
