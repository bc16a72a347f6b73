#include "downloads/life_decider.h"

#include "base/text.h"
#include "connection/connection.h"
#include "downloads/space_rule.h"

#include <QCoreApplication>

#include <utility>

/// What leads from one state of a download to the next until its bytes are there.
namespace tidemark {

namespace {

/// After so many refusals of one and the same link, the job says it is good and the server says it is not.
constexpr int MostRefusals = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Transfer", text);
}

Error failed(ErrorKind kind, const QString &sentence, const QString &hint = {}, bool retryable = false)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    error.hint = hint;
    error.retryable = retryable;
    return error;
}

/// While it is still tried by itself: what is advised at the end cannot be done yet.
Error withoutHint(Error error)
{
    error.hint.clear();
    return error;
}

} // namespace

// Checking -----------------------------------------------------------------------------------------------------------

Action Decider::on(const event::PartOpened &event)
{
    if (l.view.state != DownloadState::Checking)
        return action::Nothing{};
    l.part = event.part;
    l.view.bytesReceived = l.part.size;
    l.view.bytesTotal = l.part.journal.totalBytes;
    if (!l.part.setAsidePath.isEmpty()) {
        l.view.sha1 = l.part.journal.sha1;
        return end(DownloadState::Corrupt, failed(ErrorKind::Hash, tr("The file was found corrupt before.")),
                   l.part.setAsidePath);
    }
    if (l.part.published || l.part.journal.complete)
        return complete(l.part.journal.endCertain);
    if (const auto objection = placeObjection())
        return rest(objection->pause, objection->error);
    return connectNow();
}

std::optional<disk::Trouble> Decider::placeObjection() const
{
    SpaceNeed need;
    need.here = l.part.size;
    need.total = l.view.bytesTotal;
    need.estimate = l.estimateIgnored ? 0 : l.view.source.expectedFileSizeBytes;
    need.free = l.part.space.free;
    need.others = m_world.reservedByOthers ? m_world.reservedByOthers(l.part.space.device) : 0;
    need.reserve = m_options.spaceReserve;
    need.largestFile = l.part.space.largestFile;
    return spaceObjection(need);
}

// Connecting ---------------------------------------------------------------------------------------------------------

Action Decider::connectNow()
{
    enter(DownloadState::Connecting);
    return l.link.isEmpty() ? Action(action::ReadJob{}) : request();
}

Action Decider::on(const event::JobRead &event)
{
    const Result<RestoreJob> &job = event.job;
    if (l.view.state == DownloadState::IntactNotVerified)
        return laterHash(job);
    if (job) {
        const QString hash = publishedSha1(*job, l.view.source.fileName);
        if (!hash.isEmpty())
            l.view.publishedHash = hash;
        if (job->delivery.maxDownloads > 0)
            l.view.source.maxDownloads = job->delivery.maxDownloads;
    }
    if (l.view.state == DownloadState::Verifying)
        return judgeWithJob(job);
    const bool asked =
        l.view.state == DownloadState::Connecting || (l.view.state == DownloadState::WaitingToRetry && l.preparing);
    if (!asked)
        return action::Nothing{};
    if (!job)
        return job.error().retryable ? waitAndRetry(job.error()) : end(DownloadState::Failed, job.error());
    const LinkJudgement judgement = judgeJob(*job);
    if (judgement.kind != LinkJudgement::Kind::Usable)
        return noLink(judgement);
    if (l.preparing) // it waited without a slot
        return enqueue();
    if (l.refusal && judgement.link == l.link)
        return afterRefusal(job->delivery);
    l.link = judgement.link;
    l.refusals = 0;
    l.refusal.reset();
    return request();
}

Action Decider::afterRefusal(const Delivery &delivery)
{
    if (l.refusal->retryable && ++l.refusals < MostRefusals)
        return waitAndRetry(*l.refusal);
    return noLink(judgeRefusal(*l.refusal, delivery, l.part.journal.requests, m_world.now));
}

