#pragma once

#include "base/result.h"
#include "cloud/api_transport.h"

#include <QJsonObject>

#include <functional>
#include <vector>

namespace tidemark {

/// Items per page that are asked for: the documented maximum.
constexpr int PageSize = 500;

/// No list that the program reads is longer than this many pages; a server that goes on and on is not believed.
constexpr int MaxPages = 200;

/// How far a list is read.
struct Extent
{
    int pages = MaxPages;
    qint64 bytes = 64 * 1024 * 1024; ///< of all pages as they came; beyond it, it is an Error
    bool endsThere = false;          ///< a longer list is cut; else it is an Error
};

/// Takes the items of a page and calls `next` when it is done with them: at once, or after a thread has.
using TakePage = std::function<void(std::vector<QJsonObject> items, std::function<void()> next)>;

/// The items of a list, page by page, so that nobody needs to hold all of its JSON. Pages are asked for by number;
/// links of the server are not followed, since they may carry the site's own idea of its address. A page is the last
/// one when it has no link `next`, or without links when what was read reaches totalCount or nothing is in it. Older
/// servers give at most 100 items however many are asked for, so a short page alone ends nothing. A page that repeats
/// the one before it, an empty one with a link `next`, one of more items than were asked for or of more than PageBytes,
/// or more pages or bytes than `extent` allows, is an Error (kind Parse): who gets a list has all of it. Ends without a
/// result when `context` is gone.
Async<bool> readPages(QObject *context, ApiTransport &transport, const QString &path, const QUrlQuery &query,
                      ApiTransport::Report report, Extent extent, TakePage take);

/// As readPages(), all items at once.
Async<std::vector<QJsonObject>> readAllPages(QObject *context, ApiTransport &transport, const QString &path,
                                             const QUrlQuery &query,
                                             ApiTransport::Report report = ApiTransport::Report::Yes,
                                             Extent extent = {});

} // namespace tidemark
