/// Every sync of the table is needed: left out, and with the power cut at a random moment, bytes that were called safe
/// or an archive that was called verified are lost within so many rounds; with all syncs in place they never are.
///
/// TIDEMARK_SYNC_SEED: the first seed; TIDEMARK_SYNC_ROUNDS: rounds with every sync in place (default 60).
#include "disks/modelled_disk.h"
#include "support/download_fixture.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QLoggingCategory>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr int MostRounds = 500;

enum class Story { Plain, Moved, Corrupt };

quint32 numberFrom(const char *variable, quint32 standard)
{
    bool ok = false;
    const quint32 number = qEnvironmentVariable(variable).toUInt(&ok);
    return ok ? number : standard;
}

/// One download whose machine loses its power once, and comes back.
class Round
{
public:
    Round(quint32 seed, disk::Sync leftOut)
        : m_random(seed)
        , m_story(static_cast<Story>(below(3)))
        , m_archive(makeArchive(1000 + below(150000), seed))
        , m_other(QFileInfo(m_fixture.folder()).path() + QStringLiteral("/other"))
    {
        QDir().mkpath(m_other);
        m_disk = std::make_unique<ModelledDisk>(QFileInfo(m_fixture.folder()).path(),
                                                QStringList{QStringLiteral("files"), QStringLiteral("other")}, seed);
        m_disk->leaveOut(leftOut);
        // Long enough to be moved in.
        m_fixture.options.firstBackoff = std::chrono::milliseconds(m_story == Story::Moved ? 200 : 4);
        m_fixture.options.hashPoll = std::chrono::milliseconds(4);
        m_fixture.options.hashWait = std::chrono::milliseconds(40);
    }

    ~Round() { m_fixture.queue.reset(); } // before the disk
    Round(const Round &) = delete;
    Round &operator=(const Round &) = delete;

    /// What was lost or wrong; empty when nothing was.
    QString play()
    {
        serve();
        m_fixture.makeQueue();
        const DownloadId id = m_fixture.add();
        if (below(4) != 0) // else after all of it
            m_disk->cutBefore(1 + below(120));
        workUntilCut(id);
        m_disk->cut();
        const Download told = m_fixture.download(id);
        m_fixture.queue.reset();
        if (!m_disk->restart())
            return QStringLiteral("the disk could not be written");
        const QString broken = whatIsBroken(told);
        return broken.isEmpty() ? goOn(id) : broken;
    }

private:
    int below(int limit) { return static_cast<int>(m_random() % static_cast<quint32>(limit)); }
    DownloadState rightEnd() const
    {
        return m_story == Story::Corrupt ? DownloadState::Corrupt : DownloadState::Verified;
    }

    void serve()
    {
        Reply good{.body = m_archive, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\""};
        Reply cut = good;
        cut.cutAfter = below(static_cast<int>(m_archive.size()));
        m_fixture.serve({cut, good});
        m_fixture.jobs.publish(DownloadFixture::fileName(),
                               sha1Of(m_story == Story::Corrupt ? QByteArray("other") : m_archive));
    }

    void workUntilCut(const DownloadId &id)
    {
        bool moved = m_story != Story::Moved;
        QElapsedTimer rested;
        (void)QTest::qWaitFor(
            [&] {
                const Download &it = m_fixture.download(id);
                if (!moved && it.state == DownloadState::WaitingToRetry) {
                    moved = true;
                    m_fixture.queue->pause(id);
                    m_fixture.queue->moveToFolder(id, m_other);
                }
                const bool rests = isEnd(it.state) || it.state == DownloadState::Paused;
                if (rests && !rested.isValid())
                    rested.start();
                if (!rests)
                    rested.invalidate();
                // What was told is saved, and what is no longer needed goes.
                return m_disk->isCut() || (rested.isValid() && rested.elapsed() > 20);
            },
            20000);
    }

    QString whatIsBroken(const Download &told) const
    {
        if (told.state != DownloadState::Verified && told.state != DownloadState::Corrupt)
            return {};
        if (test::contents(told.filePath) != m_archive)
            return QStringLiteral("told %1 of %2, and there is only %3")
                .arg(stateText(told.state), told.filePath,
                     QDir(m_fixture.folder()).entryList(QDir::Files).join(QLatin1Char(' ')));
        const QByteArray line = sha1Of(m_archive).toLatin1() + "  " + DownloadFixture::fileName().toLatin1() + '\n';
        if (told.state == DownloadState::Verified && test::contents(told.filePath + QStringLiteral(".sha1")) != line)
            return QStringLiteral("told Verified, and the checksum is not there");
        return {};
    }

    QString goOn(DownloadId id)
    {
        const int before = m_fixture.server->requestCount();
        const qint64 promised = m_disk->promised();
        m_fixture.makeQueue();
        if (!m_fixture.queue->download(id))
            id = m_fixture.add();
        for (int tries = 0; tries < 3; ++tries) {
            if (tries > 0)
                m_fixture.queue->resume(id);
            if (!m_fixture.waitForRest(id, 20000))
                return QStringLiteral("no rest: ") + m_fixture.describe(id);
            if (m_fixture.download(id).state != DownloadState::Paused)
                break;
        }
        const Download &end = m_fixture.download(id);
        if (end.state != rightEnd() || test::contents(end.filePath) != m_archive)
            return QStringLiteral("ended as ") + m_fixture.describe(id);
        const auto requests = m_fixture.server->requests();
        if (requests.size() <= static_cast<size_t>(before))
            return {};
        const QByteArray range = requests[static_cast<size_t>(before)].header("range");
        const qint64 from = range.isEmpty() ? 0 : range.mid(6).chopped(1).toLongLong();
        if (from < promised)
            return QStringLiteral("%1 bytes were safe, and came again from byte %2").arg(promised).arg(from);
        return {};
    }

    std::mt19937 m_random;
    Story m_story;
    QByteArray m_archive;
    DownloadFixture m_fixture;
    QString m_other;
    std::unique_ptr<ModelledDisk> m_disk;
};

class SyncTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("tidemark.*=false")); }
    void nothingIsLostWithAll();
    void eachIsNeeded_data();
    void eachIsNeeded();

private:
    const quint32 m_seed = numberFrom("TIDEMARK_SYNC_SEED", 20261127);
};

void SyncTable::nothingIsLostWithAll()
{
    const quint32 rounds = numberFrom("TIDEMARK_SYNC_ROUNDS", 60);
    QVERIFY(rounds > 0);
    for (quint32 i = 0; i < rounds; ++i) {
        const QString lost = Round(m_seed + i, disk::Sync::None).play();
        QVERIFY2(lost.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(m_seed + i).arg(lost)));
    }
}

void SyncTable::eachIsNeeded_data()
{
    QTest::addColumn<int>("sync");
    for (const disk::SyncRow &row : disk::syncTable())
        QTest::newRow(row.name) << static_cast<int>(row.sync);
}

void SyncTable::eachIsNeeded()
{
    QFETCH(int, sync);
    for (quint32 i = 0; i < MostRounds; ++i) {
        const QString lost = Round(m_seed + i, static_cast<disk::Sync>(sync)).play();
        if (lost.isEmpty())
            continue;
        qInfo().noquote() << QStringLiteral("without %1, round %2: %3")
                                 .arg(QLatin1String(QTest::currentDataTag()))
                                 .arg(i + 1)
                                 .arg(lost);
        return;
    }
    QFAIL("Nothing was lost without it.");
}

} // namespace

QTEST_GUILESS_MAIN(SyncTable)
#include "sync_table_test.moc"
