#include "downloads/journal.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

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
        {QStringLiteral("downloadId"), journal.owner.value},
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
    journal.owner = DownloadId(object.value(QLatin1String("downloadId")).toString());
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
    return disk::replaceFile(path, toJson(journal), disk::Sync::Journal).and_then([&path] {
        return disk::syncFolder(QFileInfo(path).path(), disk::Sync::JournalName);
    });
}

void removeJournal(const QString &path)
{
    disk::remove(path);
    disk::removeUnfinished(path);
}

} // namespace tidemark
