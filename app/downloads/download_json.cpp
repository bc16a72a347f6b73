#include "downloads/download_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tidemark {

namespace {

template<typename Enum>
using Names = std::pair<Enum, const char *>;

constexpr std::array<Names<DownloadState>, 14> StateNames{{
    {DownloadState::Queued, "queued"},
    {DownloadState::Checking, "checking"},
    {DownloadState::Connecting, "connecting"},
    {DownloadState::Receiving, "receiving"},
    {DownloadState::WaitingToRetry, "waiting"},
    {DownloadState::Paused, "paused"},
    {DownloadState::Verifying, "verifying"},
    {DownloadState::Verified, "verified"},
    {DownloadState::IntactNotVerified, "intact"},
    {DownloadState::Corrupt, "corrupt"},
    {DownloadState::LinkExpired, "link-expired"},
    {DownloadState::UsedUp, "used-up"},
    {DownloadState::Failed, "failed"},
    {DownloadState::Cancelled, "cancelled"},
}};

constexpr std::array<Names<PauseReason>, 10> PauseNames{{
    {PauseReason::None, ""},
    {PauseReason::ByPerson, "person"},
    {PauseReason::DiskFull, "disk-full"},
    {PauseReason::FileTooLarge, "file-too-large"},
    {PauseReason::Question, "question"},
    {PauseReason::FolderMissing, "folder-missing"},
    {PauseReason::FolderReadOnly, "folder-read-only"},
    {PauseReason::NameTaken, "name-taken"},
    {PauseReason::InUseElsewhere, "in-use"},
    {PauseReason::ProgramStopped, "program-stopped"},
}};

constexpr std::array<Names<Question>, 3> QuestionNames{{
    {Question::None, ""},
    {Question::RestartUsesADownload, "restart"},
    {Question::LargerThanExpected, "size"},
}};

template<typename Table, typename Enum>
QString nameOf(const Table &table, Enum value)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [value](const auto &row) { return row.first == value; });
    return found == table.end() ? QString() : QString::fromLatin1(found->second);
}

template<typename Enum, size_t Count>
Enum valueOf(const std::array<Names<Enum>, Count> &table, const QString &name, Enum fallback)
{
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&name](const auto &row) { return name == QLatin1String(row.second); });
    return found == table.end() ? fallback : found->first;
}

/// Sizes as text: a JSON number is a double.
QString number(qint64 value)
{
    return QString::number(value);
}

