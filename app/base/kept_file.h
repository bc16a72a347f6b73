#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <optional>

namespace tidemark {

/// A small JSON file that several processes share and that must never lose what it holds: one writer at a time over
/// processes (flock on PATH.lock, which stays), read anew before each change, written beside, synced, renamed, folder
/// synced, mode 0600. Readers need no lock: they see the old content or the new one, whole.
///
/// Its calls block: for a disk's sync, and for up to two seconds where another process holds the lock. One object
/// belongs to one thread at a time; two objects may share a path.
class KeptFile
{
public:
    /// What the root must look like beside its version; a file of another shape counts as damaged.
    using Shape = std::function<bool(const QJsonObject &root)>;

    /// `version` is the newest format that this program writes; it stands in the root as "version". A file without one
    /// is of the oldest.
    KeptFile(QString path, int version, Shape shape = {});

    struct Content
    {
        QJsonObject root; ///< empty when there is no file
        /// Why there is nothing although there is a file: it cannot be read and stays where it is, and update() refuses
        /// until that has changed. Not set for a file that was put aside (see setAside()): it no longer stands there.
        std::optional<Error> trouble;
    };
    Content read() const;

    /// Under the lock: reads anew, lets `change` alter the root, and writes it when `change` returns true. True when it
    /// was written. Makes the folder (0700) where it is missing. `change` must not call update() for the same path.
    /// Fails (kind Disk) without having changed anything when the lock is not to be had within 2 s, the file cannot be
    /// read (I/O or rights), or a write, sync or rename fails.
    Result<bool> update(const std::function<bool(QJsonObject &root)> &change);

    const QString &path() const { return m_path; }

    /// Set when a file that was no JSON, damaged, or of a newer version was put aside under another name
    /// (PATH.unreadable-TIME with the time of its last change in UTC, or PATH.version-N; with a number behind where
    /// that name is taken): its sentence for the window.
    const std::optional<Error> &setAside() const { return m_setAside; }

    /// The files that were ever put aside so and still lie beside it: what they hold is known to nobody until a person
    /// has looked into them and taken them away.
    QStringList filesAside() const;

private:
    struct Found;

    QString place() const;
    Found look() const;
    Content contentOf(const Found &found) const;
    Content putAside(const Found &found) const;
    Error troubleWith(const Found &found) const;
    Error unchanged(int errnoValue) const;

    QString m_path;
    int m_version;
    Shape m_shape;
    mutable std::optional<Error> m_setAside;
};

} // namespace tidemark
