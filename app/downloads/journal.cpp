#include "downloads/journal.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>

namespace tidemark {

namespace {

constexpr int FormatVersion = 1;
constexpr qint64 LargestJournal = 64 * 1024;

QString kind()
{
    return QStringLiteral("tidemark-part");
}

/// JSON numbers are doubles; sizes are written as text so that no byte is rounded away.
QString number(qint64 value)
{
    return QString::number(value);
}

qint64 toNumber(const QJsonValue &value, qint64 fallback)
{
    bool ok = false;
    const qint64 result = value.toString().toLongLong(&ok);
    return ok ? result : fallback;
}

} // namespace

qint64 Journal::trustedBytes(qint64 size, const QString &currentBootId) const
{
    if (!bootId.isEmpty() && bootId == currentBootId)
        return size;
    return std::min(size, syncedBytes);
}

QByteArray toJson(const Journal &journal)
{
    const QJsonObject object{
        {QStringLiteral("kind"), kind()},
        {QStringLiteral("version"), FormatVersion},
        {QStringLiteral("jobId"), journal.job.value},
        {QStringLiteral("fileName"), journal.fileName},
        {QStringLiteral("offset"), number(journal.syncedBytes)},
        {QStringLiteral("bootId"), journal.bootId},
        {QStringLiteral("totalBytes"), number(journal.totalBytes)},
        {QStringLiteral("etag"), QString::fromLatin1(journal.etag)},
        {QStringLiteral("resumable"), journal.resumable},
        {QStringLiteral("requests"), journal.requests},
        {QStringLiteral("mostBytes"), number(journal.mostBytes)},
        {QStringLiteral("complete"), journal.complete},
        {QStringLiteral("endCertain"), journal.endCertain},
        {QStringLiteral("sha1"), journal.sha1},
        {QStringLiteral("expectedHash"), journal.publishedHash},
    };
    return QJsonDocument(object).toJson();
}

std::optional<Journal> journalFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(QLatin1String("kind")).toString() != kind() ||
        object.value(QLatin1String("version")).toInt() != FormatVersion)
        return std::nullopt;
    Journal journal;
    journal.job = JobId(object.value(QLatin1String("jobId")).toString());
    journal.fileName = object.value(QLatin1String("fileName")).toString();
    journal.syncedBytes = std::max<qint64>(0, toNumber(object.value(QLatin1String("offset")), 0));
    journal.bootId = object.value(QLatin1String("bootId")).toString();
    journal.totalBytes = toNumber(object.value(QLatin1String("totalBytes")), -1);
    journal.etag = object.value(QLatin1String("etag")).toString().toLatin1();
    journal.resumable = object.value(QLatin1String("resumable")).toBool();
    journal.requests = object.value(QLatin1String("requests")).toInt();
    journal.mostBytes = toNumber(object.value(QLatin1String("mostBytes")), 0);
    journal.complete = object.value(QLatin1String("complete")).toBool();
    journal.endCertain = object.value(QLatin1String("endCertain")).toBool();
    journal.sha1 = object.value(QLatin1String("sha1")).toString();
    journal.publishedHash = object.value(QLatin1String("expectedHash")).toString();
    return journal;
}

std::optional<Journal> readJournal(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return journalFromJson(file.read(LargestJournal));
}

disk::DiskResult<void> writeJournal(const QString &path, const Journal &journal)
{
    QSaveFile file(path);
    const QByteArray json = toJson(journal);
    errno = disk::stepError("journal");
    const bool done = errno == 0 && file.open(QIODevice::WriteOnly) &&
                      file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(json) == json.size() &&
                      file.commit();
    if (!done) {
        // QSaveFile has words but no number; errno is that of the call that failed.
        const int reason = errno != 0 ? errno : EIO;
        return tl::unexpected<disk::Trouble>(
            disk::trouble(reason, QCoreApplication::translate("tidemark::disk", "%1 could not be written").arg(path)));
    }
    return {};
}

void removeJournal(const QString &path)
{
    disk::remove(path);
    // QSaveFile's temporary files: the name, a dot and six letters. Compared rather than globbed: the name may hold
    // characters that a pattern would read as its own.
    const QFileInfo info(path);
    const QString start = info.fileName() + QLatin1Char('.');
    const QStringList files = info.dir().entryList(QDir::Files | QDir::Hidden | QDir::NoSymLinks);
    for (const QString &name : files) {
        const QString rest = name.startsWith(start) ? name.mid(start.size()) : QString();
        if (rest.size() == 6 && std::all_of(rest.cbegin(), rest.cend(), [](QChar c) { return c.isLetter(); }))
            disk::remove(info.dir().filePath(name));
    }
}

} // namespace tidemark
