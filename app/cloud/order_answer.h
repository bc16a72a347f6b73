#pragma once

#include "base/error.h"
#include "cloud/values.h"

#include <functional>
#include <vector>

namespace tidemark {

/// What is known of one POST that orders a restore, as it was seen on the wire. Judged by orders/order_end.h.
struct OrderAnswer
{
    bool left = false;             ///< a byte of the body of the last sending was handed to the network
    int sendings = 0;              ///< how often it was begun to be sent
    int status = 0;                ///< of the last answer, kept also when its body broke off; 0: none came
    bool hasChallenge = false;     ///< that answer had WWW-Authenticate
    bool isWhole = false;          ///< its body was read to its end
    bool hasErrorDocument = false; ///< the body has errorCode, or error and detail
    QStringList mentionedIds;      ///< each 24-hex id in parameters and detail of an error document, once each
    std::vector<RestoreJob> jobs;  ///< that a 2xx answer named, as far as it could be read
    Error error;                   ///< why it is no plain success; empty sentence when a whole 2xx names jobs

    bool operator==(const OrderAnswer &) const = default;
};

/// Called at once before the n-th sending (1, 2) leaves; when it returns false nothing more is sent.
using BeforeSending = std::function<bool(int sending)>;

} // namespace tidemark
