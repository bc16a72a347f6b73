#include "ui/jobs/job_look.h"

#include "jobs/job_texts.h"
#include "jobs/stages.h"
#include "ui/jobs/jobs_model.h"
#include "ui/look/row_delegate.h"
#include "ui/look/stage_line.h"

namespace tidemark {

namespace {

Ink inkOf(NoteKind kind)
{
    switch (kind) {
    case NoteKind::Error:
        return Ink::Danger;
    case NoteKind::LinkSoon:
        return Ink::Warn;
    case NoteKind::Plain:
    case NoteKind::Link:
        break;
    }
    return Ink::Text2;
}

/// An end has nothing left to count.
bool isUnderWay(const StageLine &line)
{
    switch (line.state) {
    case RestoreState::Ready:
    case RestoreState::PartlyReady:
    case RestoreState::Expired:
    case RestoreState::UsedUp:
    case RestoreState::Cancelled:
        return false;
    default:
        return true;
    }
}

QVariant statusLook(const StageLine &line, int role)
{
    switch (role) {
    case LookRole::Chip:
        return QVariant::fromValue(chipOf(line));
    case LookRole::SecondLine:
        return line.note;
    case LookRole::SecondInk:
        return static_cast<int>(inkOf(line.noteKind));
    case LookRole::SecondIcon:
        return line.noteKind == NoteKind::Link || line.noteKind == NoteKind::LinkSoon ? QStringLiteral("hourglass")
                                                                                      : QString();
    case LookRole::Stages:
        return isUnderWay(line) && !line.stages.empty() ? QVariant::fromValue(stageBars(line)) : QVariant();
    default:
        return {};
    }
}

/// Of what goes to a cluster its project; of a download how often it may be fetched.
QVariant targetLook(const JobGroup &group, int role)
{
    if (!group.targetClusterName.isEmpty()) {
        if (role == LookRole::FirstLine)
            return group.targetClusterName;
        return role == LookRole::SecondLine ? QVariant(group.targetProjectName) : QVariant();
    }
    const bool isDownload = group.kind.is == JobKind::Is::Download;
    return isDownload && role == LookRole::SecondLine
               ? QVariant(allowedDownloadsText(group.jobs.front().delivery.maxDownloads))
               : QVariant();
}

QVariant clusterLook(const JobGroup &group, int role)
{
    switch (role) {
    case LookRole::FirstLine:
        return group.clusterName;
    case LookRole::SecondLine:
        return group.project.name;
    case LookRole::Icon:
        return group.isBatch() ? QStringLiteral("sharded-cluster") : QStringLiteral("replica-set");
    case LookRole::FirstType:
        return static_cast<int>(TypeRole::Strong);
    default:
        return {};
    }
}

} // namespace

QVariant groupLook(const JobGroup &group, int column, int role, const QDateTime &now)
{
    switch (column) {
    case JobsModel::ClusterColumn:
        return clusterLook(group, role);
    case JobsModel::ModeColumn:
        return role == LookRole::SecondLine ? QVariant(group.pointText) : QVariant();
    case JobsModel::TargetColumn:
        return targetLook(group, role);
    case JobsModel::StatusColumn:
        return statusLook(stages(group, now), role);
    default:
        return {};
    }
}

QVariant jobLook(const JobGroup &group, const RestoreJob &job, int column, int role, const QDateTime &now)
{
    if (column == JobsModel::ClusterColumn && role == LookRole::Icon)
        return QStringLiteral("replica-set");
    if (column == JobsModel::ModeColumn) {
        // By its end: jobs of a batch begin alike.
        if (role == LookRole::FirstLine)
            return JobsModel::tr("job …%1").arg(job.id.value.right(5));
        return role == LookRole::FirstType ? QVariant(static_cast<int>(TypeRole::Caption)) : QVariant();
    }
    if (column == JobsModel::StatusColumn)
        return statusLook(jobState(group, job, now), role);
    return {};
}

} // namespace tidemark
