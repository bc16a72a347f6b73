/// The table of a download's life: what follows from each event in each state, without network, disk, thread or clock.
#include "downloads/download_queue.h"
#include "downloads/life.h"

#include <QTest>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

const QDateTime Noon(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
const QString Name = QStringLiteral("a.tar.gz");
const QString Hash(40, QLatin1Char('a'));
const QString OtherHash(40, QLatin1Char('b'));

template<typename T>
bool is(const Action &action)
{
    return std::holds_alternative<T>(action);
}

AnswerPlan fromStart()
{
    AnswerPlan plan;
    plan.action = AnswerPlan::Action::FromStart;
    return plan;
}

Result<ArchiveCheck> checked(ArchiveCheck::Outcome outcome)
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
    RestoreJob job;
    PartState part;

private:
    DownloadOptions m_options;
    Life m_life;
};

class LifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void straightThrough();
    void pauseFromEveryState_data();
    void pauseFromEveryState();
    void lateEventsOfARestAreNothing();
    void outageOfHoursIsWaitedOut();
    void attemptsEnd();
    void allBytesHereNeedNoLink_data();
    void allBytesHereNeedNoLink();
    void usedUpLinkAndPerhapsAllBytes_data();
    void usedUpLinkAndPerhapsAllBytes();
    void whatCannotBeReadIsNotCorrupt();
    void readyWithoutLinkEnds();
    void preparingHoldsNoSlot();
    void placeIsAskedBeforeTheFirstByte_data();
    void placeIsAskedBeforeTheFirstByte();
    void retryOfCorruptKeepsTheVerdict();
    void corruptByTheLastDownload_data();
    void corruptByTheLastDownload();
    void lateHashIsLookedAt_data();
    void lateHashIsLookedAt();
    void restartIsAskedAbout();
    void limitHoldsTheConnection();
};

void LifeTest::straightThrough()
{
    Play play;
    QVERIFY(is<action::OpenPart>(play.play(event::TurnCame{})));
    QCOMPARE(play.state(), DownloadState::Checking);
    QVERIFY(is<action::ReadJob>(play.play(event::PartOpened{play.part})));
    QVERIFY(is<action::Fetch>(play.play(event::JobRead{play.job})));
    AnswerPlan plan;
    plan.action = AnswerPlan::Action::FromStart;
    plan.totalBytes = 1000;
    QVERIFY(is<action::GoOn>(play.play(event::Answered{plan, play.part.space})));
    QCOMPARE(play.state(), DownloadState::Receiving);
    play.has(1000, 1000);
    QVERIFY(is<action::Complete>(play.end(FetchEnd::Kind::Complete)));
    QCOMPARE(play.state(), DownloadState::Verifying);
    play.has(1000, 1000, true);
    QVERIFY(is<action::ReadJob>(play.play(event::Completed{play.part})));
    play.publish(Hash);
    const Action publish = play.play(event::JobRead{play.job});
    QVERIFY(is<action::Publish>(publish) && std::get<action::Publish>(publish).verified);
    QVERIFY(is<action::Halt>(play.play(event::Published{QStringLiteral("/x"), {}})));
    QCOMPARE(play.state(), DownloadState::Verified);
}

void LifeTest::pauseFromEveryState_data()
{
    QTest::addColumn<int>("steps");
    for (int steps = 0; steps < 6; ++steps)
        QTest::addRow("after %d steps", steps) << steps;
}

void LifeTest::pauseFromEveryState()
{
    QFETCH(int, steps);
    Play play;
    const std::vector<Event> way{event::TurnCame{}, event::PartOpened{play.part}, event::JobRead{play.job},
                                 event::Answered{fromStart(), play.part.space},
                                 event::FetchEnded{FetchEnd(), play.part}};
    for (int i = 0; i < steps; ++i)
        play.play(way[static_cast<size_t>(i)]);
    QVERIFY(is<action::Halt>(play.play(event::Pause{PauseReason::ByPerson})));
    QCOMPARE(play.state(), DownloadState::Paused);
    QVERIFY(play.life().rests());
    QVERIFY(is<action::Halt>(play.play(event::Resume{})));
    QCOMPARE(play.state(), DownloadState::Queued);
}

