#pragma once

#include "base/kept_file.h"
#include "safety/safety_snapshot.h"

#include <functional>
#include <vector>

namespace tidemark {

QJsonObject toJson(const SafetySnapshot &kept);
/// nullopt for what has no key or no cluster.
std::optional<SafetySnapshot> safetyFromJson(const QJsonObject &json);

/// The safety snapshots of all connections on disk, which running programs share. What this program does not understand
/// in there stays. Its calls block as KeptFile's do.
class KeptSafety
{
public:
    explicit KeptSafety(const QString &path);

    /// Of this server, the oldest first. Those that are over at `now` are left out.
    Result<std::vector<SafetySnapshot>> read(const QString &server, const QDateTime &now) const;
    /// Puts it in place of what is kept under its key. That another program has bound it to an order stays.
    Result<bool> keep(const SafetySnapshot &one, const QDateTime &now);
    Result<bool> drop(const QString &key);

    /// Set when the file was no file of ours and was put aside, see KeptFile::setAside().
    const std::optional<Error> &setAside() const { return m_file.setAside(); }

private:
    Result<bool> change(const std::function<void(std::vector<SafetySnapshot> &)> &change);

    KeptFile m_file;
};

} // namespace tidemark
