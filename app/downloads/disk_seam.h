#pragma once

#include <QtGlobal>

#include <span>

/// Where tests stand between downloads and the disk. Every system call that decides what is left after a loss of power
/// passes here first, with what it is about to do, so that a test can count them, let one fail, leave one out, end the
/// process, or keep a model of a disk that loses what was not synced.
namespace tidemark::disk {

/// Every sync of an archive's folder, by what would be lost without it (syncTable). The list of downloads is a
/// KeptFile, which has its own.
enum class Sync {
    None,
    PartData,    ///< the bytes of the part file, every ten seconds and at each rest
    Journal,     ///< the new journal's bytes, before it replaces the old one
    JournalName, ///< the folder, after a new journal took its place: its name and, at first, the part file's
    Checksum,    ///< the bytes of NAME.sha1
    FinalName,   ///< the folder, after the archive got its final name
    AsideName,   ///< the folder, after a corrupt archive was renamed
    MovedData    ///< the bytes of a part that was moved to another folder, before the old one goes
};

struct SyncRow
{
    Sync sync;
    const char *name;
    const char *keeps; ///< what would be lost without it
};
std::span<const SyncRow> syncTable();
const char *syncName(Sync sync);

/// A call that is about to be made. Paths are in the file system's encoding and empty where there is none.
struct Step
{
    /// "open", "pwrite" (of the part), "write" (of a small file), "ftruncate", "fdatasync", "fsync folder", "rename",
    /// "link", "unlink", "drop cache"
    const char *call = "";
    Sync sync = Sync::None;
    int descriptor = -1;
    const char *path = "";
    const char *target = ""; ///< of a rename or link
    qint64 offset = 0;
    qint64 length = 0;          ///< bytes to write; the size to cut to
    const char *data = nullptr; ///< what is to be written
};

/// What `before` answers besides 0, go on, and an errno to fail with.
constexpr int LeaveOut = -1; ///< do nothing and say that it was done

struct Seam
{
    /// Called by whatever thread makes the call.
    int (*before)(const Step &step) = nullptr;
    /// The file system's type as statfs names it (linux/magic.h), as the rules of places are to see it.
    long (*fileSystemType)(const char *folder, long real) = nullptr;
    /// The machine's start, in place of the real one: what was not synced in an earlier one may be lost.
    const char *(*bootId)() = nullptr;
};
/// Only tests set it; it must live until it is taken away with nullptr.
void setSeam(const Seam *seam);

/// For the calls themselves: what the seam says; 0 without one.
int askSeam(const Step &step);
long typeThroughSeam(const char *folder, long real);
const char *bootIdThroughSeam(); ///< nullptr: the real one

} // namespace tidemark::disk
