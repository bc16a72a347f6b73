#include "ui/snapshots/snapshot_texts.h"

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

std::vector<ChipData> snapshotWarnings(const Snapshot &snapshot)
{
    std::vector<ChipData> warnings;
    if (!snapshot.complete)
        warnings.push_back({ChipKind::Error, Text::tr("Not complete")});
    if (!snapshot.missingShards.isEmpty())
        warnings.push_back({ChipKind::Error,
                            Text::tr("%n shards missing: %1", nullptr, static_cast<int>(snapshot.missingShards.size()))
                                .arg(snapshot.missingShards.join(QStringLiteral(", ")))});
    if (snapshot.possiblyInconsistent)
        warnings.push_back({ChipKind::Attention, Text::tr("Possibly inconsistent")});
    if (!snapshot.namespaceFilter.isEmpty())
        warnings.push_back({ChipKind::Attention, Text::tr("Not all namespaces")});
    return warnings;
}

std::vector<ChipData> snapshotBadges(const Snapshot &snapshot)
{
    std::vector<ChipData> badges = snapshotWarnings(snapshot);
    if (badges.empty())
        badges.push_back({ChipKind::Verified, Text::tr("Complete")});
    if (snapshot.isEncrypted())
        badges.push_back({ChipKind::HandedOver, Text::tr("Encrypted")});
    if (snapshot.doNotDelete)
        badges.push_back({ChipKind::Safe, Text::tr("Kept")});
    return badges;
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

QString snapshotEncryption(const Snapshot &snapshot)
{
    const QString keys = masterKeys(snapshot);
    if (snapshot.isEncrypted())
        return keys.isEmpty() ? Text::tr("Encrypted, which key is not told")
                              : Text::tr("Encrypted, master key %1").arg(keys);
    const bool isTold = std::ranges::any_of(
        snapshot.parts, [](const SnapshotPart &part) { return part.encryptionEnabled.has_value(); });
    return isTold ? Text::tr("Not encrypted") : Text::tr("Not told");
}

} // namespace tidemark
