/// losing-disk FOLDER: mounts a DiskModel on the folder (FUSE, as root), and does as its standard input says, one
/// command a line, each answered by one line: "ok", a number, or "error: why". It unmounts and ends when its input
/// does.
///
///     cut [drop|keep|some] [drop|keep|some]   the power goes, names and bytes that are not synced are treated so; what
///                                             is left is mounted anew on the same folder
///     fail-sync N lose|keep|lie               DiskModel::failSync
///     fail-writeback
///     device-limit BYTES
///     capacity BYTES
///     syncs                                   how many there were
#include "disks/disk_model.h"

#define FUSE_USE_VERSION 35
#include <fuse.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <optional>
#include <sstream>
#include <thread>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using tidemark::test::DiskModel;

DiskModel &model()
{
    static DiskModel disk;
    return disk;
}

DiskModel::Id idOf(const char *path, const fuse_file_info *file)
{
    return file ? file->fh : model().find(path);
}

int getStatus(const char *path, struct stat *result, fuse_file_info *file)
{
    const DiskModel::Id id = idOf(path, file);
    DiskModel::Status status;
    if (id == 0 || model().status(id, &status) != 0)
        return -ENOENT;
    *result = {};
    result->st_ino = id;
    result->st_mode = (status.isFolder ? S_IFDIR : S_IFREG) | status.mode;
    result->st_nlink = status.links;
    result->st_uid = ::geteuid();
    result->st_gid = ::getegid();
    result->st_size = status.size;
    result->st_blocks = (status.size + 511) / 512;
    result->st_mtim = result->st_atim = status.modified;
    result->st_ctim = status.changed;
    return 0;
}

int openFile(const char *path, fuse_file_info *file)
{
    file->fh = model().find(path);
    if (file->fh == 0)
        return -ENOENT;
    model().opened(file->fh);
    return 0;
}

int createFile(const char *path, mode_t mode, fuse_file_info *file)
{
    const int error = model().create(path, mode, &file->fh);
    if (error == 0)
        model().opened(file->fh);
    return error;
}

int closeFile(const char *, fuse_file_info *file)
{
    model().closed(file->fh);
    return 0;
}

int listFolder(const char *, void *buffer, fuse_fill_dir_t fill, off_t, fuse_file_info *file, fuse_readdir_flags)
{
    for (const std::string &name : model().list(file->fh))
        fill(buffer, name.c_str(), nullptr, 0, {});
    return 0;
}

int renamePath(const char *from, const char *to, unsigned flags)
{
    constexpr unsigned noReplace = 1; // RENAME_NOREPLACE
    return (flags & ~noReplace) != 0 ? -EINVAL : model().rename(from, to, (flags & noReplace) == 0);
}

int statisticsOf(const char *, struct statvfs *result)
{
    constexpr unsigned long unit = 4096;
    *result = {};
    result->f_bsize = result->f_frsize = unit;
    result->f_blocks = static_cast<fsblkcnt_t>(model().capacity()) / unit;
    result->f_bfree = result->f_bavail =
        static_cast<fsblkcnt_t>(std::max<std::int64_t>(model().capacity() - model().used(), 0)) / unit;
    result->f_files = result->f_ffree = result->f_favail = 1000000;
    result->f_namemax = 255;
    return 0;
}

void *begin(fuse_conn_info *connection, fuse_config *config)
{
    config->use_ino = 1;
    config->hard_remove = 1; // no hidden files in place of removed ones that are open
    config->nullpath_ok = 1;
    // As of a real disk, what was read or written stays in the kernel's cache until somebody has it dropped: also what
    // a failed sync has lost.
    config->kernel_cache = 1;
    connection->want &= ~static_cast<unsigned>(FUSE_CAP_AUTO_INVAL_DATA); // a changed time drops nothing
    config->entry_timeout = config->negative_timeout = config->attr_timeout = 0;
    return nullptr;
}

