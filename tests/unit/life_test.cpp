/// The table of a download's life: what follows from each event in each state, without network, disk, thread or clock.
#include "unit/life_play.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

class LifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void straightThrough();
    void pauseFromEveryState_data();
    void pauseFromEveryState();
    void lateEventsOfARestAreNothing();
    void outageOfHoursIsWaitedOut();
    void outageOfHoursKeepsNobodyWaiting();
    void attemptsEnd();
    void refusedLinkEnds();
    void readyWithoutLinkEnds();
    void preparingHoldsNoSlot();
    void placeIsAskedBeforeTheFirstByte_data();
    void placeIsAskedBeforeTheFirstByte();
    void placeIsLookedAtWhileBytesCome();
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

void LifeTest::outageOfHoursKeepsNobodyWaiting()
{
    Play play;
    play.options().patience = 12h;
    play.begin();
    for (int i = 1; i < play.options().attempts; ++i) {
        play.end(FetchEnd::Kind::Broken);
        QVERIFY(play.life().holdsSlot()); // nobody takes its turn while it may only be a moment
        QVERIFY(is<action::Fetch>(play.play(event::TimeUp{})));
    }
    QVERIFY(is<action::Wait>(play.end(FetchEnd::Kind::Broken)));
    QVERIFY(!play.life().holdsSlot());
    QVERIFY(play.life().isUnderWay());
    QVERIFY(is<action::Fetch>(play.play(event::TimeUp{}))); // nobody else has work
    QVERIFY(play.life().holdsSlot());
    play.end(FetchEnd::Kind::Broken);
    play.slotIsFree = false;
    QVERIFY(is<action::Halt>(play.play(event::TimeUp{})));
    QCOMPARE(play.state(), DownloadState::Queued);
    QVERIFY(is<action::Fetch>(play.begin())); // its turn has come
    QVERIFY(is<action::Wait>(play.end(FetchEnd::Kind::Broken)));
    QVERIFY(!play.life().holdsSlot()); // at once
    play.now = Noon.addSecs(13 * 3600);
    play.slotIsFree = true;
    play.play(event::TimeUp{});
    play.end(FetchEnd::Kind::Broken);
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

/// The job says that the link is good, and the server says that it is not.
void LifeTest::refusedLinkEnds()
{
    Play play;
    play.begin();
    for (int refusals = 1; refusals < 3; ++refusals) {
        QVERIFY(is<action::ReadJob>(play.end(FetchEnd::Kind::NoBody, AnswerPlan::Action::RereadJob, 403)));
        QVERIFY(is<action::Wait>(play.play(event::JobRead{play.job})));
        QVERIFY(is<action::Fetch>(play.play(event::TimeUp{})));
    }
    play.end(FetchEnd::Kind::NoBody, AnswerPlan::Action::RereadJob, 403);
    QVERIFY(is<action::Halt>(play.play(event::JobRead{play.job})));
    QCOMPARE(play.state(), DownloadState::Failed);
    // Another link is asked at once.
    play.play(event::Retry{});
    QVERIFY(is<action::Fetch>(play.begin()));
    play.end(FetchEnd::Kind::NoBody, AnswerPlan::Action::RereadJob, 403);
    play.job.delivery.url = QStringLiteral("https://host/renewed/a.tar.gz");
    QVERIFY(is<action::Fetch>(play.play(event::JobRead{play.job})));
}

void LifeTest::readyWithoutLinkEnds()
{
    Play play;
    play.job.delivery.url.clear();
    QVERIFY(is<action::Wait>(play.begin()));
    QVERIFY(!play.life().holdsSlot());
    QVERIFY(play.life().view.error->hint.isEmpty()); // what is advised at the end cannot be done while it waits
    QVERIFY(is<action::ReadJob>(play.play(event::TimeUp{})));
    QVERIFY(is<action::Wait>(play.play(event::JobRead{play.job})));
    play.now = play.now.addMSecs(play.options().linkWait.count());
    play.play(event::TimeUp{});
    play.play(event::JobRead{play.job});
    QCOMPARE(play.state(), DownloadState::Failed);
    QVERIFY(!play.life().view.error->sentence.isEmpty() && !play.life().view.error->hint.isEmpty());
    play.play(event::Retry{});
    QVERIFY(is<action::Wait>(play.begin())); // for as long again
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

void LifeTest::placeIsLookedAtWhileBytesCome()
{
    Play play;
    play.begin();
    play.play(event::Answered{fromStart(), play.part.space});
    QVERIFY(is<action::Nothing>(play.play(event::SpaceSeen{play.options().spaceReserve})));
    QCOMPARE(play.state(), DownloadState::Receiving);
    QVERIFY(is<action::Halt>(play.play(event::SpaceSeen{play.options().spaceReserve - 1})));
    QCOMPARE(play.life().view.pauseReason, PauseReason::DiskFull);
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
