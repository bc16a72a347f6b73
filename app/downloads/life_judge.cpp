#include "downloads/life_decider.h"

#include <QCoreApplication>

/// What leads from bytes that are all here to one of the ends.
namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Verifier", text);
}

Error remark(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Hash;
    error.sentence = sentence;
    return error;
}

QString otherBytes()
{
    return tr("The bytes here are not those that Cloud Manager published the hash of.");
}

} // namespace

Action Decider::complete(bool endIsCertain)
{
    l.view.error.reset();
    enter(DownloadState::Verifying);
    l.judging = {};
    l.judging.endIsCertain = endIsCertain;
    return action::Complete{endIsCertain};
}

Action Decider::on(const event::Completed &event)
{
    if (l.view.state != DownloadState::Verifying)
        return action::Nothing{};
    l.part = event.part;
    l.view.bytesReceived = l.view.bytesTotal = l.part.size;
    if (!l.view.fetchAgain)
        l.view.sha1 = l.part.sha1;
    l.judging.until = m_world.now.addMSecs(m_options.hashWait.count());
    return action::ReadJob{};
}

/// Cloud Manager publishes the hash some time after the download (Public API, restore jobs, `hashes`). A job that
/// cannot be read now is read again: only time ends the waiting.
Action Decider::judgeWithJob(const Result<RestoreJob> &job)
{
    Judging &judging = l.judging;
    const QString published = job ? publishedSha1(*job, l.view.source.fileName) : QString();
    if (!published.isEmpty() && published == l.part.sha1) {
        l.view.sha1 = l.part.sha1;
        return action::Publish{l.part.sha1, true};
    }
    const bool mismatch = !published.isEmpty();
    if (mismatch && judging.endIsCertain)
        return corrupt(otherBytes());
    // With an uncertain end, a wrong hash or none may only mean that bytes are missing: the archive says.
    const bool timeIsOver = judging.until <= m_world.now;
    if (judging.check && (mismatch || judging.lastLook))
        return mismatch ? corrupt(otherBytes()) : judgeByTest();
    if (!judging.check && (mismatch || timeIsOver || !judging.endIsCertain))
        return action::Test{};
    judging.lastLook = timeIsOver && judging.check.has_value();
    return action::Wait{m_options.hashPoll};
}

Action Decider::on(const event::Tested &event)
{
    if (l.view.state != DownloadState::Verifying)
        return action::Nothing{};
    if (!event.check) {
        if (event.check.error().kind == ErrorKind::Cancelled)
            return action::Nothing{};
        // What could not be read is not corrupt.
        Error error = event.check.error();
        error.kind = ErrorKind::Disk;
        error.sentence = tr("The archive could not be checked: %1").arg(error.sentence);
        error.hint = tr("Retry when the disk can be read: no byte is fetched again.");
        error.retryable = true;
        return end(DownloadState::Failed, error);
    }
    l.judging.check = event.check;
    l.view.bytesChecked = l.view.bytesToCheck = 0;
    if (!l.judging.endIsCertain && event.check->outcome == ArchiveCheck::Outcome::Truncated) {
        if (l.ifIncomplete == Life::IfIncomplete::GoOn)
            l.whyIncomplete = remark(event.check->sentence);
        return action::TakeBack{};
    }
    // The hash may have been published during the test, which can take long.
    l.judging.lastLook = l.judging.until <= m_world.now;
    return action::ReadJob{};
}

Action Decider::on(const event::TakenBack &event)
{
    if (l.view.state != DownloadState::Verifying)
        return action::Nothing{};
    l.part = event.part;
    l.view.sha1.clear();
    l.view.bytesTotal = -1;
    Error why = l.whyIncomplete;
    why.retryable = true;
    switch (std::exchange(l.ifIncomplete, Life::IfIncomplete::GoOn)) {
    case Life::IfIncomplete::GoOn:
        why.kind = ErrorKind::Network;
        break;
    case Life::IfIncomplete::StartOver:
        l.part.journal.resumable = false;
        l.whyIncomplete = why;
        if (nextRequestIsPrecious())
            return askForRestart(why);
        enter(DownloadState::Connecting);
        return action::Empty{};
    case Life::IfIncomplete::Ask:
        return askForRestart(why);
    case Life::IfIncomplete::End:
        return end(l.endIfIncomplete, l.whyIncomplete);
    }
    if (nextRequestIsPrecious())
        return askForRestart(why);
    return waitAndRetry(why);
}

Action Decider::judgeByTest()
{
    if (l.judging.check->value().outcome != ArchiveCheck::Outcome::Intact)
        return corrupt(l.judging.check->value().sentence);
    l.view.sha1 = l.part.sha1;
    l.judging.remark = remark(tr("Cloud Manager published no hash for this file. Its gzip and tar ends are right."));
    return action::Publish{l.part.sha1, false};
}

Action Decider::corrupt(const QString &sentence)
{
    l.judging.remark = remark(sentence);
    if (isLinkUsedUp(l.view))
        l.judging.remark->hint = tr("As many requests were made as this link allows downloads: request a new link.");
    l.view.sha1 = l.part.sha1;
    return action::SetAside{l.part.sha1};
}

Action Decider::on(const event::Published &event)
{
    if (l.view.state != DownloadState::Verifying)
        return action::Nothing{};
    l.view.stamp = event.stamp;
    l.view.fetchAgain = l.view.orderChecked = false;
    l.view.findings.clear();
    const auto &doubt = l.judging.remark;
    return end(doubt ? DownloadState::IntactNotVerified : DownloadState::Verified, doubt, event.path);
}

Action Decider::on(const event::PutAside &event)
{
    if (l.view.state != DownloadState::Verifying)
        return action::Nothing{};
    l.view.fetchAgain = false;
    return end(DownloadState::Corrupt, l.judging.remark, event.path);
}

// An archive that is intact and not verified, later ------------------------------------------------------------------

Action Decider::on(const event::LookAgain &)
{
    return l.view.state == DownloadState::IntactNotVerified ? Action(action::ReadJob{}) : Action(action::Nothing{});
}

Action Decider::laterHash(const Result<RestoreJob> &job)
{
    const QString hash = job ? publishedSha1(*job, l.view.source.fileName) : QString();
    if (hash.isEmpty())
        return action::Halt{};
    l.view.publishedHash = hash;
    return action::HashAgain{l.view.filePath, l.view.stamp, l.view.sha1, hash};
}

Action Decider::on(const event::OrderChecked &event)
{
    if (isFinished(l.view.state)) {
        l.view.orderChecked = true;
        l.view.findings = event.findings;
    }
    return action::Nothing{};
}

Action Decider::on(const event::LookedAgain &event)
{
    if (l.view.state != DownloadState::IntactNotVerified || event.sha1.isEmpty())
        return action::Halt{};
    l.view.sha1 = event.sha1;
    const bool verified = l.view.sha1 == l.view.publishedHash;
    return end(verified ? DownloadState::Verified : DownloadState::Corrupt,
               verified ? std::nullopt : std::optional(remark(otherBytes())), event.path);
}

} // namespace tidemark
