#pragma once

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark::test {

/// One file by plain system calls, since what the rules of disks say is about these. Calls give 0 or an errno.
class PlainFile
{
public:
    PlainFile(const std::string &path, int flags)
        : m_file(::open(path.c_str(), flags | O_CLOEXEC, 0600))
    {
    }
    PlainFile(const PlainFile &) = delete;
    PlainFile &operator=(const PlainFile &) = delete;
    ~PlainFile() { close(); }

    bool isOpen() const { return m_file >= 0; }
    int write(const std::string &data, off_t offset = 0) const
    {
        const ssize_t count = ::pwrite(m_file, data.data(), data.size(), offset);
        if (count < 0)
            return errno;
        return static_cast<std::size_t>(count) == data.size() ? 0 : ENOSPC;
    }
    int sync() const { return ::fsync(m_file) == 0 ? 0 : errno; }
    void close()
    {
        if (m_file >= 0)
            ::close(m_file);
        m_file = -1;
    }
    /// The kernel's clean pages of this file are dropped: what is read next comes from the disk.
    void dropCache() const { ::posix_fadvise(m_file, 0, 0, POSIX_FADV_DONTNEED); }
    /// At most 1 MiB.
    std::string read(off_t offset = 0) const
    {
        std::string data(1 << 20, '\0');
        const ssize_t count = ::pread(m_file, data.data(), data.size(), offset);
        data.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return data;
    }

private:
    int m_file;
};

/// "missing", or what is in it.
inline std::string contentsOf(const std::string &path)
{
    const PlainFile file(path, O_RDONLY);
    return file.isOpen() ? file.read() : "missing";
}

inline int syncFolder(const std::string &path)
{
    return PlainFile(path, O_RDONLY | O_DIRECTORY).sync();
}

/// Makes the file, its bytes synced; its name is not.
inline int writeSynced(const std::string &path, const std::string &data)
{
    const PlainFile file(path, O_RDWR | O_CREAT);
    const int error = file.write(data);
    return error != 0 ? error : file.sync();
}

} // namespace tidemark::test
