#include "ui/downloads/download_look.h"

#include "ui/downloads/downloads_model.h"
#include "ui/look/bar.h"
#include "ui/look/row_delegate.h"

#include <QTest>

using namespace tidemark;

namespace {

Download download(DownloadState state, qint64 received = 0)
{
    Download one;
    one.state = state;
    one.bytesTotal = 100;
    one.bytesReceived = received;
    one.source.batchArchives = 1;
    return one;
}

ChipData chipOf(const QVariant &look)
{
    return look.value<ChipData>();
}

} // namespace

/// The outcome of a download is told by shape and colour as well as by its word.
class DownloadLookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachState_data()
    {
        QTest::addColumn<DownloadState>("state");
        QTest::addColumn<ChipKind>("chip");
        QTest::addColumn<BarKind>("bar");
        const auto add = [](DownloadState state, ChipKind chip, BarKind bar) {
            QTest::newRow(qPrintable(stateText(state))) << state << chip << bar;
        };
        add(DownloadState::Queued, ChipKind::Waiting, BarKind::Paused);
        add(DownloadState::Checking, ChipKind::Running, BarKind::Run);
        add(DownloadState::Connecting, ChipKind::Running, BarKind::Run);
        add(DownloadState::Receiving, ChipKind::Running, BarKind::Run);
        add(DownloadState::WaitingToRetry, ChipKind::Waiting, BarKind::Paused);
        add(DownloadState::Paused, ChipKind::Paused, BarKind::Paused);
        add(DownloadState::Verifying, ChipKind::Running, BarKind::Run);
        add(DownloadState::Verified, ChipKind::Verified, BarKind::Verified);
        add(DownloadState::IntactNotVerified, ChipKind::Intact, BarKind::Intact);
        add(DownloadState::Corrupt, ChipKind::Corrupt, BarKind::Corrupt);
        add(DownloadState::LinkExpired, ChipKind::Expired, BarKind::Paused);
        add(DownloadState::UsedUp, ChipKind::Expired, BarKind::Paused);
        add(DownloadState::Failed, ChipKind::Error, BarKind::Paused);
        add(DownloadState::Cancelled, ChipKind::Cancelled, BarKind::Paused);
    }
    void eachState()
    {
        QFETCH(DownloadState, state);
        QFETCH(ChipKind, chip);
        QFETCH(BarKind, bar);
        const Download one = download(state, 40);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const ChipData shown = chipOf(downloadLook(one, DownloadsModel::StateColumn, LookRole::Chip, now));
        QCOMPARE(shown.kind, chip);
        QCOMPARE(shown.text, stateText(one, now));
        const auto painted = downloadLook(one, DownloadsModel::ProgressColumn, LookRole::Bar, now).value<BarData>();
        QCOMPARE(painted.kind, bar);
        if (bar == BarKind::Run || bar == BarKind::Paused)
            QCOMPARE(painted.fraction, state == DownloadState::Verifying ? 1.0 : 0.4); // all bytes are here
    }

    /// Verified bytes that are not what was ordered are no success.
    void aFindingIsNoSuccess()
    {
        Download one = download(DownloadState::Verified, 100);
        one.findings << QStringLiteral("It is of another set.");
        const QVariant look =
            downloadLook(one, DownloadsModel::StateColumn, LookRole::Chip, QDateTime::currentDateTimeUtc());
        QCOMPARE(chipOf(look).kind, ChipKind::Attention);
    }

    void aBatchIsAsGoodAsItsWorst_data()
    {
        QTest::addColumn<QList<DownloadState>>("states");
        QTest::addColumn<int>("ordered");
        QTest::addColumn<ChipKind>("chip");
        using S = DownloadState;
        QTest::newRow("all verified") << QList{S::Verified, S::Verified} << 2 << ChipKind::Verified;
        QTest::newRow("one of three is not on the list") << QList{S::Verified, S::Verified} << 3 << ChipKind::Waiting;
        QTest::newRow("one is corrupt") << QList{S::Verified, S::Corrupt} << 2 << ChipKind::Corrupt;
        QTest::newRow("corrupt while another comes") << QList{S::Receiving, S::Corrupt} << 2 << ChipKind::Corrupt;
        QTest::newRow("one failed") << QList{S::Verified, S::Failed} << 2 << ChipKind::Error;
        QTest::newRow("one link is used up") << QList{S::Verified, S::UsedUp} << 2 << ChipKind::Expired;
        QTest::newRow("one is under way") << QList{S::Verified, S::Receiving} << 2 << ChipKind::Running;
        QTest::newRow("one is paused") << QList{S::Verified, S::Paused} << 2 << ChipKind::Paused;
        QTest::newRow("one was cancelled") << QList{S::Verified, S::Cancelled} << 2 << ChipKind::Cancelled;
        QTest::newRow("one has no hash") << QList{S::Verified, S::IntactNotVerified} << 2 << ChipKind::Intact;
        QTest::newRow("all wait") << QList{S::Queued, S::Queued} << 2 << ChipKind::Waiting;
    }
    void aBatchIsAsGoodAsItsWorst()
    {
        QFETCH(QList<DownloadState>, states);
        QFETCH(int, ordered);
        QFETCH(ChipKind, chip);
        std::vector<Download> downloads;
        for (const DownloadState state : states) {
            downloads.push_back(download(state, 100));
            downloads.back().source.batchArchives = ordered;
        }
        const QVariant look = batchLook(downloads, DownloadsModel::StateColumn, LookRole::Chip);
        QCOMPARE(chipOf(look).kind, chip);
        const auto bar = batchLook(downloads, DownloadsModel::ProgressColumn, LookRole::Bar).value<BarData>();
        QCOMPARE(bar.kind == BarKind::Verified, chip == ChipKind::Verified);
        QCOMPARE(bar.kind == BarKind::Corrupt, chip == ChipKind::Corrupt);
    }
};

QTEST_GUILESS_MAIN(DownloadLookTest)
#include "download_look_test.moc"
