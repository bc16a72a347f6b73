#include "downloads/life.h"

#include "downloads/life_decider.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace tidemark {

Life::Life(Download download, const DownloadOptions &options)
    : view(std::move(download))
    , retry(options.firstBackoff, options.longestBackoff, options.attempts)
{
}

bool Life::rests() const
{
    return isEnd(view.state) || view.state == DownloadState::Queued ||
           (view.state == DownloadState::Paused && !connectionHeld);
}

bool Life::holdsSlot() const
{
    return view.state == DownloadState::Checking || view.state == DownloadState::Connecting ||
           view.state == DownloadState::Receiving ||
           (view.state == DownloadState::WaitingToRetry && !preparing && !givesWay);
}

bool Life::isUnderWay() const
{
    return holdsSlot() || givesWay || view.state == DownloadState::Verifying;
}

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Transfer", text);
}

Error stillCorrupt(const std::optional<Error> &why)
{
    Error error = why.value_or(Error{});
    error.sentence = tr("The file was found corrupt.");
    if (why)
        error.sentence += QLatin1Char(' ') + tr("No other bytes came: %1").arg(why->sentence);
    else
        error.kind = ErrorKind::Hash;
    return error;
}

} // namespace

LifeStep next(Life life, const Event &event, const World &world)
{
    Decider decider(life, world);
    Action action = std::visit([&decider](const auto &each) { return decider.on(each); }, event);
    life.view.requests = std::max(life.view.requests, life.part.journal.requests);
    return {std::move(life), std::move(action)};
}

void Decider::enter(DownloadState state)
{
    l.view.state = state;
    l.preparing = l.givesWay = false;
    if (state != DownloadState::Paused) {
        l.view.pauseReason = PauseReason::None;
        l.view.question = Question::None;
    }
    if (state != DownloadState::WaitingToRetry)
        l.view.nextAttempt = {};
    l.view.bytesPerSecond = 0;
    l.view.bottleneck = Bottleneck::None;
    l.view.silent = std::chrono::seconds(0);
    l.view.bytesChecked = l.view.bytesToCheck = 0;
}

Action Decider::rest(PauseReason reason, const Error &error, Question question)
{
    l.view.error = error;
    l.view.pauseReason = reason;
    l.view.question = question;
    enter(DownloadState::Paused);
    return l.connectionHeld ? Action(action::Nothing{}) : Action(action::Halt{});
}

Action Decider::end(DownloadState state, std::optional<Error> error, const QString &path)
{
    l.connectionHeld = false;
    if (l.view.fetchAgain && !isFinished(state)) {
        // No other bytes were judged: the verdict stands, and beside it why none came.
        state = DownloadState::Corrupt;
        error = stillCorrupt(error);
    }
    l.view.error = std::move(error);
    l.view.ended = m_world.now;
    if (!path.isEmpty())
        l.view.filePath = path;
    l.link = {};
    enter(state);
    return action::Halt{};
}

Action Decider::enqueue()
{
    l.connectionHeld = false;
    l.refusal.reset();
    l.retry.reset();
    l.failingSince = {};
    l.view.error.reset();
    enter(DownloadState::Queued);
    return action::Halt{};
}

Action Decider::on(const event::TurnCame &)
{
    if (l.view.state != DownloadState::Queued)
        return action::Nothing{};
    enter(DownloadState::Checking);
    return action::OpenPart{l.view.fetchAgain};
}

Action Decider::on(const event::DiskFailed &event)
{
    const disk::Trouble &trouble = event.trouble;
    if (l.rests() || trouble.error.kind == ErrorKind::Cancelled)
        return action::Nothing{};
    if (trouble.pause != PauseReason::None)
        return rest(trouble.pause, trouble.error);
    return end(DownloadState::Failed, trouble.error);
}

Action Decider::on(const event::Pause &event)
{
    if (isEnd(l.view.state) || (l.view.state == DownloadState::Paused && l.rests()))
        return action::Nothing{};
    l.connectionHeld = false;
    l.view.error.reset();
    l.view.pauseReason = event.reason;
    l.view.question = Question::None;
    enter(DownloadState::Paused);
    return action::Halt{};
}

Action Decider::on(const event::Resume &)
{
    if (l.view.state != DownloadState::Paused)
        return action::Nothing{};
    // The person has seen the estimate and goes on.
    const bool seen = l.view.pauseReason == PauseReason::DiskFull || l.view.pauseReason == PauseReason::FileTooLarge;
    if (seen && l.view.bytesTotal < 0)
        l.estimateIgnored = true;
    return enqueue();
}

Action Decider::on(const event::Retry &)
{
    if (!isEnd(l.view.state) || (isFinished(l.view.state) && l.view.state != DownloadState::Corrupt))
        return action::Nothing{};
    l.refusals = 0;
    l.noLinkSince = {};
    l.view.attempt = 0;
    l.view.ended = {};
    // What was found corrupt keeps its hashes and its file's name until other bytes have been judged.
    l.view.fetchAgain = l.view.state == DownloadState::Corrupt;
    if (!l.view.fetchAgain) {
        l.view.sha1.clear();
        l.view.filePath.clear();
    }
    return enqueue();
}

Action Decider::on(const event::Answer &event)
{
    if (l.view.state != DownloadState::Paused || l.view.question == Question::None)
        return action::Nothing{};
    const bool aboutSize = l.view.question == Question::LargerThanExpected;
    const bool held = std::exchange(l.connectionHeld, false);
    if (!event.yes) {
        l.view.pauseReason = PauseReason::ByPerson;
        l.view.question = Question::None;
        enter(DownloadState::Paused);
        return action::Halt{};
    }
    (aboutSize ? l.sizeAgreed : l.restartAgreed) = true;
    if (!aboutSize || !held)
        return enqueue();
    l.view.error.reset();
    enter(DownloadState::Receiving);
    return action::GoOn{};
}

Action Decider::on(const event::Cancel &)
{
    if (isFinished(l.view.state))
        return action::Nothing{};
    return end(DownloadState::Cancelled, std::nullopt);
}

Action Decider::on(const event::MoveTo &event)
{
    if (l.view.state != DownloadState::Paused || !l.rests() || event.folder == l.view.folder)
        return action::Nothing{};
    l.view.error.reset();
    enter(DownloadState::Checking);
    return action::Move{event.folder, event.localName};
}

Action Decider::on(const event::Moved &event)
{
    if (l.view.state != DownloadState::Checking)
        return action::Nothing{};
    l.view.folder = event.folder;
    l.view.localName = event.localName;
    return enqueue();
}

Action Decider::on(const event::SpaceSeen &event)
{
    if (l.view.state != DownloadState::Receiving)
        return action::Nothing{};
    l.part.space.free = event.free;
    if (event.free < 0 || event.free >= m_options.spaceReserve)
        return action::Nothing{};
    const auto objection = placeObjection();
    return objection ? rest(objection->pause, objection->error) : Action(action::Nothing{});
}

Action Decider::on(const event::TimeUp &)
{
    if (l.view.state == DownloadState::Verifying)
        return action::ReadJob{};
    if (l.view.state != DownloadState::WaitingToRetry)
        return action::Nothing{};
    // Looked at without a slot: it waits for its turn when there is something to fetch.
    if (l.preparing)
        return action::ReadJob{};
    if (!l.givesWay || m_world.slotIsFree)
        return connectNow();
    // Its failures count on: it gives way again after one more, and its patience has an end.
    enter(DownloadState::Queued);
    return action::Halt{};
}

} // namespace tidemark
