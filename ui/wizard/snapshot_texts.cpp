#include "ui/wizard/snapshot_texts.h"

#include "base/natural_order.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::SnapshotTexts)
};

QString ofParts(const Snapshot &snapshot, QString SnapshotPart::*what)
{
    QStringList texts;
    for (const SnapshotPart &part : snapshot.parts) {
        if (!(part.*what).isEmpty() && !texts.contains(part.*what))
            texts << part.*what;
    }
    std::ranges::sort(texts, [](const QString &a, const QString &b) { return compareNaturally(a, b) < 0; });
    return texts.join(QStringLiteral(", "));
}

} // namespace

std::vector<SnapshotBadge> snapshotBadges(const Snapshot &snapshot)
{
    std::vector<SnapshotBadge> badges;
    if (!snapshot.complete)
        badges.push_back({ChipKind::Error, Text::tr("not complete")});
    if (snapshot.possiblyInconsistent)
        badges.push_back({ChipKind::Attention, Text::tr("possibly inconsistent")});
    if (!snapshot.missingShards.isEmpty())
        badges.push_back(
            {ChipKind::Error, Text::tr("missing shards: %1").arg(snapshot.missingShards.join(QStringLiteral(", ")))});
    if (!snapshot.namespaceFilter.isEmpty())
        badges.push_back({ChipKind::Attention, Text::tr("not all namespaces")});
    if (snapshot.isEncrypted())
        badges.push_back({ChipKind::Waiting, Text::tr("encrypted")});
    return badges;
}

QStringList snapshotWarnings(const Snapshot &snapshot)
{
    QStringList warnings;
    for (const SnapshotBadge &badge : snapshotBadges(snapshot))
        warnings << badge.text;
    return warnings;
}

QString snapshotVersions(const Snapshot &snapshot)
{
    return ofParts(snapshot, &SnapshotPart::mongodVersion);
}

QString snapshotFcvs(const Snapshot &snapshot)
{
    return ofParts(snapshot, &SnapshotPart::featureCompatibilityVersion);
}

QString encryptionText(const Snapshot &snapshot)
{
    const auto count = [&](std::optional<bool> told) {
        return std::ranges::count(snapshot.parts, told, &SnapshotPart::encryptionEnabled);
    };
    const auto encrypted = count(true);
    if (encrypted == 0)
        return count(false) == std::ssize(snapshot.parts) && !snapshot.parts.empty() ? Text::tr("No", "encrypted")
                                                                                     : Text::tr("not told");
    return encrypted == std::ssize(snapshot.parts) ? Text::tr("Yes", "encrypted") : Text::tr("Partly", "encrypted");
}

QString masterKeys(const Snapshot &snapshot)
{
    return ofParts(snapshot, &SnapshotPart::masterKeyUuid);
}

} // namespace tidemark
