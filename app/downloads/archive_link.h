#pragma once

#include "base/secret.h"
#include "cloud/values.h"

#include <QByteArray>
#include <QUrl>

#include <utility>

namespace tidemark {

/// Bytes of which each holder has a copy of its own and overwrites it.
class WipedBytes : public QByteArray
{
public:
    WipedBytes() = default;
    WipedBytes(QByteArray &&bytes) noexcept // NOLINT(google-explicit-constructor): it is meant to be filled by these
        : QByteArray(std::move(bytes))
    {
    }
    WipedBytes(const WipedBytes &other)
        : QByteArray(other.constData(), other.size())
    {
    }
    WipedBytes(WipedBytes &&other) noexcept = default;
    WipedBytes &operator=(WipedBytes other) noexcept
    {
        swap(other);
        return *this;
    }
    ~WipedBytes() { wipeBytes(*this); }
};

/// Where an archive is fetched from. Both forms are secrets: never saved, shown or logged unmasked.
struct ArchiveLink
{
    QUrl url;
    QByteArray headerName; ///< of a v3 link; empty for a v2 link, to which no credentials are sent
    WipedBytes headerValue;

    bool isEmpty() const { return url.isEmpty(); }
    bool operator==(const ArchiveLink &) const = default;
};

/// The v3 link with its header where the job has both, else the v2 link, which carries its key in the path
/// (Public API, restore jobs, `delivery`). Empty when the job has none that can be used.
ArchiveLink archiveLink(const Delivery &delivery);

/// The SHA-1 that the job publishes for exactly this file, in lower case; empty when there is none. Another file's
/// hash, another algorithm's and anything that is no SHA-1 do not count.
QString publishedSha1(const RestoreJob &job, const QString &fileName);

} // namespace tidemark
