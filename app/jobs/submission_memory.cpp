#include "jobs/submission_memory.h"

#include "base/log.h"
#include "base/private_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

constexpr int formatVersion = 1;
constexpr size_t mostRemembered = 2000; ///< the oldest are forgotten first

constexpr std::array modeWords{
    std::pair{RestoreMode::DownloadSnapshot, QLatin1String("download")},
    std::pair{RestoreMode::AutomatedSnapshot, QLatin1String("snapshot")},
    std::pair{RestoreMode::OplogTimestamp, QLatin1String("oplog")},
    std::pair{RestoreMode::PointInTime, QLatin1String("time")},
    std::pair{RestoreMode::Checkpoint, QLatin1String("checkpoint")},
};

QLatin1String wordOf(RestoreMode mode)
{
    const auto *const found =
        std::find_if(modeWords.begin(), modeWords.end(), [mode](const auto &entry) { return entry.first == mode; });
    return found->second;
}

std::optional<RestoreMode> modeOf(const QString &word)
{
    const auto *const found =
        std::find_if(modeWords.begin(), modeWords.end(), [&word](const auto &entry) { return entry.second == word; });
    return found == modeWords.end() ? std::nullopt : std::optional(found->first);
}

QJsonObject momentJson(const OplogTimestamp &moment)
{
    return {{QLatin1String("seconds"), moment.seconds},
            {QLatin1String("increment"), static_cast<qint64>(moment.increment)}};
}

OplogTimestamp momentOf(const QJsonValue &json)
{
    return {json[QLatin1String("seconds")].toInteger(),
            static_cast<quint32>(json[QLatin1String("increment")].toInteger())};
}

QJsonObject pointJson(const RestorePoint &point)
{
    if (const auto *snapshot = std::get_if<SnapshotPoint>(&point))
        return {{QLatin1String("snapshot"), snapshot->snapshot.value}};
    if (const auto *oplog = std::get_if<OplogPoint>(&point))
        return {{QLatin1String("oplog"), momentJson(oplog->timestamp)}};
    if (const auto *time = std::get_if<TimePoint>(&point))
        return {{QLatin1String("utcMilliseconds"), time->utcMilliseconds}};
    return {{QLatin1String("checkpoint"), std::get<CheckpointPoint>(point).checkpoint.value}};
}

RestorePoint pointOf(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    if (object.contains(QLatin1String("oplog")))
        return OplogPoint{momentOf(object[QLatin1String("oplog")])};
    if (object.contains(QLatin1String("utcMilliseconds")))
        return TimePoint{object[QLatin1String("utcMilliseconds")].toInteger()};
    if (object.contains(QLatin1String("checkpoint")))
        return CheckpointPoint{CheckpointId(object[QLatin1String("checkpoint")].toString())};
    return SnapshotPoint{SnapshotId(object[QLatin1String("snapshot")].toString())};
}

QJsonObject agentsJson(const AutomationStatus &status)
{
    QJsonArray processes;
    for (const AutomationProcess &process : status.processes)
        processes.append(QJsonObject{{QLatin1String("name"), process.name},
                                     {QLatin1String("hostname"), process.hostname},
                                     {QLatin1String("achieved"), process.lastGoalVersionAchieved}});
    return {{QLatin1String("goal"), status.goalVersion}, {QLatin1String("processes"), processes}};
}

AutomationStatus agentsOf(const QJsonObject &json)
{
    AutomationStatus status;
    status.goalVersion = json[QLatin1String("goal")].toInteger();
    for (const QJsonValue process : json[QLatin1String("processes")].toArray())
        status.processes.push_back({process[QLatin1String("name")].toString(),
                                    process[QLatin1String("hostname")].toString(),
                                    process[QLatin1String("achieved")].toInteger(),
                                    {}});
    return status;
}

QJsonObject submissionJson(const RememberedSubmission &submission)
{
    QJsonArray jobs;
    for (const JobId &job : submission.jobs)
        jobs.append(job.value);
    QJsonObject json{{QLatin1String("key"), submission.key},
                     {QLatin1String("batch"), submission.batch.value},
                     {QLatin1String("jobs"), jobs},
                     {QLatin1String("ordered"), submission.ordered.toUTC().toString(Qt::ISODate)},
                     {QLatin1String("mode"), wordOf(submission.mode)},
                     {QLatin1String("point"), pointJson(submission.point)},
                     {QLatin1String("pointTime"), momentJson(submission.pointTime)},
                     {QLatin1String("targetProject"), submission.targetProject.value},
                     {QLatin1String("targetProjectName"), submission.targetProjectName},
                     {QLatin1String("targetCluster"), submission.targetCluster.value},
                     {QLatin1String("targetClusterName"), submission.targetClusterName}};
    if (submission.agentsAtEnd)
        json.insert(QLatin1String("agents"), agentsJson(*submission.agentsAtEnd));
    return json;
}

