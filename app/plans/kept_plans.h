#pragma once

#include "plans/restore_plan.h"

/// The plans of restores that were sent, each in a file that is named for its own SHA-256: what the audit log names can
/// be opened, and shown to be what it was. All of it blocks for the disk.
namespace tidemark {

/// Of a plan's file as planFileBytes() makes it; in hex.
QString planHash(const QByteArray &planFile);

class KeptPlans
{
public:
    /// How many there may be; the oldest go first. A plan has some kilobytes.
    static constexpr int Most = 2000;

    explicit KeptPlans(QString folder, int most = Most);

    /// Synced, and its owner's alone. False where it cannot be written or is larger than a plan may be.
    bool keep(const QByteArray &planFile) const;
    /// Where a plan of this hash would be; empty for what is no hash: it may stand in a log that somebody wrote.
    QString pathOf(const QString &sha256) const;

private:
    void dropOldest() const;

    QString m_folder;
    int m_most;
};

/// Reads one of them by its path. Fails with a sentence where it is not there any more, or is not what its name says.
Result<PlanFile> readKeptPlan(const QString &path);

} // namespace tidemark
