/// The part of the table that leads from bytes that all seem to be here to one of the ends.
#include "unit/life_play.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

class LifeJudgeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allBytesHereNeedNoLink_data();
    void allBytesHereNeedNoLink();
    void usedUpLinkAndPerhapsAllBytes_data();
    void usedUpLinkAndPerhapsAllBytes();
    void lastDownloadAndPerhapsAllBytes_data();
    void lastDownloadAndPerhapsAllBytes();
    void noMoreBytesThanHere();
    void lengthIsTheServers();
    void wrongHashOfAnUncertainEndIsTested_data();
    void wrongHashOfAnUncertainEndIsTested();
    void whatCannotBeReadIsNotCorrupt();
    void retryOfCorruptKeepsTheVerdict();
    void corruptByTheLastDownload_data();
    void corruptByTheLastDownload();
    void lateHashIsLookedAt_data();
    void lateHashIsLookedAt();
};

void LifeJudgeTest::allBytesHereNeedNoLink_data()
{
    QTest::addColumn<DeliveryStatus>("delivery");
    QTest::newRow("expired") << DeliveryStatus::Expired;
    QTest::newRow("used up") << DeliveryStatus::MaxDownloadsExceeded;
    QTest::newRow("ready") << DeliveryStatus::Ready;
}

void LifeJudgeTest::allBytesHereNeedNoLink()
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

void LifeJudgeTest::usedUpLinkAndPerhapsAllBytes_data()
{
    QTest::addColumn<ArchiveCheck::Outcome>("outcome");
    QTest::addColumn<DownloadState>("end");
    QTest::newRow("all") << ArchiveCheck::Outcome::Intact << DownloadState::IntactNotVerified;
    QTest::newRow("not all") << ArchiveCheck::Outcome::Truncated << DownloadState::UsedUp;
}

void LifeJudgeTest::usedUpLinkAndPerhapsAllBytes()
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

void LifeJudgeTest::lastDownloadAndPerhapsAllBytes_data()
{
    QTest::addColumn<ArchiveCheck::Outcome>("outcome");
    QTest::addColumn<Question>("question");
    QTest::newRow("all") << ArchiveCheck::Outcome::Intact << Question::None;
    QTest::newRow("not all") << ArchiveCheck::Outcome::Truncated << Question::RestartUsesADownload;
}

/// The connection broke, the server named no length, and another start would use the last download up: nobody is asked
/// about that before the archive has said that bytes are missing.
void LifeJudgeTest::lastDownloadAndPerhapsAllBytes()
{
    QFETCH(ArchiveCheck::Outcome, outcome);
    QFETCH(Question, question);
    Play play;
    play.job.delivery.maxDownloads = 1;
    play.begin();
    play.has(1000, -1);
    play.part.journal.requests = 1;
    QVERIFY(is<action::Complete>(play.end(FetchEnd::Kind::Broken)));
    play.part.sha1 = Hash;
    play.play(event::Completed{play.part});
    QVERIFY(is<action::Test>(play.play(event::JobRead{play.job})));
    const Action tested = play.play(event::Tested{checked(outcome)});
    QCOMPARE(is<action::TakeBack>(tested), question != Question::None);
    if (is<action::TakeBack>(tested))
        play.play(event::TakenBack{play.part});
    QCOMPARE(play.life().view.question, question);
}

/// 416 with the length of what is here: no byte comes again.
void LifeJudgeTest::noMoreBytesThanHere()
{
    Play play;
    play.begin();
    play.has(1000, -1);
    const Action action = play.end(FetchEnd::Kind::NoBody, AnswerPlan::Action::AlreadyComplete, 416);
    QVERIFY(is<action::Complete>(action) && std::get<action::Complete>(action).endIsCertain);
}

/// A range that ends early is no end, and more than was announced is nothing.
void LifeJudgeTest::lengthIsTheServers()
{
    Play play;
    play.begin();
    play.has(900, 1000);
    QVERIFY(is<action::Wait>(play.end(FetchEnd::Kind::Complete, AnswerPlan::Action::Append)));
    QVERIFY(is<action::Fetch>(play.play(event::TimeUp{})));
    play.has(1001, 1000);
    QVERIFY(is<action::Empty>(play.end(FetchEnd::Kind::Complete, AnswerPlan::Action::Append)));
}

