#include "restore/audit_log.h"

#include "base/file_steps.h"
#include "base/log.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark {

namespace {

using namespace file_steps;
using namespace std::chrono_literals;

constexpr auto lockWait = 2s;
constexpr qsizetype partSize = 64 * 1024;
constexpr qsizetype hashLength = 64; ///< of a SHA-256 in hex

const QByteArray linkBegin = QByteArrayLiteral("{\"previous\":\"");

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::AuditLog", text);
}

/// Who runs the program on this machine, by the system's own list: a variable of the environment proves nothing.
QString osUser()
{
    std::array<char, 4096> buffer{};
    passwd entry = {};
    passwd *found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return QString::fromLocal8Bit(found->pw_name);
    return QString::number(::getuid());
}

QByteArray hashOfNone()
{
    return QByteArray(hashLength, '0');
}

/// "previous" of a line, which stands at its beginning so that a line that was cut short still has it; empty without.
QByteArray linkOf(const QByteArray &line)
{
    const QByteArray hash = line.mid(linkBegin.size(), hashLength);
    const bool isHash = hash.size() == hashLength && std::ranges::all_of(hash, [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
                        });
    return isHash && line.startsWith(linkBegin) ? hash : QByteArray();
}

/// What the next line follows from.
struct End
{
    QByteArray lastLine = hashOfNone(); ///< its hash
    bool isInsideLine = false;
    bool isNew = true;
};

Step<QByteArray> readAt(const Descriptor &file, qint64 offset, qint64 length)
{
    QByteArray part(length, Qt::Uninitialized);
    const ssize_t count = ::pread(file.get(), part.data(), static_cast<size_t>(length), offset);
    if (count < 0)
        return tl::unexpected(errno);
    part.truncate(count);
    return part;
}

Step<End> endOf(const Descriptor &file)
{
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return tl::unexpected(errno);
    if (!S_ISREG(status.st_mode) || status.st_size == 0)
        return End{};
    const Step<QByteArray> last = readAt(file, status.st_size - 1, 1);
    if (!last)
        return tl::unexpected(last.error());
    End end{.isInsideLine = *last != "\n", .isNew = false};
    const qint64 lineEnd = end.isInsideLine ? status.st_size : status.st_size - 1;

    qint64 lineBegin = lineEnd;
    for (qsizetype newline = -1; lineBegin > 0 && newline < 0;) {
        const qint64 from = std::max<qint64>(0, lineBegin - partSize);
        const Step<QByteArray> part = readAt(file, from, lineBegin - from);
        if (!part)
            return tl::unexpected(part.error());
        newline = part->lastIndexOf('\n');
        lineBegin = from + newline + 1;
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (qint64 at = lineBegin; at < lineEnd;) {
        const Step<QByteArray> part = readAt(file, at, std::min<qint64>(partSize, lineEnd - at));
        if (!part || part->isEmpty())
            return tl::unexpected(part ? EIO : part.error());
        hash.addData(*part);
        at += part->size();
    }
    end.lastLine = hash.result().toHex();
    return end;
}

/// For its owner alone. What is no regular file is not this program's to change.
Step<void> makePrivate(const Descriptor &file)
{
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return tl::unexpected(errno);
    if (S_ISREG(status.st_mode) && ::fchmod(file.get(), S_IRUSR | S_IWUSR) != 0)
        return tl::unexpected(errno);
    return {};
}

Step<void> appendEntry(const QString &path, const QJsonObject &entry)
{
    const Step<Descriptor> file = openLocked(path, O_RDWR | O_APPEND, lockWait);
    if (!file)
        return tl::unexpected(file.error());
    if (const Step<void> isPrivate = makePrivate(*file); !isPrivate)
        return isPrivate;
    const Step<End> end = endOf(*file);
    if (!end)
        return tl::unexpected(end.error());
    const QByteArray line = (end->isInsideLine ? QByteArray("\n") : QByteArray()) + linkBegin + end->lastLine + "\"," +
                            QJsonDocument(entry).toJson(QJsonDocument::Compact).mid(1) + '\n';
    if (const Step<void> written = writeAll(*file, line); !written)
        return written;
    if (const Step<void> synced = sync(*file); !synced || !end->isNew)
        return synced;
    // A new file survives a power cut only when its folder is synced, too.
    return syncFolder(QFileInfo(path).absolutePath());
}

/// Follows the chain through the lines as they are read.
class Chain
{
public:
    explicit Chain(const std::function<void(const AuditLog::Line &)> &take)
        : m_take(take)
    {
    }

    void add(const char *data, qsizetype size)
    {
        m_isEmpty = false;
        m_hash.addData(QByteArrayView(data, size));
        m_line.append(data, std::min(size, AuditLog::LongestLine - m_line.size()));
    }

    void endLine()
    {
        ++m_verdict.lines;
        const QByteArray link = linkOf(m_line);
        const bool isGood = follows(link);
        if (!m_verdict.firstBroken && !isGood)
            m_verdict.firstBroken = m_verdict.lines;
        if (m_take)
            m_take({m_verdict.lines, m_line, isGood});
        m_hasBegun = m_hasBegun || !link.isEmpty();
        m_previous = m_hash.result().toHex();
        m_hash.reset();
        m_line.clear();
        m_isEmpty = true;
    }

    AuditLog::Verdict end()
    {
        if (!m_isEmpty)
            endLine();
        return m_verdict;
    }

private:
    bool follows(const QByteArray &link) const
    {
        if (!link.isEmpty())
            return link == m_previous;
        // Without a link: written before there were any, or so damaged that none is left. That it stood there when the
        // next line was written is what that line's link says.
        return !m_hasBegun || !QJsonDocument::fromJson(m_line).isObject();
    }

    const std::function<void(const AuditLog::Line &)> &m_take;
    AuditLog::Verdict m_verdict;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    QByteArray m_line; ///< its beginning
    QByteArray m_previous = hashOfNone();
    bool m_hasBegun = false;
    bool m_isEmpty = true;
};

AuditLog::Verdict unreadable(const QString &path, int errnoValue)
{
    return {.lines = 0,
            .firstBroken = {},
            .trouble = Error{.kind = ErrorKind::Disk,
                             .sentence = tr("The audit log %1 cannot be read: %2.").arg(path, reason(errnoValue))}};
}

} // namespace

