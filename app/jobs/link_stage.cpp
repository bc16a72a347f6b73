#include "jobs/link_stage.h"

#include "base/text.h"
#include "jobs/job_texts.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Stages)
};

constexpr qint64 soonSeconds = 30 * 60;

std::optional<RestoreState> jobEnd(const RestoreJob &job)
{
    switch (job.status) {
    case JobStatus::Broken:
        return RestoreState::Failed;
    case JobStatus::Killed:
        return RestoreState::Cancelled;
    case JobStatus::Unknown:
        return RestoreState::NotKnownYet;
    case JobStatus::InProgress:
    case JobStatus::Finished:
        break;
    }
    return std::nullopt;
}

bool isOver(RestoreState state)
{
    return state == RestoreState::Expired || state == RestoreState::UsedUp;
}

/// The states of a download's jobs, counted.
struct States
{
    States(const JobGroup &group, const QDateTime &now)
    {
        for (const RestoreJob &job : group.jobs)
            all.push_back(linkState(job, now));
    }
    size_t of(RestoreState state) const { return size_t(std::count(all.begin(), all.end(), state)); }
    size_t over() const { return size_t(std::count_if(all.begin(), all.end(), isOver)); }
    size_t first(RestoreState state) const { return size_t(std::find(all.begin(), all.end(), state) - all.begin()); }

    std::vector<RestoreState> all;
};

RestoreState together(const States &states)
{
    for (const RestoreState worst :
         {RestoreState::Failed, RestoreState::Interrupted, RestoreState::Cancelled, RestoreState::NotKnownYet}) {
        if (states.of(worst) > 0)
            return worst;
    }
    const size_t ready = states.of(RestoreState::Ready);
    const size_t all = states.all.size();
    if (ready == all)
        return RestoreState::Ready;
    if (states.over() == all)
        return states.of(RestoreState::UsedUp) == all ? RestoreState::UsedUp : RestoreState::Expired;
    if (ready + states.over() == all)
        return RestoreState::PartlyReady;
    return states.of(RestoreState::Ordered) == all ? RestoreState::Ordered : RestoreState::Preparing;
}

/// Of one job, in the words of job_texts.
QString wordOf(const RestoreJob &job, const JobKind &kind, const QDateTime &now)
{
    if (jobEnd(job))
        return statusText(job, kind);
    if (linkState(job, now) == RestoreState::Ordered)
        return Text::tr("Ordered");
    // The server's part is over, and there is no link yet.
    if (job.status == JobStatus::Finished && job.delivery.status == DeliveryStatus::NotStarted)
        return Text::tr("Waiting for the link");
    return deliveryText(job, kind, now);
}

QString countedWord(const States &states, RestoreState state)
{
    const QString all = QString::number(states.all.size());
    const QString these = QString::number(states.of(state));
    switch (state) {
    case RestoreState::Failed:
        return Text::tr("%1 of %2 failed").arg(these, all);
    case RestoreState::Interrupted:
        return Text::tr("%1 of %2 interrupted").arg(these, all);
    case RestoreState::Cancelled:
        return Text::tr("%1 of %2 cancelled").arg(these, all);
    case RestoreState::NotKnownYet:
        return Text::tr("%1 of %2 not known").arg(these, all);
    case RestoreState::Ordered:
        return Text::tr("Ordered");
    case RestoreState::UsedUp:
        return Text::tr("Links used up");
    case RestoreState::Expired:
        return states.of(RestoreState::UsedUp) > 0 ? Text::tr("Links expired or used up") : Text::tr("Links expired");
    default:
        return Text::tr("%1 of %2 ready").arg(QString::number(states.of(RestoreState::Ready)), all);
    }
}

