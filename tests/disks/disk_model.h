#pragma once

#include <cstdint>
#include <ctime>
#include <limits>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace tidemark::test {

/// A file system in memory that knows two states of everything: what was written, and what would be there after a power
/// cut. As strict as POSIX lets a disk be, so that a program that is right here is right on any:
///
///  - What was written to a file is lost in a cut unless the file was synced since. A size is like its bytes.
///  - A name (made, linked, removed, renamed) is lost unless its folder was synced since. Syncing a file keeps its
///  bytes
///    and not its name; syncing a folder keeps its names and not the bytes behind them. A rename is one step in both
///    folders.
///  - Syncing a folder says nothing about other folders' names: they are kept in any order.
///  - A sync that fails has lost what it was to keep; it fails once, and the next one succeeds and keeps nothing of
///  that
///    (Linux: the pages are clean again). The kernel's cache still shows what was written until it is dropped.
///
/// Calls return 0 or more, or -errno. Safe to call from several threads. Links other than hard ones, devices and the
/// like do not exist here.
class DiskModel
{
public:
    using Id = std::uint64_t;
    static constexpr Id Root = 1;

    struct Status
    {
        bool isFolder = false;
        unsigned mode = 0; ///< permissions
        unsigned links = 0;
        std::int64_t size = 0;
        timespec modified{};
        timespec changed{};
    };

    explicit DiskModel(std::uint32_t seed = 1);

    /// 0: there is none.
    Id find(const std::string &path) const;
    int create(const std::string &path, unsigned mode, Id *made);
    int makeFolder(const std::string &path, unsigned mode);
    int link(const std::string &from, const std::string &to);
    int unlink(const std::string &path);
    int removeFolder(const std::string &path);
    int rename(const std::string &from, const std::string &to, bool mayReplace);

    std::int64_t read(Id id, char *data, std::int64_t length, std::int64_t offset) const;
    std::int64_t write(Id id, const char *data, std::int64_t length, std::int64_t offset);
    int truncate(Id id, std::int64_t size);
    int setMode(Id id, unsigned mode);
    int setModified(Id id, timespec time);
    int status(Id id, Status *status) const;
    std::vector<std::string> list(Id folder) const;
    void opened(Id id);
    void closed(Id id);
    /// fsync and fdatasync, of a file or a folder.
    int sync(Id id);

    /// ENOSPC beyond.
    void setCapacity(std::int64_t bytes);
    std::int64_t capacity() const;
    std::int64_t used() const;

    enum class SyncFault {
        Lose, ///< EIO, and what was to be kept is lost
        Keep, ///< EIO, and nothing is lost: the next sync keeps it
        Lie   ///< success, and nothing is kept
    };
    /// The n-th sync from now on, files and folders counted together (1: the next).
    void failSync(std::int64_t n, SyncFault fault);
    std::int64_t syncs() const; ///< so far

    /// How much more the device beneath takes. Writes succeed; what is beyond is lost when it is written back, and the
    /// sync that finds out fails once.
    void setDeviceLimit(std::int64_t bytes);
    /// The system writes back by itself, and it fails: all that is not synced is lost now, the next sync of each file
    /// concerned fails once.
    void failWriteback();

    enum class Unsynced {
        Drop, ///< nothing of it is left
        Keep, ///< all of it happens to have been written back
        Some  ///< anything between, in any order, from the seed
    };
    /// The power goes. Open files are gone, too.
    void cut(Unsynced names, Unsynced bytes);

private:
    static constexpr std::int64_t Page = 4096;
    static constexpr std::int64_t Endless = std::numeric_limits<std::int64_t>::max();

    struct Node
    {
        bool isFolder = false;
        unsigned mode = 0;
        timespec modified{};
        timespec changed{};
        int open = 0;
        bool writebackFailed = false;
        std::string live;
        std::string kept;
        std::set<std::int64_t> dirty; ///< pages of `live` that differ from `kept`
        std::map<std::string, Id> names;
        std::map<std::string, Id> keptNames;
    };
    /// A change of names, as one step: `id` leaves one place, or comes to one, or both.
    struct Change
    {
        Id id = 0;
        Id fromFolder = 0; ///< 0: comes from nowhere
        std::string fromName;
        Id toFolder = 0; ///< 0: goes nowhere
        std::string toName;
    };

    Id findLocked(const std::string &path) const;
    int placeOf(const std::string &path, Id *folder, std::string *name) const;
    Id addNode(bool isFolder, unsigned mode);
    void note(Change change);
    void keep(const Change &change);
    void keepChosen(std::vector<bool> chosen);
    unsigned linksTo(Id id) const;
    std::int64_t usedLocked() const;
    bool writeBack(Node &node);
    static void losePages(Node &node);
    static void keepPage(Node &node, std::int64_t page);
    static timespec now();
    bool flip() { return (m_random() & 1U) != 0; }

    mutable std::mutex m_mutex;
    std::map<Id, Node> m_nodes;
    std::vector<Change> m_changes; ///< of names, not kept yet
    Id m_lastId = Root;
    std::mt19937 m_random;
    std::int64_t m_capacity;
    std::int64_t m_deviceLimit;
    std::int64_t m_syncs = 0;
    std::map<std::int64_t, SyncFault> m_faults; ///< by number of the sync
};

} // namespace tidemark::test