AuditLog::AuditLog(QString path, const Clock &clock)
    : m_path(std::move(path))
    , m_clock(clock)
{
}

bool AuditLog::append(const QString &event, const QJsonObject &details, const std::optional<QDateTime> &serverTime)
{
    static const QString user = osUser();
    QJsonObject entry = details;
    entry.insert(QLatin1String("time"), m_clock.now().toUTC().toString(Qt::ISODateWithMs));
    if (serverTime)
        entry.insert(QLatin1String("serverTime"), serverTime->toUTC().toString(Qt::ISODateWithMs));
    entry.insert(QLatin1String("osUser"), user);
    entry.insert(QLatin1String("host"), QSysInfo::machineHostName());
    entry.insert(QLatin1String("event"), event);
    const Step<void> appended = appendEntry(m_path, entry);
    if (!appended)
        qCWarning(lcRestore, "The audit log %s could not be written: %s", qUtf8Printable(m_path),
                  qUtf8Printable(reason(appended.error())));
    return appended.has_value();
}

AuditLog::Verdict AuditLog::read(const QString &path, const std::function<void(const Line &)> &take)
{
    const Step<Descriptor> file = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    if (!file)
        return file.error() == ENOENT ? Verdict{} : unreadable(path, file.error());
    Chain chain(take);
    for (qint64 offset = 0;;) {
        const Step<QByteArray> part = readAt(*file, offset, partSize);
        if (!part)
            return unreadable(path, part.error());
        if (part->isEmpty())
            break;
        offset += part->size();
        for (qsizetype from = 0; from < part->size();) {
            const qsizetype newline = part->indexOf('\n', from);
            const qsizetype to = newline < 0 ? part->size() : newline;
            chain.add(part->constData() + from, to - from);
            if (newline >= 0)
                chain.endLine();
            from = to + 1;
        }
    }
    Verdict verdict = chain.end();
    if (verdict.firstBroken)
        verdict.trouble = Error{
            .kind = ErrorKind::Hash,
            .sentence = tr("The audit log %1 was changed by something else than this program: its line %2 does not "
                           "follow from the line before it.")
                            .arg(path)
                            .arg(*verdict.firstBroken),
            .hint = tr("One of the two lines was altered, or lines between them were taken out or put in. Keep a copy "
                       "of the file; once it has been moved away, a new one is begun.")};
    return verdict;
}

} // namespace tidemark
