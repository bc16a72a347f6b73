#pragma once

#include "base/result.h"

#include <QTest>

#include <chrono>

namespace tidemark::test {

/// Lets the event loop run until the future has its result; false when it took longer.
template<typename T>
bool waitFor(const QFuture<T> &future, std::chrono::milliseconds limit = std::chrono::seconds(15))
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, static_cast<int>(limit.count()));
}

/// The result of an asynchronous call; an error when it never came.
template<typename T>
Result<T> resultOf(const Async<T> &future, std::chrono::milliseconds limit = std::chrono::seconds(15))
{
    if (!waitFor(future, limit) || future.resultCount() == 0) {
        Error error;
        error.sentence = QStringLiteral("The call did not end in time.");
        return failure(error);
    }
    return future.result();
}

} // namespace tidemark::test
