#include "restore/audit_log.h"

#include "base/log.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark {

namespace {

/// A file descriptor that is closed with its scope.
class Descriptor
{
public:
    Descriptor(const QString &path, int flags)
        : m_descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR))
    {
    }
    ~Descriptor()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }

private:
    int m_descriptor;
};

bool writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t count =
            ::write(descriptor, bytes.constData() + written, static_cast<size_t>(bytes.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        written += count;
    }
    return true;
}

/// For its owner alone. What is no regular file is not this program's to change.
bool makePrivate(int descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return false;
    return !S_ISREG(status.st_mode) || ::fchmod(descriptor, S_IRUSR | S_IWUSR) == 0;
}

/// A line that was cut short, by a full disk or a crash, must not swallow the next one.
bool endsInsideLine(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() == 0 || !file.seek(file.size() - 1))
        return false;
    return file.read(1) != "\n";
}

} // namespace

AuditLog::AuditLog(QString path, const Clock &clock)
    : m_path(std::move(path))
    , m_clock(clock)
{
}

bool AuditLog::append(const QString &event, const QJsonObject &details)
{
    QJsonObject entry = details;
    entry.insert(QLatin1String("time"), m_clock.now().toUTC().toString(Qt::ISODateWithMs));
    entry.insert(QLatin1String("event"), event);
    QByteArray line = QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';

    const bool isNew = !QFileInfo::exists(m_path);
    if (!isNew && endsInsideLine(m_path))
        line.prepend('\n');
    const Descriptor file(m_path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW);
    const bool written =
        file.isOpen() && makePrivate(file.get()) && writeAll(file.get(), line) && ::fsync(file.get()) == 0;
    if (!written) {
        qCWarning(lcRestore, "The audit log %s could not be written: %s", qUtf8Printable(m_path), std::strerror(errno));
        return false;
    }
    if (!isNew)
        return true;
    // A new file survives a power cut only when its folder is synced, too.
    const Descriptor folder(QFileInfo(m_path).absolutePath(), O_RDONLY | O_DIRECTORY);
    return folder.isOpen() && ::fsync(folder.get()) == 0;
}

} // namespace tidemark
