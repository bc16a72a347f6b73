#include "base/kept_file.h"

#include "base/file_steps.h"
#include "base/private_file.h"
#include "base/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace tidemark {

namespace {

using namespace file_steps;
using namespace std::chrono_literals;

constexpr auto lockWait = 2s;
constexpr int mostNames = 1000; ///< that a file put aside may meet

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::KeptFile", text);
}

QString versionKey()
{
    return QStringLiteral("version");
}

QString unreadableMark()
{
    return QStringLiteral(".unreadable-");
}

QString versionMark()
{
    return QStringLiteral(".version-");
}

QString lockOf(const QString &place)
{
    return place + QStringLiteral(".lock");
}

/// The one name beside the file that a writer uses, under the lock: what a killed one left is found there.
QString besideOf(const QString &place)
{
    return place + QStringLiteral(".new");
}

Step<void> writeNew(const QString &path, const QByteArray &bytes)
{
    const Step<Descriptor> file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (!file)
        return tl::unexpected(file.error());
    if (::fchmod(file->get(), S_IRUSR | S_IWUSR) != 0)
        return tl::unexpected(errno);
    return writeAll(*file, bytes).and_then([&file] { return sync(*file); });
}

/// `beside` takes the place of `place`. The two change places, so that the earlier content can be brought back when the
/// folder cannot be synced; a file system that cannot do that keeps the new content then.
Step<void> putInPlace(const QString &beside, const QString &place)
{
    const QString folder = QFileInfo(place).absolutePath();
    const Step<void> exchanged = exchange(beside, place);
    const bool isFirst = !exchanged && exchanged.error() == ENOENT;
    const bool cannotExchange = !exchanged && (exchanged.error() == EINVAL || exchanged.error() == ENOSYS);
    if (!exchanged && !isFirst && !cannotExchange)
        return exchanged;
    if (!exchanged) {
        if (const Step<void> renamed = file_steps::rename(beside, place); !renamed)
            return renamed;
    }
    const Step<void> synced = syncFolder(folder);
    if (!synced && exchanged)
        (void)exchange(beside, place);
    else if (!synced && isFirst)
        file_steps::remove(place);
    return synced;
}

} // namespace

struct KeptFile::Found
{
    enum class Is { Missing, Good, Damaged, Newer, Unreadable };

    Is is = Is::Missing;
    QJsonObject root{};
    int version = 0;
    QDateTime changed{}; ///< UTC
    int error = 0;       ///< errno, where it is unreadable
};

KeptFile::KeptFile(QString path, int version, Shape shape)
    : m_path(std::move(path))
    , m_version(version)
    , m_shape(std::move(shape))
{
}

/// Where the file itself is: a person may keep it elsewhere with a link in its place.
QString KeptFile::place() const
{
    const QFileInfo info(m_path);
    if (!info.isSymLink())
        return info.absoluteFilePath();
    const QString target = info.canonicalFilePath();
    return target.isEmpty() ? info.symLinkTarget() : target;
}

KeptFile::Found KeptFile::look() const
{
    using Is = Found::Is;
    const Step<Descriptor> file = open(place(), O_RDONLY | O_NONBLOCK);
    if (!file)
        return file.error() == ENOENT ? Found{} : Found{.is = Is::Unreadable, .error = file.error()};
    struct stat status = {};
    if (::fstat(file->get(), &status) != 0)
        return {.is = Is::Unreadable, .error = errno};
    if (!S_ISREG(status.st_mode))
        return {.is = Is::Unreadable, .error = S_ISDIR(status.st_mode) ? EISDIR : EINVAL};
    const Step<QByteArray> bytes = readAll(*file);
    if (!bytes)
        return {.is = Is::Unreadable, .error = bytes.error()};

    Found found{.is = Is::Damaged, .changed = QDateTime::fromSecsSinceEpoch(status.st_mtime, Qt::UTC)};
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    if (!document.isObject())
        return found;
    found.root = document.object();
    const QJsonValue version = found.root.value(versionKey());
    if (!version.isUndefined() && version.toInt(-1) < 0)
        return found;
    found.version = version.toInt(0);
    if (found.version > m_version)
        found.is = Is::Newer;
    else if (!m_shape || m_shape(found.root))
        found.is = Is::Good;
    return found;
}