void LifeTest::lateEventsOfARestAreNothing()
{
    Play play;
    play.begin();
    play.play(event::Pause{PauseReason::ByPerson});
    const Download before = play.life().view;
    const std::vector<Event> late{event::TimeUp{},       event::JobRead{play.job}, event::Answered{},
                                  event::LimitReached{}, event::FetchEnded{},      event::Emptied{},
                                  event::Completed{},    event::TakenBack{},       event::Tested{ArchiveCheck{}},
                                  event::Published{},    event::PutAside{},        event::PartOpened{play.part},
                                  event::DiskFailed{},   event::SpaceSeen{0}};
    for (const Event &event : late) {
        QVERIFY2(is<action::Nothing>(play.play(event)), qPrintable(QString::number(event.index())));
        QCOMPARE(play.state(), before.state);
    }
}

void LifeTest::outageOfHoursIsWaitedOut()
{
    Play play;
    play.options().patience = 12h;
    play.begin();
    int tries = 0;
    for (; play.now < Noon.addSecs(11 * 3600); ++tries) {
        const Action wait = play.end(FetchEnd::Kind::Broken);
        QVERIFY(is<action::Wait>(wait));
        const auto pause = std::get<action::Wait>(wait).time;
        QVERIFY(pause <= play.options().longestBackoff);
        play.now = play.now.addMSecs(pause.count());
        QVERIFY(is<action::Fetch>(play.play(event::TimeUp{})));
    }
    QVERIFY(tries > 100);
    play.now = Noon.addSecs(13 * 3600);
    QVERIFY(is<action::Halt>(play.end(FetchEnd::Kind::Broken)));
    QCOMPARE(play.state(), DownloadState::Failed);
}

void LifeTest::attemptsEnd()
{
    Play play;
    play.begin();
    for (int i = 0; i < 2; ++i) {
        QVERIFY(is<action::Wait>(play.end(FetchEnd::Kind::Broken)));
        play.play(event::TimeUp{});
    }
    play.has(10, 1000); // new bytes: it counts anew
    for (int i = 0; i < 2; ++i) {
        QVERIFY(is<action::Wait>(play.end(FetchEnd::Kind::Broken)));
        play.play(event::TimeUp{});
    }
    QVERIFY(is<action::Halt>(play.end(FetchEnd::Kind::Broken)));
    QCOMPARE(play.state(), DownloadState::Failed);
}

void LifeTest::allBytesHereNeedNoLink_data()
{
    QTest::addColumn<DeliveryStatus>("delivery");
    QTest::newRow("expired") << DeliveryStatus::Expired;
    QTest::newRow("used up") << DeliveryStatus::MaxDownloadsExceeded;
    QTest::newRow("ready") << DeliveryStatus::Ready;
}

void LifeTest::allBytesHereNeedNoLink()
{
    QFETCH(DeliveryStatus, delivery);
    Play play;
    play.job.delivery.status = delivery;
    play.has(1000, 1000, true);
    play.play(event::TurnCame{});
    QVERIFY(is<action::Complete>(play.play(event::PartOpened{play.part})));
    play.play(event::Completed{play.part});
    play.publish(Hash);
    QVERIFY(is<action::Publish>(play.play(event::JobRead{play.job})));
}

void LifeTest::usedUpLinkAndPerhapsAllBytes_data()
{
    QTest::addColumn<ArchiveCheck::Outcome>("outcome");
    QTest::addColumn<DownloadState>("end");
    QTest::newRow("all") << ArchiveCheck::Outcome::Intact << DownloadState::IntactNotVerified;
    QTest::newRow("not all") << ArchiveCheck::Outcome::Truncated << DownloadState::UsedUp;
}

void LifeTest::usedUpLinkAndPerhapsAllBytes()
{
    QFETCH(ArchiveCheck::Outcome, outcome);
    QFETCH(DownloadState, end);
    Play play;
    play.job.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    play.has(1000, -1);
    QVERIFY(is<action::Complete>(play.begin()));
    play.has(1000, 1000, true);
    play.play(event::Completed{play.part});
    QVERIFY(is<action::Test>(play.play(event::JobRead{play.job})));
    play.now = play.now.addSecs(3600);
    const Action tested = play.play(event::Tested{checked(outcome)});
    if (is<action::TakeBack>(tested)) {
        play.play(event::TakenBack{play.part});
    } else {
        QVERIFY(is<action::Publish>(play.play(event::JobRead{play.job})));
        play.play(event::Published{});
    }
    QCOMPARE(play.state(), end);
}

