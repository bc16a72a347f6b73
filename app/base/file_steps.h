#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>

#include <tl/expected.hpp>

/// The system calls behind the small files that must never lose what they hold (KeptFile, AuditLog), each once and with
/// its errno as a value. All of them block.
namespace tidemark::file_steps {

/// A value, or the errno of the call that failed.
template<typename T>
using Step = tl::expected<T, int>;

/// Called before each system call that decides what a crash or a full disk leaves behind, with the call's name: "open",
/// "read", "lock", "write", "fsync", "rename", "fsync folder". Only tests set it: to end the process exactly there, or
/// to have the call fail with the errno returned; 0 lets it happen.
using Hook = int (*)(const char *call);
void setHook(Hook hook);

/// Owns a file descriptor.
class Descriptor
{
public:
    explicit Descriptor(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&) = delete;
    ~Descriptor();

    int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

/// `flags` as for open(2); a file that is made is its owner's alone (0600).
Step<Descriptor> open(const QString &path, int flags);
Step<QByteArray> readAll(const Descriptor &file);
Step<void> writeAll(const Descriptor &file, const QByteArray &bytes);
Step<void> sync(const Descriptor &file);
/// Makes the folder's names durable. File systems that cannot sync a folder do that by themselves.
Step<void> syncFolder(const QString &folder);

/// Waits at most `wait` for the exclusive lock over processes (and over two openings in one); ETIMEDOUT then.
Step<void> lockFile(const Descriptor &file, std::chrono::milliseconds wait);
/// Makes the file where it is missing and locks it. The lock ends with the descriptor, also when its process is killed.
Step<Descriptor> openLocked(const QString &path, int flags, std::chrono::milliseconds wait);

Step<void> rename(const QString &from, const QString &to);
/// EEXIST when `to` is there.
Step<void> renameWithoutReplacing(const QString &from, const QString &to);
/// Both names change places in one step; EINVAL or ENOSYS where the file system cannot.
Step<void> exchange(const QString &one, const QString &other);
void remove(const QString &path);

/// In words, without a full stop.
QString reason(int errnoValue);

} // namespace tidemark::file_steps