Error KeptFile::unchanged(int errnoValue) const
{
    Error error{.kind = ErrorKind::Disk,
                .sentence = tr("%1 could not be changed: %2.").arg(m_path, reason(errnoValue)),
                .hint = tr("What it held before is unchanged."),
                .retryable = true};
    if (errnoValue == ETIMEDOUT)
        error.hint = tr("What it held before is unchanged. See whether another copy of the program hangs, end it, and "
                        "try again.");
    return error;
}

/// What stands there and cannot be used.
Error KeptFile::troubleWith(const Found &found) const
{
    const QString stays = tr("It stays as it is, and nothing is saved over it.");
    switch (found.is) {
    case Found::Is::Newer:
        return {.kind = ErrorKind::Parse,
                .sentence = tr("%1 was written by a newer version of the program (format %2; this one reads up to "
                               "format %3).")
                                .arg(m_path)
                                .arg(found.version)
                                .arg(m_version),
                .hint = stays};
    case Found::Is::Damaged:
        return {
            .kind = ErrorKind::Parse, .sentence = tr("%1 is damaged and cannot be read.").arg(m_path), .hint = stays};
    default:
        return {.kind = ErrorKind::Disk,
                .sentence = tr("%1 cannot be read: %2.").arg(m_path, reason(found.error)),
                .hint = stays,
                .retryable = true};
    }
}

QStringList KeptFile::filesAside() const
{
    const QFileInfo file(place());
    QStringList files;
    for (const QString &name : file.dir().entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name)) {
        if (name.startsWith(file.fileName() + unreadableMark()) || name.startsWith(file.fileName() + versionMark()))
            files.append(file.dir().filePath(name));
    }
    return files;
}

/// Under the lock only: a file that another process has written anew meanwhile must not go.
KeptFile::Content KeptFile::putAside(const Found &found) const
{
    const QString from = place();
    const QString wanted = from + (found.is == Found::Is::Newer ? versionMark() + QString::number(found.version)
                                                                : unreadableMark() + fileStampText(found.changed));
    QString name = wanted;
    Step<void> renamed = renameWithoutReplacing(from, name);
    for (int number = 2; !renamed && renamed.error() == EEXIST && number <= mostNames; ++number) {
        name = QStringLiteral("%1-%2").arg(wanted).arg(number);
        renamed = renameWithoutReplacing(from, name);
    }
    Error error = troubleWith(found);
    if (!renamed) {
        error.hint = tr("It could not be kept under another name (%1), so nothing is saved over it.")
                         .arg(reason(renamed.error()));
        return {{}, error};
    }
    (void)syncFolder(QFileInfo(from).absolutePath()); // where that fails it may come back, and is put aside again
    error.hint = tr("It was kept as %1, and a new file is begun.").arg(name);
    m_setAside = error;
    return {};
}

/// Under the lock where the file is damaged or newer.
KeptFile::Content KeptFile::contentOf(const Found &found) const
{
    switch (found.is) {
    case Found::Is::Missing:
        return {};
    case Found::Is::Good:
        return {found.root, {}};
    case Found::Is::Damaged:
    case Found::Is::Newer:
        return putAside(found);
    case Found::Is::Unreadable:
        break;
    }
    return {{}, troubleWith(found)};
}

KeptFile::Content KeptFile::read() const
{
    const Found found = look();
    if (found.is != Found::Is::Damaged && found.is != Found::Is::Newer)
        return contentOf(found);
    const Step<Descriptor> locked = openLocked(lockOf(place()), O_RDWR, lockWait);
    return locked ? contentOf(look()) : Content{{}, troubleWith(found)};
}

Result<bool> KeptFile::update(const std::function<bool(QJsonObject &root)> &change)
{
    const QString target = place();
    makePrivateFolder(QFileInfo(target).absolutePath()); // where that fails, the lock cannot be opened
    const Step<Descriptor> locked = openLocked(lockOf(target), O_RDWR, lockWait);
    if (!locked)
        return failure(unchanged(locked.error()));
    const QString beside = besideOf(target);
    file_steps::remove(beside);
    Content content = contentOf(look());
    if (content.trouble) {
        content.trouble->kind = ErrorKind::Disk;
        return failure(*content.trouble);
    }
    if (!change(content.root))
        return false;
    content.root.insert(versionKey(), m_version);
    const Step<void> written =
        writeNew(beside, QJsonDocument(content.root).toJson()).and_then([&] { return putInPlace(beside, target); });
    file_steps::remove(beside); // now or since the exchange: what is not the file's content
    if (!written)
        return failure(unchanged(written.error()));
    return true;
}

} // namespace tidemark