void LifeJudgeTest::wrongHashOfAnUncertainEndIsTested_data()
{
    QTest::addColumn<ArchiveCheck::Outcome>("outcome");
    QTest::addColumn<bool>("corrupt");
    QTest::newRow("bytes are missing") << ArchiveCheck::Outcome::Truncated << false;
    QTest::newRow("all are here") << ArchiveCheck::Outcome::Intact << true;
}

/// A body without a length may have been cut: the archive says whether its hash can be the published one yet.
void LifeJudgeTest::wrongHashOfAnUncertainEndIsTested()
{
    QFETCH(ArchiveCheck::Outcome, outcome);
    QFETCH(bool, corrupt);
    Play play;
    play.publish(OtherHash);
    play.begin();
    play.has(1000, -1);
    const Action complete = play.end(FetchEnd::Kind::Complete);
    QVERIFY(is<action::Complete>(complete) && !std::get<action::Complete>(complete).endIsCertain);
    play.has(1000, 1000, true);
    play.play(event::Completed{play.part});
    QVERIFY(is<action::Test>(play.play(event::JobRead{play.job})));
    const Action tested = play.play(event::Tested{checked(outcome)});
    QCOMPARE(is<action::TakeBack>(tested), !corrupt);
    if (corrupt)
        QVERIFY(is<action::SetAside>(play.play(event::JobRead{play.job})));
    else
        QVERIFY(is<action::Wait>(play.play(event::TakenBack{play.part})));
}

void LifeJudgeTest::whatCannotBeReadIsNotCorrupt()
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

void LifeJudgeTest::retryOfCorruptKeepsTheVerdict()
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

    // Other bytes are judged, and held against the order anew.
    play.play(event::OrderChecked{{QStringLiteral("It is of another moment.")}});
    play.job.delivery.status = DeliveryStatus::Ready;
    play.play(event::Retry{});
    play.has(1000, 1000, true);
    play.part.sha1 = OtherHash;
    play.begin();
    play.play(event::Completed{play.part});
    QVERIFY(kept());
    play.play(event::JobRead{play.job});
    play.play(event::Published{QStringLiteral("/a"), {}});
    QCOMPARE(play.state(), DownloadState::Verified);
    QCOMPARE(play.life().view.sha1, OtherHash);
    QVERIFY(play.life().view.findings.isEmpty() && !play.life().view.orderChecked);
    QCOMPARE(play.life().view.filePath, QStringLiteral("/a"));
    QVERIFY(!play.life().view.fetchAgain);
}

/// Where all downloads of the link were made, the new link is offered with the verdict, not after a failed retry.
void LifeJudgeTest::corruptByTheLastDownload_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<bool>("newLink");
    QTest::newRow("the last one") << 3 << true;
    QTest::newRow("one is left") << 2 << false;
}

void LifeJudgeTest::corruptByTheLastDownload()
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
    QVERIFY(!play.life().view.error); // the verdict is told with the end that the file has come to, not before
    play.play(event::PutAside{QStringLiteral("/a.corrupt")});
    QCOMPARE(play.state(), DownloadState::Corrupt);
    QVERIFY(needsNewLink(play.life().view));
    QCOMPARE(isLinkUsedUp(play.life().view), newLink);
    QCOMPARE(play.life().view.error->hint.contains(QLatin1String("new link")), newLink);
}

void LifeJudgeTest::lateHashIsLookedAt_data()
{
    QTest::addColumn<QString>("published");
    QTest::addColumn<DownloadState>("state");
    QTest::newRow("none yet") << QString() << DownloadState::IntactNotVerified;
    QTest::newRow("right") << Hash << DownloadState::Verified;
    QTest::newRow("another") << OtherHash << DownloadState::Corrupt;
}

void LifeJudgeTest::lateHashIsLookedAt()
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

} // namespace

QTEST_GUILESS_MAIN(LifeJudgeTest)
#include "life_judge_test.moc"