std::optional<RememberedSubmission> submissionOf(const QJsonObject &json)
{
    const auto mode = modeOf(json[QLatin1String("mode")].toString());
    RememberedSubmission submission;
    submission.key = json[QLatin1String("key")].toString();
    if (!mode || submission.key.isEmpty())
        return std::nullopt;
    submission.mode = *mode;
    submission.batch = BatchId(json[QLatin1String("batch")].toString());
    for (const QJsonValue job : json[QLatin1String("jobs")].toArray())
        submission.jobs.emplace_back(job.toString());
    submission.ordered = QDateTime::fromString(json[QLatin1String("ordered")].toString(), Qt::ISODate);
    submission.point = pointOf(json[QLatin1String("point")]);
    submission.pointTime = momentOf(json[QLatin1String("pointTime")]);
    submission.targetProject = ProjectId(json[QLatin1String("targetProject")].toString());
    submission.targetProjectName = json[QLatin1String("targetProjectName")].toString();
    submission.targetCluster = ClusterId(json[QLatin1String("targetCluster")].toString());
    submission.targetClusterName = json[QLatin1String("targetClusterName")].toString();
    if (json.contains(QLatin1String("agents")))
        submission.agentsAtEnd = agentsOf(json[QLatin1String("agents")].toObject());
    return submission;
}

} // namespace

SubmissionMemory::SubmissionMemory(QString path)
    : m_path(std::move(path))
{
    load();
}

void SubmissionMemory::add(const RememberedSubmission &submission)
{
    std::erase_if(m_all, [&](const RememberedSubmission &known) { return known.key == submission.key; });
    m_all.push_back(submission);
    if (m_all.size() > mostRemembered)
        m_all.erase(m_all.begin(), m_all.end() - static_cast<std::ptrdiff_t>(mostRemembered));
    index();
    save();
}

void SubmissionMemory::setAgentsAtEnd(const QString &key, const AutomationStatus &status)
{
    const auto found = std::find_if(m_all.begin(), m_all.end(),
                                    [&key](const RememberedSubmission &submission) { return submission.key == key; });
    if (found == m_all.end() || found->agentsAtEnd == status)
        return;
    found->agentsAtEnd = status;
    save();
}

const RememberedSubmission *SubmissionMemory::find(const RestoreJob &job) const
{
    for (const QString &id : {job.batch.value, job.id.value}) {
        const auto found = m_byId.constFind(id);
        if (!id.isEmpty() && found != m_byId.cend())
            return &m_all[*found];
    }
    return nullptr;
}

void SubmissionMemory::index()
{
    m_byId.clear();
    for (size_t place = 0; place < m_all.size(); ++place) {
        if (!m_all[place].batch.isEmpty())
            m_byId.insert(m_all[place].batch.value, place);
        for (const JobId &job : m_all[place].jobs)
            m_byId.insert(job.value, place);
    }
}

void SubmissionMemory::load()
{
    QFile file(m_path);
    if (!file.exists())
        return;
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(lcJobs, "%s cannot be read: %s", qUtf8Printable(m_path), qUtf8Printable(file.errorString()));
        return;
    }
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    for (const QJsonValue entry : root[QLatin1String("restores")].toArray()) {
        if (const auto submission = submissionOf(entry.toObject()))
            m_all.push_back(*submission);
    }
    index();
}

void SubmissionMemory::save() const
{
    QJsonArray restores;
    for (const RememberedSubmission &submission : m_all)
        restores.append(submissionJson(submission));
    const QJsonObject root{{QLatin1String("version"), formatVersion}, {QLatin1String("restores"), restores}};
    const QString problem = savePrivateFile(m_path, QJsonDocument(root).toJson(QJsonDocument::Compact));
    if (!problem.isEmpty())
        qCWarning(lcJobs, "%s cannot be written: %s", qUtf8Printable(m_path), qUtf8Printable(problem));
}

} // namespace tidemark