QString time(const QDateTime &value)
{
    return value.isValid() ? value.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime toTime(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QJsonObject sourceToJson(const DownloadSource &source)
{
    return {
        {QStringLiteral("connection"), source.connection.value},
        {QStringLiteral("project"), source.project.value},
        {QStringLiteral("cluster"), source.cluster.value},
        {QStringLiteral("job"), source.job.value},
        {QStringLiteral("batch"), source.batch.value},
        {QStringLiteral("batchTitle"), source.batchTitle},
        {QStringLiteral("batchArchives"), source.batchArchives},
        {QStringLiteral("fileName"), source.fileName},
        {QStringLiteral("orderedSet"), source.ordered.replicaSetName},
        {QStringLiteral("orderedVersion"), source.ordered.mongodbVersion},
        {QStringLiteral("orderedMoment"), number(source.ordered.momentSeconds)},
        {QStringLiteral("orderedConfigServer"), source.ordered.isConfigServer},
        {QStringLiteral("snapshot"), source.snapshot.value},
        {QStringLiteral("expectedFileSizeBytes"), number(source.expectedFileSizeBytes)},
        {QStringLiteral("maxDownloads"), number(source.maxDownloads)},
    };
}

DownloadSource sourceFromJson(const QJsonObject &object)
{
    const auto text = [&object](const char *key) { return object.value(QLatin1String(key)).toString(); };
    DownloadSource source;
    source.connection = ConnectionId(text("connection"));
    source.project = ProjectId(text("project"));
    source.cluster = ClusterId(text("cluster"));
    source.job = JobId(text("job"));
    source.batch = BatchId(text("batch"));
    source.batchTitle = text("batchTitle");
    source.batchArchives = std::max(0, object.value(QLatin1String("batchArchives")).toInt());
    source.fileName = text("fileName");
    source.ordered = {text("orderedSet"), text("orderedVersion"), text("orderedMoment").toLongLong(),
                      object.value(QLatin1String("orderedConfigServer")).toBool()};
    source.snapshot = SnapshotId(text("snapshot"));
    source.expectedFileSizeBytes = text("expectedFileSizeBytes").toLongLong();
    source.maxDownloads = text("maxDownloads").toLongLong();
    return source;
}

QJsonObject errorToJson(const Error &error)
{
    return {
        {QStringLiteral("kind"), static_cast<int>(error.kind)},
        {QStringLiteral("httpStatus"), error.httpStatus},
        {QStringLiteral("apiCode"), error.apiCode},
        {QStringLiteral("sentence"), error.sentence},
        {QStringLiteral("hint"), error.hint},
        {QStringLiteral("retryable"), error.retryable},
    };
}

Error errorFromJson(const QJsonObject &object)
{
    Error error;
    error.kind = static_cast<ErrorKind>(
        std::clamp(object.value(QLatin1String("kind")).toInt(), 0, static_cast<int>(ErrorKind::Internal)));
    error.httpStatus = object.value(QLatin1String("httpStatus")).toInt();
    error.apiCode = object.value(QLatin1String("apiCode")).toString();
    error.sentence = object.value(QLatin1String("sentence")).toString();
    error.hint = object.value(QLatin1String("hint")).toString();
    error.retryable = object.value(QLatin1String("retryable")).toBool();
    return error;
}

} // namespace

QJsonObject toJson(const Download &download)
{
    QJsonObject object{
        {QStringLiteral("id"), download.id.value},
        {QStringLiteral("source"), sourceToJson(download.source)},
        {QStringLiteral("folder"), download.folder},
        {QStringLiteral("localName"), download.localName},
        {QStringLiteral("state"), nameOf(StateNames, download.state)},
        {QStringLiteral("pauseReason"), nameOf(PauseNames, download.pauseReason)},
        {QStringLiteral("question"), nameOf(QuestionNames, download.question)},
        {QStringLiteral("bytesReceived"), number(download.bytesReceived)},
        {QStringLiteral("bytesTotal"), number(download.bytesTotal)},
        {QStringLiteral("sha1"), download.sha1},
        {QStringLiteral("publishedHash"), download.publishedHash},
        {QStringLiteral("filePath"), download.filePath},
        {QStringLiteral("fileDevice"), QString::number(download.stamp.device)},
        {QStringLiteral("fileInode"), QString::number(download.stamp.inode)},
        {QStringLiteral("fileSize"), number(download.stamp.size)},
        {QStringLiteral("fileChanged"), number(download.stamp.changed)},
        {QStringLiteral("fetchAgain"), download.fetchAgain},
        {QStringLiteral("requests"), download.requests},
        {QStringLiteral("orderChecked"), download.orderChecked},
        {QStringLiteral("findings"), QJsonArray::fromStringList(download.findings)},
        {QStringLiteral("added"), time(download.added)},
        {QStringLiteral("ended"), time(download.ended)},
    };
    if (download.error)
        object.insert(QStringLiteral("error"), errorToJson(*download.error));
    return object;
}

std::optional<Download> downloadFromJson(const QJsonObject &object)
{
    const auto text = [&object](const char *key) { return object.value(QLatin1String(key)).toString(); };
    Download download;
    download.id = DownloadId(text("id"));
    download.source = sourceFromJson(object.value(QLatin1String("source")).toObject());
    download.folder = text("folder");
    download.localName = text("localName");
    if (download.id.isEmpty() || download.source.job.isEmpty() || download.folder.isEmpty() ||
        download.localName.isEmpty())
        return std::nullopt;
    download.state = valueOf(StateNames, text("state"), DownloadState::Queued);
    download.pauseReason = valueOf(PauseNames, text("pauseReason"), PauseReason::None);
    download.question = valueOf(QuestionNames, text("question"), Question::None);
    download.bytesReceived = text("bytesReceived").toLongLong();
    bool hasTotal = false;
    download.bytesTotal = text("bytesTotal").toLongLong(&hasTotal);
    if (!hasTotal)
        download.bytesTotal = -1;
    download.sha1 = text("sha1");
    download.publishedHash = text("publishedHash");
    download.filePath = text("filePath");
    download.stamp.device = text("fileDevice").toULongLong();
    download.stamp.inode = text("fileInode").toULongLong();
    bool hasSize = false;
    const qint64 size = text("fileSize").toLongLong(&hasSize);
    download.stamp.size = hasSize ? size : -1;
    download.stamp.changed = text("fileChanged").toLongLong();
    download.fetchAgain = object.value(QLatin1String("fetchAgain")).toBool();
    download.requests = std::max(0, object.value(QLatin1String("requests")).toInt());
    download.orderChecked = object.value(QLatin1String("orderChecked")).toBool();
    for (const QJsonValue &finding : object.value(QLatin1String("findings")).toArray())
        download.findings << finding.toString();
    download.added = toTime(object.value(QLatin1String("added")));
    download.ended = toTime(object.value(QLatin1String("ended")));
    if (object.contains(QLatin1String("error")))
        download.error = errorFromJson(object.value(QLatin1String("error")).toObject());
    return download;
}

} // namespace tidemark