/// The time that is next: the first link to expire of those that are good, else the last that did.
void addNote(StageLine &line, const JobGroup &group, const States &states, const QDateTime &now)
{
    QDateTime first;
    QDateTime last;
    for (size_t i = 0; i < group.jobs.size(); ++i) {
        const QDateTime &expires = group.jobs[i].delivery.expires;
        if (!expires.isValid())
            continue;
        if (states.all[i] == RestoreState::Ready && (!first.isValid() || expires < first))
            first = expires;
        if (states.all[i] == RestoreState::Expired && expires <= now && (!last.isValid() || expires > last))
            last = expires;
    }
    if (first.isValid()) {
        line.note = Text::tr("link %1").arg(durationText(std::chrono::seconds(now.secsTo(first))));
        line.noteKind = now.secsTo(first) < soonSeconds ? NoteKind::LinkSoon : NoteKind::Link;
    } else if (last.isValid() && line.state == RestoreState::Expired) {
        line.note = Text::tr("on %1").arg(utcText(last));
        line.noteKind = NoteKind::Link;
    }
}

Stage lastStage(const StageLine &line, const States &states)
{
    Stage stage{Text::tr("Ready"), StageState::ToCome, {}, {}, {}};
    switch (line.state) {
    case RestoreState::Ready:
        stage.state = StageState::Done;
        stage.detail = line.note;
        return stage;
    case RestoreState::Expired:
    case RestoreState::UsedUp:
        stage.title = line.word;
        stage.state = StageState::Over;
        stage.detail = line.note;
        return stage;
    case RestoreState::Failed:
    case RestoreState::Interrupted:
        stage.state = StageState::Failed;
        break;
    case RestoreState::Cancelled:
    case RestoreState::PartlyReady:
        stage.state = StageState::Over;
        break;
    case RestoreState::Preparing:
        stage.state = StageState::Now;
        if (const size_t ready = states.of(RestoreState::Ready); ready > 0)
            stage.fraction = double(ready) / double(states.all.size());
        break;
    default: // Ordered, or not known
        break;
    }
    stage.detail = line.state == RestoreState::Ordered ? QString() : line.word;
    return stage;
}

} // namespace

RestoreState linkState(const RestoreJob &job, const QDateTime &now)
{
    if (const auto end = jobEnd(job))
        return *end;
    switch (job.delivery.status) {
    case DeliveryStatus::NotStarted:
        return job.status == JobStatus::Finished ? RestoreState::Preparing : RestoreState::Ordered;
    case DeliveryStatus::InProgress:
        return RestoreState::Preparing;
    case DeliveryStatus::Ready:
        if (job.delivery.expires.isValid() && job.delivery.expires <= now)
            return RestoreState::Expired;
        return job.delivery.hasLink() ? RestoreState::Ready : RestoreState::Preparing;
    case DeliveryStatus::Failed:
        return RestoreState::Failed;
    case DeliveryStatus::Interrupted:
        return RestoreState::Interrupted;
    case DeliveryStatus::Expired:
        return RestoreState::Expired;
    case DeliveryStatus::MaxDownloadsExceeded:
        return RestoreState::UsedUp;
    case DeliveryStatus::Unknown:
        break;
    }
    return RestoreState::NotKnownYet;
}

StageLine linkLine(const JobGroup &group, const QDateTime &now)
{
    const States states(group, now);
    StageLine line;
    line.state = together(states);
    line.word = states.all.size() > 1 ? countedWord(states, line.state) : wordOf(group.jobs.front(), group.kind, now);
    addNote(line, group, states, now);
    const bool isAccepted =
        line.state != RestoreState::Ordered &&
        std::any_of(group.jobs.begin(), group.jobs.end(), [](const RestoreJob &job) {
            return job.status == JobStatus::Finished || (job.delivery.status != DeliveryStatus::NotStarted &&
                                                         job.delivery.status != DeliveryStatus::Unknown);
        });
    Stage accepted{Text::tr("Accepted"), isAccepted ? StageState::Done : StageState::ToCome, {}, {}, {}};
    Stage last = lastStage(line, states);
    // What stopped it before it was accepted, stopped it there.
    if (!isAccepted) {
        accepted.state = line.state == RestoreState::Ordered ? StageState::Now : last.state;
        std::swap(accepted.detail, last.detail);
        last.state = StageState::ToCome;
    }
    line.stages = {accepted, last};
    return line;
}

} // namespace tidemark
