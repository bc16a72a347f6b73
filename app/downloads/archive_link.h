#pragma once

#include "cloud/values.h"
#include "downloads/link_address.h"

#include <QByteArray>

namespace tidemark {

/// Where an archive is fetched from. Both forms are secrets: never saved, shown or logged unmasked.
struct ArchiveLink
{
    LinkAddress address;
    QByteArray headerName; ///< of a v3 link; empty for a v2 link, to which no credentials are sent
    WipedBytes headerValue;

    bool isEmpty() const { return address.isEmpty(); }
    bool operator==(const ArchiveLink &) const = default;
};

/// The v3 link with its header where the job has both, else the v2 link, which carries its key in the path
/// (Public API, restore jobs, `delivery`). Empty when the job has none that can be used.
ArchiveLink archiveLink(const Delivery &delivery);

/// The SHA-1 that the job publishes for exactly this file, in lower case; empty when there is none. Another file's
/// hash, another algorithm's and anything that is no SHA-1 do not count.
QString publishedSha1(const RestoreJob &job, const QString &fileName);

} // namespace tidemark
