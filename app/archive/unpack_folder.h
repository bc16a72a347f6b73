#pragma once

#include "archive/file_handle.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace tidemark {

/// The hidden folder that an archive is unpacked into, below the one that was chosen, so that what bears the archive's
/// names is whole and on the disk:
///
///     CHOSEN/.tidemark-unpacking-XXXXXXXX/lock     held (flock) as long as somebody works here
///                                        /files/   what is being unpacked
///
/// publish() moves what is in files/ up; otherwise the folder and all in it goes with the object. A process that dies
/// leaves the folder without a lock: whoever unpacks into the same place next removes it. Every step goes through
/// descriptors and follows no link. Errors are of kind Disk. Blocks: worker threads only.
class UnpackFolder
{
public:
    /// Nothing is removed that this does not allow: returns false to stop.
    using GoOn = std::function<bool()>;

    /// Makes the folder below `place`, and removes what dead processes left there.
    static Result<UnpackFolder> make(const QString &place, const GoOn &goOn);
    UnpackFolder(UnpackFolder &&other) noexcept = default;
    UnpackFolder &operator=(UnpackFolder &&) = delete;
    ~UnpackFolder();

    /// Where to unpack to.
    int files() const { return m_files.get(); }
    /// Whether this name is taken in the chosen folder already, by whatever it is.
    bool isTaken(const QByteArray &name) const;
    /// Whether a name is one that these folders bear.
    static bool isReserved(const QByteArray &name);
    /// Moves these names up from files() into the chosen folder, replacing nothing, and brings them to the disk. All or
    /// nothing, short of a power cut in between. What is in them must be on the disk before.
    Result<void> publish(const std::vector<QByteArray> &names);

    int leftoversRemoved() const { return m_leftoversRemoved; }
    /// Leftovers for which no lock tells whether their owner is alive (some network file systems), or which could not
    /// be removed.
    const QStringList &leftoversKept() const { return m_leftoversKept; }

private:
    UnpackFolder() = default;
    bool create();
    void removeLeftovers(const QString &place, const GoOn &goOn);

    FileHandle m_place;
    FileHandle m_lock;
    FileHandle m_files;
    QByteArray m_name; ///< empty when there is nothing to remove
    int m_leftoversRemoved = 0;
    QStringList m_leftoversKept;
};

/// A failure of the disk in words: "WHAT: why.", from errno.
Error diskError(const QString &what);

/// fsync of a folder; true where the file system has no such thing (EINVAL) and keeps names by itself.
bool syncFolder(int descriptor);

} // namespace tidemark