void LifeTest::whatCannotBeReadIsNotCorrupt()
{
    Play play;
    play.has(1000, 1000, true);
    play.begin();
    play.play(event::Completed{play.part});
    play.now = play.now.addSecs(3600);
    QVERIFY(is<action::Test>(play.play(event::JobRead{play.job})));
    play.play(event::Tested{failure(Error{.kind = ErrorKind::Disk, .sentence = QStringLiteral("Input/output error")})});
    QCOMPARE(play.state(), DownloadState::Failed);
    QVERIFY(play.life().view.error->sentence.contains(QLatin1String("could not be checked")));
    play.play(event::Retry{});
    play.play(event::TurnCame{});
    QVERIFY(is<action::Complete>(play.play(event::PartOpened{play.part}))); // without a byte again
}

void LifeTest::readyWithoutLinkEnds()
{
    Play play;
    play.job.delivery.url.clear();
    QVERIFY(is<action::Wait>(play.begin()));
    QVERIFY(!play.life().holdsSlot());
    QVERIFY(is<action::ReadJob>(play.play(event::TimeUp{})));
    QVERIFY(is<action::Wait>(play.play(event::JobRead{play.job})));
    play.now = play.now.addMSecs(play.options().linkWait.count());
    play.play(event::TimeUp{});
    play.play(event::JobRead{play.job});
    QCOMPARE(play.state(), DownloadState::Failed);
    QVERIFY(!play.life().view.error->sentence.isEmpty() && !play.life().view.error->hint.isEmpty());
}

void LifeTest::preparingHoldsNoSlot()
{
    Play play;
    play.job.delivery.status = DeliveryStatus::InProgress;
    play.job.delivery.url.clear();
    QVERIFY(is<action::Wait>(play.begin()));
    QVERIFY(!play.life().holdsSlot());
    play.play(event::TimeUp{});
    play.job.delivery.status = DeliveryStatus::Ready;
    play.job.delivery.url = QStringLiteral("https://host/a.tar.gz");
    play.play(event::JobRead{play.job});
    QCOMPARE(play.state(), DownloadState::Queued); // for its turn
}

void LifeTest::placeIsAskedBeforeTheFirstByte_data()
{
    QTest::addColumn<qint64>("free");
    QTest::addColumn<qint64>("largest");
    QTest::addColumn<PauseReason>("reason");
    QTest::newRow("room") << qint64(10000) << qint64(-1) << PauseReason::None;
    QTest::newRow("no room") << qint64(1000) << qint64(-1) << PauseReason::DiskFull;
    QTest::newRow("the file system does not say") << qint64(-1) << qint64(-1) << PauseReason::None;
    QTest::newRow("FAT") << qint64(10000) << qint64(4000) << PauseReason::FileTooLarge;
}

void LifeTest::placeIsAskedBeforeTheFirstByte()
{
    QFETCH(qint64, free);
    QFETCH(qint64, largest);
    QFETCH(PauseReason, reason);
    Play play;
    play.begin();
    AnswerPlan plan;
    plan.action = AnswerPlan::Action::FromStart;
    plan.totalBytes = 5000;
    const Action action = play.play(event::Answered{plan, {.free = free, .largestFile = largest}});
    QCOMPARE(play.life().view.pauseReason, reason);
    QCOMPARE(is<action::GoOn>(action), reason == PauseReason::None);
}

void LifeTest::retryOfCorruptKeepsTheVerdict()
{
    Play play;
    play.has(1000, 1000, true);
    play.publish(OtherHash);
    play.begin();
    play.play(event::Completed{play.part});
    QVERIFY(is<action::SetAside>(play.play(event::JobRead{play.job})));
    play.play(event::PutAside{QStringLiteral("/a.corrupt")});
    QCOMPARE(play.state(), DownloadState::Corrupt);
    play.play(event::Retry{});
    const auto kept = [&play] {
        const Download &view = play.life().view;
        return view.sha1 == Hash && view.publishedHash == OtherHash && view.filePath == QLatin1String("/a.corrupt");
    };
    QVERIFY(kept());
    play.has(0, -1);
    const Action open = play.play(event::TurnCame{});
    QVERIFY(std::get<action::OpenPart>(open).again);
    play.play(event::PartOpened{play.part});
    play.job.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    play.play(event::JobRead{play.job});
    QCOMPARE(play.state(), DownloadState::Corrupt); // no other bytes were judged
    QVERIFY(kept());
    QVERIFY(needsNewLink(play.life().view));
    QVERIFY(play.life().view.error->sentence.contains(QLatin1String("corrupt")));

    // Given up by the person on the way.
    play.play(event::Retry{});
    play.play(event::TurnCame{});
    play.play(event::Cancel{});
    QCOMPARE(play.state(), DownloadState::Corrupt);
    QVERIFY(kept());

    // Other bytes are judged.
    play.job.delivery.status = DeliveryStatus::Ready;
    play.publish(Hash);
    play.play(event::Retry{});
    play.has(1000, 1000, true);
    play.begin();
    play.play(event::Completed{play.part});
    play.play(event::JobRead{play.job});
    play.play(event::Published{QStringLiteral("/a"), {}});
    QCOMPARE(play.state(), DownloadState::Verified);
    QCOMPARE(play.life().view.filePath, QStringLiteral("/a"));
    QVERIFY(!play.life().view.fetchAgain);
}

