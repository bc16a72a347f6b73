#pragma once

#include "base/result.h"
#include "base/secret.h"

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

/// An address of http or https. What stands behind the server's name may be a key, so that it never gets into a QUrl or
/// a QString, whose copies nobody can overwrite.
struct LinkAddress
{
    QUrl origin;       ///< scheme, server and port alone
    WipedBytes target; ///< path and query, as they are sent

    bool isEmpty() const { return origin.isEmpty(); }
    WipedBytes whole() const;
    /// For the log, masked as redactedUrl() does it; of a query nothing is left.
    QString redacted() const;
    bool operator==(const LinkAddress &) const = default;
};

/// Without user, password and fragment; empty when it is no address of http or https.
LinkAddress linkAddress(const QString &text);

/// Where the answer's Location leads to: as linkAddress(), and never from https to http.
Result<LinkAddress> redirectedTo(const LinkAddress &asked, const WipedBytes &location);

} // namespace tidemark
