#pragma once

#include "downloads/answer_plan.h"
#include "downloads/archive_link.h"
#include "downloads/body_taker.h"

#include <QNetworkProxyFactory>
#include <QStringList>

#include <chrono>
#include <memory>

namespace tidemark {

/// One GET for one archive.
struct FetchRequest
{
    ArchiveLink link;
    AskedRange asked;
    std::chrono::milliseconds stallTimeout{60000};
    std::chrono::milliseconds connectTimeout{30000}; ///< for each proxy or server
    qint64 sizeLimit = -1;                           ///< whole file; -1: none
    std::shared_ptr<QNetworkProxyFactory> proxies;   ///< null: none
    QStringList caFiles;
};

/// How a request ended.
struct FetchEnd
{
    enum class Kind {
        Complete, ///< the body ended as its framing says (UntilClose: perhaps it was cut)
        Broken,   ///< the connection ended too early, stalled or could not be made: worth another try
        NoBody,   ///< see plan.action: nothing was taken
        Refused,  ///< no archive (text in its place), TLS, proxy or redirect trouble: trying again is of no use
        Stopped,
        Disk ///< see trouble
    };
    Kind kind = Kind::Broken;
    AnswerPlan plan;
    bool asked = false; ///< a byte of the request's head was handed to a connection: a server may have counted it
    Error error;
    disk::Trouble trouble;
};

/// Fetches into the part file over HTTP/1.1 with libcurl and returns when the request has ended in one way or another,
/// at once when `shared.stop` is set. Blocks: the transfer's worker only.
///
/// The body is taken as it is and only after planAnswer said so; redirects are followed by hand, at most five, never
/// with the link's header and never out of TLS; the proxies are tried in their order; nothing is sent twice by itself.
FetchEnd fetch(const FetchRequest &request, PartFile &part, TransferShared &shared, TokenBucket &bucket,
               const FetchWatch &watch);

} // namespace tidemark