Action Decider::noLink(const LinkJudgement &judgement)
{
    switch (judgement.kind) {
    case LinkJudgement::Kind::NoLink:
        if (l.noLinkSince.isValid() && l.noLinkSince.addMSecs(m_options.linkWait.count()) <= m_world.now)
            break;
        if (!l.noLinkSince.isValid())
            l.noLinkSince = m_world.now;
        return waitAndRetry(withoutHint(judgement.error), false);
    case LinkJudgement::Kind::Preparing:
        return waitAndRetry(judgement.error, false);
    case LinkJudgement::Kind::Expired:
        return endOfLink(DownloadState::LinkExpired, judgement.error);
    case LinkJudgement::Kind::UsedUp:
        return endOfLink(DownloadState::UsedUp, judgement.error);
    case LinkJudgement::Kind::Usable:
    case LinkJudgement::Kind::Failed:
        break;
    }
    return endOfLink(DownloadState::Failed, judgement.error);
}

/// No byte more will come by this link; those that are here may be all.
Action Decider::endOfLink(DownloadState state, const Error &error)
{
    if (!mayBeWhole())
        return end(state, error);
    l.ifIncomplete = Life::IfIncomplete::End;
    l.endIfIncomplete = state;
    l.whyIncomplete = error;
    return complete(false);
}

bool Decider::mayBeWhole() const
{
    return l.part.size > 0 && l.part.journal.totalBytes < 0;
}

bool Decider::nextRequestIsPrecious() const
{
    if (l.part.size == 0 || l.part.journal.resumable || l.restartAgreed)
        return false;
    const qint64 allowed = l.view.source.maxDownloads;
    return allowed <= 0 || allowed - l.part.journal.requests <= 1;
}

Action Decider::askBeforeRestart(const Error &why)
{
    if (mayBeWhole()) {
        l.ifIncomplete = Life::IfIncomplete::Ask;
        l.whyIncomplete = why;
        return complete(false);
    }
    return askForRestart(why);
}

Action Decider::askForRestart(const Error &why)
{
    Error error = why;
    error.hint = tr("The server cannot send the rest alone. A new start from the first byte may use up another "
                    "download, and the link may allow no more.");
    return rest(PauseReason::Question, error, Question::RestartUsesADownload);
}

Action Decider::request()
{
    const bool plain = l.link.address.origin.scheme() == QLatin1String("http") && !isLoopback(l.link.address.origin);
    if (plain && !(m_options.plainHttpAllowed && m_options.plainHttpAllowed(l.view.source.connection)))
        return end(DownloadState::Failed,
                   failed(ErrorKind::Tls, tr("The download link is of plain http, which anybody on the way can read."),
                          tr("Have the server use https, or allow plain http in the connection.")));
    if (nextRequestIsPrecious())
        return askBeforeRestart(failed(ErrorKind::Network, tr("The download was interrupted."), {}, true));
    return action::Fetch{};
}

// Receiving ----------------------------------------------------------------------------------------------------------

Action Decider::on(const event::LimitReached &)
{
    if (l.view.state != DownloadState::Receiving)
        return action::Nothing{};
    l.connectionHeld = true;
    return rest(PauseReason::Question,
                failed(ErrorKind::Server,
                       tr("The server sends more than the %1 that the snapshot's size suggests.")
                           .arg(bytesText(l.view.source.expectedFileSizeBytes)),
                       tr("Go on only if the disk has room and the server is the right one."), true),
                Question::LargerThanExpected);
}

Action Decider::on(const event::Answered &event)
{
    if (l.view.state != DownloadState::Connecting)
        return action::Nothing{};
    const AnswerPlan &plan = event.plan;
    l.refusal.reset();
    l.refusals = 0;
    l.restartAgreed = false;
    l.connectionHeld = false;
    if (plan.action == AnswerPlan::Action::FromStart) {
        l.part.size = 0; // they have been dropped, and the disk's room was looked at after that
        l.view.bytesReceived = 0;
        l.view.bytesTotal = plan.totalBytes;
    } else if (plan.totalBytes >= 0) {
        l.view.bytesTotal = plan.totalBytes;
    }
    l.view.error.reset();
    l.part.space = event.space;
    if (const auto objection = placeObjection(); objection && l.view.bytesTotal >= 0)
        return rest(objection->pause, objection->error);
    enter(DownloadState::Receiving);
    return action::GoOn{};
}

