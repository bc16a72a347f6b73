#pragma once

#include "downloads/download_queue.h"
#include "downloads/life.h"

namespace tidemark::test {

using namespace std::chrono_literals;

inline const QDateTime Noon(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
inline const QString Name = QStringLiteral("a.tar.gz");
inline const QString Hash(40, QLatin1Char('a'));
inline const QString OtherHash(40, QLatin1Char('b'));

template<typename T>
bool is(const Action &action)
{
    return std::holds_alternative<T>(action);
}

inline AnswerPlan fromStart()
{
    AnswerPlan plan;
    plan.action = AnswerPlan::Action::FromStart;
    return plan;
}

inline Result<ArchiveCheck> checked(ArchiveCheck::Outcome outcome)
{
    ArchiveCheck check;
    check.outcome = outcome;
    return check;
}

/// One download on a test clock.
class Play
{
public:
    Play()
        : m_life(someDownload(), m_options)
    {
        m_options.attempts = 3;
        m_options.patience = 0ms;
        m_options.spaceReserve = 100;
        m_options.lateHashPoll = 1h;
        m_life = Life(someDownload(), m_options);
        job.delivery.status = DeliveryStatus::Ready;
        job.delivery.url = QStringLiteral("https://host/a.tar.gz");
        job.delivery.maxDownloads = 100;
        part.space = {.free = 1000000, .device = 1};
    }

    static Download someDownload()
    {
        Download download;
        download.source.job = JobId(QStringLiteral("1"));
        download.source.fileName = download.localName = Name;
        download.source.maxDownloads = 100;
        return download;
    }

    Action play(const Event &event)
    {
        World world;
        world.now = now;
        world.options = &m_options;
        world.slotIsFree = slotIsFree;
        LifeStep step = next(std::move(m_life), event, world);
        m_life = std::move(step.life);
        return step.action;
    }

    /// To the request's being sent.
    Action begin()
    {
        play(event::TurnCame{});
        const Action opened = play(event::PartOpened{part});
        return is<action::ReadJob>(opened) ? play(event::JobRead{job}) : opened;
    }
    Action end(FetchEnd::Kind kind, AnswerPlan::Action plan = AnswerPlan::Action::FromStart, int status = 0)
    {
        FetchEnd end;
        end.kind = kind;
        end.plan.action = plan;
        end.asked = true;
        end.error = {.kind = kind == FetchEnd::Kind::Refused ? ErrorKind::Refused : ErrorKind::Network,
                     .httpStatus = status,
                     .sentence = QStringLiteral("It ended."),
                     .retryable = true};
        return play(event::FetchEnded{end, part});
    }
    void has(qint64 size, qint64 total, bool complete = false)
    {
        part.size = part.journal.mostBytes = size;
        part.journal.totalBytes = total;
        part.journal.complete = complete;
        part.sha1 = complete ? Hash : QString();
    }
    void publish(const QString &hash) { job.hashes = {{Name, hash, QStringLiteral("SHA1")}}; }

    DownloadState state() const { return m_life.view.state; }
    const Life &life() const { return m_life; }
    DownloadOptions &options() { return m_options; }

    QDateTime now = Noon;
    bool slotIsFree = true;
    RestoreJob job;
    PartState part;

private:
    DownloadOptions m_options;
    Life m_life;
};

} // namespace tidemark::test