/// Where all downloads of the link were made, the new link is offered with the verdict, not after a failed retry.
void LifeTest::corruptByTheLastDownload_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("newLink");
    QTest::newRow("the last one") << 3 << true;
    QTest::newRow("one is left") << 2 << false;
}

void LifeTest::corruptByTheLastDownload()
{
    QFETCH(int, requests);
    QFETCH(bool, newLink);
    Play play;
    play.job.delivery.maxDownloads = 3;
    play.publish(OtherHash);
    play.begin();
    play.has(1000, 1000, true);
    play.part.journal.requests = requests;
    play.end(FetchEnd::Kind::Complete);
    play.play(event::Completed{play.part});
    play.play(event::JobRead{play.job});
    play.play(event::PutAside{QStringLiteral("/a.corrupt")});
    QCOMPARE(play.state(), DownloadState::Corrupt);
    QCOMPARE(needsNewLink(play.life().view), newLink);
    QCOMPARE(play.life().view.error->hint.contains(QLatin1String("new link")), newLink);
}

void LifeTest::lateHashIsLookedAt_data()
{
    QTest::addColumn<QString>("published");
    QTest::addColumn<DownloadState>("state");
    QTest::newRow("none yet") << QString() << DownloadState::IntactNotVerified;
    QTest::newRow("right") << Hash << DownloadState::Verified;
    QTest::newRow("another") << OtherHash << DownloadState::Corrupt;
}

void LifeTest::lateHashIsLookedAt()
{
    QFETCH(QString, published);
    QFETCH(DownloadState, state);
    Play play;
    play.has(1000, 1000, true);
    play.begin();
    play.play(event::Completed{play.part});
    play.now = play.now.addSecs(3600);
    play.play(event::JobRead{play.job});
    play.play(event::Tested{checked(ArchiveCheck::Outcome::Intact)});
    play.play(event::JobRead{play.job});
    play.play(event::Published{QStringLiteral("/a"), {}});
    QCOMPARE(play.state(), DownloadState::IntactNotVerified);
    QVERIFY(is<action::ReadJob>(play.play(event::LookAgain{})));
    play.publish(published);
    const Action looked = play.play(event::JobRead{play.job});
    QCOMPARE(is<action::HashAgain>(looked), !published.isEmpty());
    if (!published.isEmpty())
        play.play(event::LookedAgain{Hash, QStringLiteral("/a")});
    QCOMPARE(play.state(), state);
}

void LifeTest::restartIsAskedAbout()
{
    Play play;
    play.job.delivery.maxDownloads = 1;
    play.begin();
    play.has(10, 1000);
    play.part.journal.requests = 1;
    QVERIFY(is<action::Halt>(play.end(FetchEnd::Kind::Broken)));
    QCOMPARE(play.life().view.question, Question::RestartUsesADownload);
    QVERIFY(is<action::Halt>(play.play(event::Answer{true})));
    QVERIFY(is<action::Fetch>([&play] {
        play.play(event::TurnCame{});
        return play.play(event::PartOpened{play.part});
    }()));
}

void LifeTest::limitHoldsTheConnection()
{
    Play play;
    play.begin();
    play.play(event::Answered{fromStart(), play.part.space});
    QVERIFY(is<action::Nothing>(play.play(event::LimitReached{})));
    QCOMPARE(play.life().view.question, Question::LargerThanExpected);
    QVERIFY(!play.life().rests());
    QVERIFY(is<action::GoOn>(play.play(event::Answer{true})));
    QCOMPARE(play.state(), DownloadState::Receiving);
    play.play(event::LimitReached{});
    QVERIFY(is<action::Halt>(play.end(FetchEnd::Kind::Broken))); // the server did not wait
    QCOMPARE(play.life().view.question, Question::LargerThanExpected);
}

} // namespace

QTEST_GUILESS_MAIN(LifeTest)
#include "life_test.moc"
