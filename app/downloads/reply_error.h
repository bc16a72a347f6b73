#pragma once

#include "base/error.h"

class QNetworkReply;

namespace tidemark {

/// Why an archive's reply ended without a usable answer, in words; `retryable` when another try may do better.
Error replyError(const QNetworkReply &reply);

} // namespace tidemark
