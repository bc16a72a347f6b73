#pragma once

#include "disks/disk_model.h"
#include "downloads/disk_seam.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <random>

namespace tidemark::test {

/// The rules of DiskModel under the downloads of this process, without a mount: every call that they make on their
/// folders is made on the model, too. When the power is cut, their calls fail from then on, and once whoever made them
/// is gone, restart() has the folders hold what the model kept.
///
///     ModelledDisk disk(root, {"files"}, seed);
///     disk.cutBefore(17);
///     … downloads into root/files, until disk.isCut() …
///     queue.reset();
///     disk.restart();
///
/// One at a time. The list of downloads is not on it: it stays as it was at the cut.
class ModelledDisk
{
public:
    /// `folders`: of `root`, there and empty.
    ModelledDisk(const QString &root, const QStringList &folders, quint32 seed);
    ~ModelledDisk();
    ModelledDisk(const ModelledDisk &) = delete;
    ModelledDisk &operator=(const ModelledDisk &) = delete;

    /// This sync does nothing and says that it was done, until the power is cut.
    void leaveOut(disk::Sync sync);
    /// The n-th call from now on fails with this errno; 0: none does.
    void failCall(int n, int errnoValue);
    /// The n-th sync from now on fails once, and what it was to keep is lost.
    void failSync(int n);
    /// The power goes before the n-th call from now on.
    void cutBefore(int calls);
    void cut();
    bool isCut() const;
    /// How many bytes of a part the program may believe to be safe: its journal says so, and it has synced that.
    qint64 promised() const;
    /// With the power back. False when the folders could not be written.
    bool restart();

private:
    static int before(const disk::Step &step);
    static const char *bootId();
    static int beforeOfList(const char *call);

    int take(const disk::Step &step);
    int carryOut(const disk::Step &step);
    void cutLocked();
    std::string nameOf(const QByteArray &path) const;
    std::string nameBehind(int descriptor) const;
    QByteArray contentsOf(DiskModel::Id id) const;
    void showKept(int descriptor, DiskModel::Id id) const;
    void noteJournal(const std::string &name, bool isSynced);
    qint64 promisedLocked() const;

    const QByteArray m_root;
    const QStringList m_folders;
    mutable std::mutex m_mutex;
    DiskModel m_model;
    std::mt19937 m_random;
    disk::Sync m_leftOut = disk::Sync::None;
    int m_callsToCut = 0;   ///< 0: none
    int m_callsToFault = 0; ///< 0: none
    int m_faultErrno = 0;
    bool m_isCut = false;
    std::map<std::string, qint64> m_promised; ///< by the journal's name
    qint64 m_promisedAtCut = 0;
    int m_starts = 1;
    QByteArray m_bootId;
};

} // namespace tidemark::test
