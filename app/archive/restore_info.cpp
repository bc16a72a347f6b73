#include "archive/restore_info.h"

#include "archive/archive_stream.h"

#include <QDateTime>
#include <QHash>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <QCoreApplication>

#include <archive_entry.h>

namespace tidemark {

namespace {

constexpr qsizetype LargestText = 256 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::RestoreInfo", text);
}

/// The lines "KEY: VALUE" by key, its case and all but its letters dropped; of several the first.
QHash<QString, QString> valuesIn(const QString &text)
{
    QHash<QString, QString> values;
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        QString key;
        for (const QChar letter : line.left(colon).toLower()) {
            if (letter >= QLatin1Char('a') && letter <= QLatin1Char('z'))
                key += letter;
        }
        if (colon >= 0 && !values.contains(key))
            values.insert(key, line.mid(colon + 1).trimmed());
    }
    return values;
}

struct Stamp
{
    qint64 seconds = 0;
    quint32 increment = 0;
};

/// "(1609947369, 2)", with or without words around it.
Stamp stampIn(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"(\(\s*(\d{1,18})\s*,\s*(\d{1,10})\s*\))"));
    const auto match = pattern.match(text);
    return match.hasMatch() ? Stamp{match.captured(1).toLongLong(), match.captured(2).toUInt()} : Stamp{};
}

/// "Wed Jan 06 15:36:09 GMT 2021"; 0 for anything else.
qint64 secondsIn(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral(R"(\b([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d:\d\d:\d\d) +(?:GMT|UTC) +(\d{4})\b)"));
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return 0;
    QDateTime time = QLocale::c().toDateTime(
        QStringList{match.captured(1), match.captured(2), match.captured(3), match.captured(4)}.join(QLatin1Char(' ')),
        QStringLiteral("MMM d hh:mm:ss yyyy"));
    time.setTimeSpec(Qt::UTC);
    return time.isValid() ? time.toSecsSinceEpoch() : 0;
}

} // namespace

RestoreInfo parseRestoreInfo(const QString &text)
{
    const QHash<QString, QString> values = valuesIn(text);
    const auto value = [&values](std::initializer_list<const char *> keys) {
        for (const char *key : keys) {
            const auto found = values.constFind(QString::fromLatin1(key));
            if (found != values.cend())
                return *found;
        }
        return QString();
    };
    RestoreInfo info;
    info.text = text;
    info.groupName = value({"groupname", "group", "projectname", "project"});
    info.replicaSetName = value({"replicasetname", "replicaset", "rsid", "replicasetid"});
    info.clusterId = value({"clusterid"});
    const QString snapshot = value({"snapshottimestamp"});
    info.snapshotSeconds = stampIn(snapshot).seconds > 0 ? stampIn(snapshot).seconds : secondsIn(snapshot);
    const Stamp restore = stampIn(value({"restoretimestamp"}));
    info.restoreTimestampSeconds = restore.seconds;
    info.restoreTimestampIncrement = restore.increment;
    info.lastOplogApplied = value({"lastoplogapplied"});
    const Stamp applied = stampIn(info.lastOplogApplied);
    info.lastOplogSeconds = applied.seconds;
    info.lastOplogIncrement = applied.increment;
    info.mongodbVersion = value({"mongodbversion"});
    info.storageEngine = value({"storageengine", "storageenginename"});
    info.masterKeyUuid = value({"masterkeyuuid", "masterkeyid"});
    return info;
}

Result<RestoreInfo> readRestoreInfo(const QString &archivePath, const ArchiveProgress &progress)
{
    ArchiveStream stream(archivePath, progress);
    for (;;) {
        const Result<archive_entry *> entry = stream.nextEntry();
        if (!entry)
            return failure(entry.error());
        if (!*entry)
            break;
        if (entryPath(*entry).section(QLatin1Char('/'), -1) != QLatin1String("restoreInfo.txt"))
            continue;
        QByteArray text;
        while (text.size() < LargestText) {
            const Result<ArchiveStream::Piece> piece = stream.nextPiece();
            if (!piece)
                return failure(piece.error());
            if (piece->length == 0)
                break;
            text.append(piece->data, static_cast<qsizetype>(piece->length));
        }
        text.truncate(LargestText);
        return parseRestoreInfo(QString::fromUtf8(text));
    }
    Error error;
    error.kind = ErrorKind::Parse;
    error.sentence = tr("There is no restoreInfo.txt in this archive.");
    return failure(error);
}

} // namespace tidemark