fuse_operations operations()
{
    fuse_operations calls{};
    calls.init = begin;
    calls.getattr = getStatus;
    calls.open = openFile;
    calls.create = createFile;
    calls.release = closeFile;
    calls.opendir = openFile;
    calls.releasedir = closeFile;
    calls.readdir = listFolder;
    calls.read = [](const char *, char *data, size_t length, off_t offset, fuse_file_info *file) {
        return static_cast<int>(model().read(file->fh, data, static_cast<std::int64_t>(length), offset));
    };
    calls.write = [](const char *, const char *data, size_t length, off_t offset, fuse_file_info *file) {
        return static_cast<int>(model().write(file->fh, data, static_cast<std::int64_t>(length), offset));
    };
    calls.truncate = [](const char *path, off_t size, fuse_file_info *file) {
        const DiskModel::Id id = idOf(path, file);
        return id == 0 ? -ENOENT : model().truncate(id, size);
    };
    calls.fsync = [](const char *, int, fuse_file_info *file) { return model().sync(file->fh); };
    calls.fsyncdir = [](const char *, int, fuse_file_info *file) { return model().sync(file->fh); };
    calls.mkdir = [](const char *path, mode_t mode) { return model().makeFolder(path, mode); };
    calls.unlink = [](const char *path) { return model().unlink(path); };
    calls.rmdir = [](const char *path) { return model().removeFolder(path); };
    calls.link = [](const char *from, const char *to) { return model().link(from, to); };
    calls.rename = renamePath;
    calls.chmod = [](const char *path, mode_t mode, fuse_file_info *file) {
        const DiskModel::Id id = idOf(path, file);
        return id == 0 ? -ENOENT : model().setMode(id, mode);
    };
    calls.utimens = [](const char *path, const timespec times[2], fuse_file_info *file) {
        const DiskModel::Id id = idOf(path, file);
        return id == 0 ? -ENOENT : model().setModified(id, times[1]);
    };
    calls.statfs = statisticsOf;
    return calls;
}

/// One mount, from its making to its end.
class Mount
{
public:
    explicit Mount(std::string folder)
        : m_folder(std::move(folder))
    {
        static const fuse_operations calls = operations();
        char name[] = "losing-disk";
        char *arguments[] = {name, nullptr};
        fuse_args args = FUSE_ARGS_INIT(1, arguments);
        m_fuse = fuse_new(&args, &calls, sizeof(calls), nullptr);
        m_isMounted = m_fuse && fuse_mount(m_fuse, m_folder.c_str()) == 0;
        if (m_isMounted)
            m_loop = std::thread([this] { fuse_loop(m_fuse); });
    }
    Mount(const Mount &) = delete;
    Mount &operator=(const Mount &) = delete;
    ~Mount()
    {
        if (m_isMounted) {
            // Whoever still has files open here gets errors from now on, as from a disk that is gone.
            ::umount2(m_folder.c_str(), MNT_FORCE);
            ::umount2(m_folder.c_str(), MNT_DETACH);
            m_loop.join();
            fuse_unmount(m_fuse);
        }
        if (m_fuse)
            fuse_destroy(m_fuse);
    }

    bool isMounted() const { return m_isMounted; }

private:
    std::string m_folder;
    fuse *m_fuse = nullptr;
    bool m_isMounted = false;
    std::thread m_loop;
};

DiskModel::Unsynced unsynced(const std::string &word)
{
    if (word == "keep")
        return DiskModel::Unsynced::Keep;
    return word == "some" ? DiskModel::Unsynced::Some : DiskModel::Unsynced::Drop;
}

std::string answer(const std::string &line, std::optional<Mount> &mount, const std::string &folder)
{
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "cut") {
        std::string names = "drop";
        std::string bytes = "drop";
        words >> names >> bytes;
        mount.reset(); // first: nothing may be written to what is left
        model().cut(unsynced(names), unsynced(bytes));
        mount.emplace(folder);
        return mount->isMounted() ? "ok" : "error: not mounted again";
    }
    if (command == "syncs")
        return std::to_string(model().syncs());
    std::int64_t number = 0;
    if (command == "fail-writeback")
        model().failWriteback();
    else if (!(words >> number))
        return "error: " + line;
    else if (command == "device-limit")
        model().setDeviceLimit(number);
    else if (command == "capacity")
        model().setCapacity(number);
    else if (std::string how; command == "fail-sync" && words >> how)
        model().failSync(number, how == "lie"    ? DiskModel::SyncFault::Lie
                                 : how == "keep" ? DiskModel::SyncFault::Keep
                                                 : DiskModel::SyncFault::Lose);
    else
        return "error: " + line;
    return "ok";
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::cerr << "usage: losing-disk FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    std::optional<Mount> mount(std::in_place, folder);
    if (!mount->isMounted()) {
        std::cout << "error: not mounted" << std::endl;
        return 1;
    }
    std::cout << "ok" << std::endl;
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(line, mount, folder) << std::endl;
    return 0;
}
