#include "downloads/archive_link.h"

#include <algorithm>

namespace tidemark {

namespace {

/// Nothing that could end a header line and begin another.
bool isHeaderSafe(const QString &text)
{
    return !text.isEmpty() &&
           std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; });
}

} // namespace

ArchiveLink archiveLink(const Delivery &delivery)
{
    if (!delivery.urlV2.isEmpty() && isHeaderSafe(delivery.authHeader) && isHeaderSafe(delivery.authValue)) {
        ArchiveLink link{linkAddress(delivery.urlV2), delivery.authHeader.toLatin1(), delivery.authValue.toLatin1()};
        if (!link.isEmpty() && !link.headerName.contains(':') && !link.headerName.contains(' '))
            return link;
    }
    return {linkAddress(delivery.url), {}, {}};
}

QString publishedSha1(const RestoreJob &job, const QString &fileName)
{
    const auto isHex = [](QChar c) {
        return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || (c >= QLatin1Char('a') && c <= QLatin1Char('f'));
    };
    for (const FileHash &published : job.hashes) {
        QString type = published.typeName.toUpper();
        type.remove(QLatin1Char('-'));
        const QString hash = published.hash.trimmed().toLower();
        if (published.fileName == fileName && type == QLatin1String("SHA1") && hash.size() == 40 &&
            std::all_of(hash.cbegin(), hash.cend(), isHex))
            return hash;
    }
    return {};
}

} // namespace tidemark