Action Decider::on(const event::FetchEnded &event)
{
    const FetchEnd &end = event.end;
    const bool held = std::exchange(l.connectionHeld, false);
    if (l.view.state != DownloadState::Connecting && l.view.state != DownloadState::Receiving && !held)
        return action::Nothing{};
    const qint64 most = l.part.journal.mostBytes;
    l.part = event.part;
    l.view.bytesReceived = l.part.size;
    if (held && l.view.state == DownloadState::Paused) // the server did not wait for the answer
        return action::Halt{};
    if (l.part.journal.mostBytes > most) {
        l.retry.reset();
        l.failingSince = {};
    }
    switch (end.kind) {
    case FetchEnd::Kind::Complete:
        return afterBody(end);
    case FetchEnd::Kind::Stopped:
        return action::Nothing{};
    case FetchEnd::Kind::Disk:
        return on(event::DiskFailed{end.trouble});
    case FetchEnd::Kind::Broken:
        return waitAndRetry(end.error);
    case FetchEnd::Kind::Refused:
        if (end.error.kind != ErrorKind::Refused || end.error.httpStatus == 0)
            return this->end(DownloadState::Failed, end.error);
        l.refusal = end.error;
        enter(DownloadState::Connecting);
        return action::ReadJob{};
    case FetchEnd::Kind::NoBody:
        break;
    }
    switch (end.plan.action) {
    case AnswerPlan::Action::AlreadyComplete:
        return complete(true);
    case AnswerPlan::Action::MaybeComplete:
        l.ifIncomplete = Life::IfIncomplete::StartOver;
        l.whyIncomplete = end.error;
        return complete(false);
    case AnswerPlan::Action::RestartWithoutRange:
        return startOver(end.error);
    case AnswerPlan::Action::RereadJob:
        l.refusal = end.error;
        enter(DownloadState::Connecting);
        return action::ReadJob{};
    default:
        return waitAndRetry(end.error);
    }
}

Action Decider::afterBody(const FetchEnd &end)
{
    const qint64 total = l.part.journal.totalBytes;
    if (total >= 0 && l.part.size < total) // a shorter range than was asked for: the rest comes with the next request
        return waitAndRetry(failed(ErrorKind::Network, tr("The server sent only a part of the archive."), {}, true));
    if (total >= 0 && l.part.size > total)
        return startOver(failed(ErrorKind::Server, tr("The server sent more than it announced."), {}, true));
    l.ifIncomplete = Life::IfIncomplete::GoOn;
    const bool whole = end.plan.action == AnswerPlan::Action::FromStart;
    return complete(total >= 0 || (whole && end.plan.framing == Framing::Chunked));
}

Action Decider::startOver(const Error &why)
{
    l.part.journal.resumable = false;
    if (nextRequestIsPrecious())
        return askBeforeRestart(why);
    l.whyIncomplete = why;
    enter(DownloadState::Connecting);
    return action::Empty{};
}

Action Decider::on(const event::Emptied &event)
{
    if (l.view.state != DownloadState::Connecting)
        return action::Nothing{};
    l.part = event.part;
    l.view.bytesReceived = 0;
    l.view.bytesTotal = -1;
    return waitAndRetry(l.whyIncomplete);
}

Action Decider::waitAndRetry(const Error &why, bool counts)
{
    bool givesWay = false;
    if (counts) {
        if (!l.failingSince.isValid())
            l.failingSince = m_world.now;
        // An outage of hours is waited out; only then do attempts without a new byte come to an end.
        const bool patient = l.failingSince.addMSecs(m_options.patience.count()) > m_world.now;
        // Meanwhile its server keeps no other's archive waiting.
        givesWay = !l.retry.countFailure();
        if (givesWay && !patient) {
            Error last = why;
            last.retryable = true;
            last.hint = tr("%1 attempts brought no new byte. Retry when the cause is gone.").arg(l.retry.attempt());
            return end(DownloadState::Failed, last);
        }
    }
    if (nextRequestIsPrecious() && !l.link.isEmpty())
        return askBeforeRestart(why);
    const auto pause = counts ? l.retry.pause(why.retryAfter, m_world.random) : m_options.hashPoll;
    l.view.attempt = l.retry.attempt();
    l.view.error = why;
    if (l.part.size > 0 && !l.part.journal.resumable)
        l.view.error->hint = tr("The server may not be able to send the rest alone; then the download starts again "
                                "from the first byte and may use up another of its downloads.");
    enter(DownloadState::WaitingToRetry);
    l.preparing = !counts;
    l.givesWay = givesWay;
    l.view.nextAttempt = m_world.now.addMSecs(pause.count());
    return action::Wait{pause};
}

} // namespace tidemark
