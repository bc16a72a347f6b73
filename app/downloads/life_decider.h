#pragma once

#include "downloads/download_queue.h"
#include "downloads/life.h"
#include "downloads/link_judgement.h"

/// The rows of next(), by event. Only life*.cpp include this.
namespace tidemark {

class Decider
{
public:
    Decider(Life &life, const World &world)
        : l(life)
        , m_world(world)
        , m_options(*world.options)
    {
    }

    // life.cpp: what is done to a download from outside
    Action on(const event::TurnCame &);
    Action on(const event::DiskFailed &event);
    Action on(const event::Pause &event);
    Action on(const event::Resume &);
    Action on(const event::Retry &);
    Action on(const event::Answer &event);
    Action on(const event::Cancel &);
    Action on(const event::MoveTo &event);
    Action on(const event::Moved &event);
    Action on(const event::SpaceSeen &event);
    Action on(const event::TimeUp &);
    // life_fetch.cpp: until the bytes are there
    Action on(const event::PartOpened &event);
    Action on(const event::JobRead &event);
    Action on(const event::Answered &event);
    Action on(const event::LimitReached &);
    Action on(const event::FetchEnded &event);
    Action on(const event::Emptied &event);
    // life_judge.cpp: what they are worth
    Action on(const event::Completed &event);
    Action on(const event::TakenBack &event);
    Action on(const event::Tested &event);
    Action on(const event::Published &event);
    Action on(const event::PutAside &event);
    Action on(const event::LookAgain &);
    Action on(const event::LookedAgain &event);
    Action on(const event::OrderChecked &event);

private:
    void enter(DownloadState state);
    Action rest(PauseReason reason, const Error &error, Question question = Question::None);
    Action end(DownloadState state, std::optional<Error> error, const QString &path = {});
    Action enqueue();
    Action connectNow();
    Action request();
    Action waitAndRetry(const Error &why, bool counts = true);
    Action startOver(const Error &why);
    Action askBeforeRestart(const Error &why);
    Action askForRestart(const Error &why);
    Action endOfLink(DownloadState state, const Error &error);
    Action noLink(const LinkJudgement &judgement);
    Action afterRefusal(const Delivery &delivery);
    Action afterBody(const FetchEnd &end);
    Action complete(bool endIsCertain);
    Action judgeWithJob(const Result<RestoreJob> &job);
    Action judgeByTest();
    Action corrupt(const QString &sentence);
    Action laterHash(const Result<RestoreJob> &job);
    bool nextRequestIsPrecious() const;
    bool mayBeWhole() const;
    std::optional<disk::Trouble> placeObjection() const;

    Life &l;
    const World &m_world;
    const DownloadOptions &m_options;
};

} // namespace tidemark
