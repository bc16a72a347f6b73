#include "downloads/disk.h"
#include "downloads/journal.h"
#include "support/download_fixture.h"

#include <atomic>
#include <cerrno>
#include <cstring>

#include <sys/resource.h>

using namespace tidemark;
using namespace tidemark::test;

Q_DECLARE_METATYPE(tidemark::PauseReason)

namespace {

const QByteArray Archive = makeArchive(2000000, 11);

std::atomic<const char *> s_failingCall{nullptr};
std::atomic<int> s_failingErrno{0};
std::atomic<int> s_callsBefore{0};

int failAsTold(const disk::Step &step)
{
    const char *failing = s_failingCall;
    const bool meant =
        failing && (std::strcmp(step.call, failing) == 0 || std::strcmp(disk::syncName(step.sync), failing) == 0);
    if (!meant || s_callsBefore-- > 0)
        return 0;
    return s_failingErrno;
}

constexpr disk::Seam FailAsTold{.before = failAsTold};

Reply ranged()
{
    return Reply{.body = Archive, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\""};
}

Reply slow()
{
    Reply reply = ranged();
    reply.chunkPauseMs = 60;
    return reply;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

class DownloadDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void failingCallPausesAndGoesOn_data();
    void failingCallPausesAndGoesOn();
    void fileSizeLimitIsNoEndOfTheProgram();
    void folderMissing();
    void folderRemovedMeanwhile();
    void nameTakenBefore();
    void nameTakenMeanwhile();
    void strangersFilesStay_data();
    void strangersFilesStay();
    void linkIsNotFollowed();
    void twoCopiesOfTheProgram();
    void whatACopyLeftIsTakenOver();
    void twoJobsWithOneName();
    void tooLittleSpace();
    void estimateMayBeOverruled();
    void othersSpaceCounts();
    void unsafeNameStaysInside();
    void corruptTwice();

private:
    DownloadId startPublished(const QList<Reply> &script);
    bool waitForPause(const DownloadId &id, PauseReason reason);
    std::unique_ptr<DownloadFixture> m_fixture;
};

void DownloadDisk::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
    disk::setSeam(&FailAsTold);
}

void DownloadDisk::cleanup()
{
    s_failingCall = nullptr;
    disk::setSeam(nullptr);
    m_fixture.reset();
}

DownloadId DownloadDisk::startPublished(const QList<Reply> &script)
{
    m_fixture->serve(script);
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    m_fixture->makeQueue();
    return m_fixture->add();
}

bool DownloadDisk::waitForPause(const DownloadId &id, PauseReason reason)
{
    if (!m_fixture->waitForRest(id))
        return false;
    const Download &download = m_fixture->download(id);
    const bool right = download.state == DownloadState::Paused && download.pauseReason == reason && download.error &&
                       !download.error->sentence.isEmpty() && !download.error->hint.isEmpty();
    if (!right)
        qWarning().noquote() << m_fixture->describe(id);
    return right;
}

void DownloadDisk::failingCallPausesAndGoesOn_data()
{
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("before"); // so many calls succeed first
    QTest::addColumn<PauseReason>("reason");
    QTest::newRow("disk full") << QByteArray("pwrite") << ENOSPC << 1 << PauseReason::DiskFull;
    QTest::newRow("quota") << QByteArray("pwrite") << EDQUOT << 1 << PauseReason::DiskFull;
    QTest::newRow("file too large") << QByteArray("pwrite") << EFBIG << 1 << PauseReason::FileTooLarge;
    QTest::newRow("read-only at the first byte") << QByteArray("pwrite") << EROFS << 0 << PauseReason::FolderReadOnly;
    QTest::newRow("read-only at the open") << QByteArray("open") << EROFS << 0 << PauseReason::FolderReadOnly;
    QTest::newRow("no permission") << QByteArray("open") << EACCES << 0 << PauseReason::FolderReadOnly;
    QTest::newRow("full at the journal") << QByteArray("write") << ENOSPC << 0 << PauseReason::DiskFull;
    QTest::newRow("full at a later journal") << QByteArray("write") << ENOSPC << 2 << PauseReason::DiskFull;
    QTest::newRow("full at the last sync") << QByteArray("part data") << ENOSPC << 0 << PauseReason::DiskFull;
    QTest::newRow("read-only at the final name") << QByteArray("rename") << EROFS << 0 << PauseReason::FolderReadOnly;
    QTest::newRow("full at the folder's sync") << QByteArray("fsync folder") << ENOSPC << 1 << PauseReason::DiskFull;
    QTest::newRow("gone at the final name") << QByteArray("rename") << ENOENT << 0 << PauseReason::FolderMissing;
}

void DownloadDisk::failingCallPausesAndGoesOn()
{
    QFETCH(QByteArray, call);
    QFETCH(int, error);
    QFETCH(int, before);
    QFETCH(PauseReason, reason);
    s_failingErrno = error;
    s_callsBefore = before;
    s_failingCall = call.constData();
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, reason));
    s_failingCall = nullptr;
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), Archive);
    // What had come was kept.
    if (call == "pwrite" && before > 0)
        QVERIFY(m_fixture->server->requests().back().header("range").startsWith("bytes="));
}

void DownloadDisk::fileSizeLimitIsNoEndOfTheProgram()
{
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{1000000, old.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    Reply unannounced = ranged(); // a length would be held against the limit before the first byte
    unannounced.framing = Reply::Framing::Chunked;
    const DownloadId id = startPublished({unannounced});
    const bool paused = waitForPause(id, PauseReason::FileTooLarge);
    setrlimit(RLIMIT_FSIZE, &old);
    QVERIFY(paused);
    QCOMPARE(QFileInfo(m_fixture->path(QStringLiteral(".part"))).size(), qint64(1000000));
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
}

void DownloadDisk::folderMissing()
{
    QDir(m_fixture->folder()).removeRecursively();
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, PauseReason::FolderMissing));
    QCOMPARE(m_fixture->server->requestCount(), 0);
    QDir().mkpath(m_fixture->folder());
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
}

void DownloadDisk::folderRemovedMeanwhile()
{
    Reply stalls = ranged();
    stalls.stallAfter = 700000;
    m_fixture->options.stallTimeout = std::chrono::seconds(30);
    const DownloadId id = startPublished({stalls, ranged()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 500000, 20000);
    QDir(m_fixture->folder()).removeRecursively();
    QVERIFY(waitForPause(id, PauseReason::FolderMissing));
    QDir().mkpath(m_fixture->folder());
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), Archive);
}

void DownloadDisk::nameTakenBefore()
{
    QVERIFY(write(m_fixture->path(), "mine"));
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, PauseReason::NameTaken));
    QCOMPARE(m_fixture->server->requestCount(), 0);
    QCOMPARE(test::contents(m_fixture->path()), QByteArray("mine"));
    QCOMPARE(QDir(m_fixture->folder()).entryList(QDir::Files).size(), 1);
}

void DownloadDisk::nameTakenMeanwhile()
{
    const DownloadId id = startPublished({slow()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 100000, 20000);
    QVERIFY(write(m_fixture->path(), "mine"));
    QVERIFY(waitForPause(id, PauseReason::NameTaken));
    QCOMPARE(test::contents(m_fixture->path()), QByteArray("mine"));
    QCOMPARE(test::contents(m_fixture->path(QStringLiteral(".part"))), Archive);
    QVERIFY(QFile::remove(m_fixture->path()));
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requestCount(), 1); // every byte was here
}

void DownloadDisk::strangersFilesStay_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("a part without journal") << QStringLiteral(".part") << QByteArray("somebody's");
    QTest::newRow("another program's journal") << QStringLiteral(".part.json") << QByteArray("{\"a\":1}");
    Journal other;
    other.job = JobId(QStringLiteral("another job"));
    other.fileName = DownloadFixture::fileName();
    QTest::newRow("another job's journal") << QStringLiteral(".part.json") << toJson(other);
}

void DownloadDisk::strangersFilesStay()
{
    QFETCH(QString, suffix);
    QFETCH(QByteArray, contents);
    QVERIFY(write(m_fixture->path(suffix), contents));
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, PauseReason::NameTaken));
    m_fixture->queue->cancel(id, true);
    QTest::qWait(100);
    QCOMPARE(test::contents(m_fixture->path(suffix)), contents);
    QCOMPARE(QDir(m_fixture->folder()).entryList(QDir::Files).size(), 1);
}

void DownloadDisk::linkIsNotFollowed()
{
    const QString outside = m_fixture->stateDir() + QStringLiteral("-outside");
    QVERIFY(write(outside, "precious"));
    QVERIFY(QFile::link(outside, m_fixture->path(QStringLiteral(".part"))));
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, PauseReason::NameTaken));
    QCOMPARE(test::contents(outside), QByteArray("precious"));
}

void DownloadDisk::twoCopiesOfTheProgram()
{
    Reply stalls = ranged();
    stalls.stallAfter = 700000;
    m_fixture->options.stallTimeout = std::chrono::seconds(60);
    const DownloadId id = startPublished({stalls, ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Receiving));
    DownloadQueue second(m_fixture->jobs.reader(), m_fixture->clock, m_fixture->stateDir() + QStringLiteral("2"),
                         m_fixture->options);
    const DownloadId other = *second.add(m_fixture->source(), m_fixture->folder());
    QVERIFY(QTest::qWaitFor([&] { return second.download(other)->state == DownloadState::Paused; }, 20000));
    QCOMPARE(second.download(other)->pauseReason, PauseReason::InUseElsewhere);
    QCOMPARE(m_fixture->server->requestCount(), 1);
    m_fixture->server->dropAll();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(test::contents(m_fixture->path()), Archive);
    QCOMPARE(m_fixture->server->requestCount(), 2);
}

void DownloadDisk::whatACopyLeftIsTakenOver()
{
    m_fixture->serve({slow()});
    auto first = std::make_unique<DownloadQueue>(m_fixture->jobs.reader(), m_fixture->clock, m_fixture->stateDir(),
                                                 m_fixture->options);
    auto second = std::make_unique<DownloadQueue>(m_fixture->jobs.reader(), m_fixture->clock, m_fixture->stateDir(),
                                                  m_fixture->options);
    second->restore();
    DownloadSource other = m_fixture->source();
    other.job = JobId(QStringLiteral("other"));
    other.fileName = QStringLiteral("other.tar.gz");
    const DownloadId firstId = *first->add(m_fixture->source(), m_fixture->folder());
    const DownloadId secondId = *second->add(other, m_fixture->folder());
    first->pause(firstId);
    second->pause(secondId);
    first.reset();
    second.reset();
    m_fixture->makeQueue();
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(2));
    QVERIFY(m_fixture->queue->download(firstId) && m_fixture->queue->download(secondId));
    m_fixture->makeQueue(); // once only
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(2));
}

void DownloadDisk::twoJobsWithOneName()
{
    m_fixture->serve({slow()});
    m_fixture->makeQueue();
    DownloadSource other = m_fixture->source();
    other.job = JobId(QStringLiteral("other"));
    const DownloadId first = m_fixture->add();
    const DownloadId second = *m_fixture->queue->add(other, m_fixture->folder());
    QVERIFY(m_fixture->download(first).localName != m_fixture->download(second).localName);
    QVERIFY(m_fixture->waitForState(first, DownloadState::IntactNotVerified));
    QVERIFY(m_fixture->waitForState(second, DownloadState::IntactNotVerified));
    QCOMPARE(test::contents(m_fixture->download(first).filePath), Archive);
    QCOMPARE(test::contents(m_fixture->download(second).filePath), Archive);
}

void DownloadDisk::tooLittleSpace()
{
    m_fixture->options.spaceReserve = qint64(1) << 60;
    const DownloadId id = startPublished({ranged()});
    QVERIFY(waitForPause(id, PauseReason::DiskFull));
    QCOMPARE(m_fixture->server->requestCount(), 0);
}

void DownloadDisk::estimateMayBeOverruled()
{
    m_fixture->serve({ranged()});
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    m_fixture->makeQueue();
    DownloadSource source = m_fixture->source();
    source.expectedFileSizeBytes = qint64(1) << 60;
    const DownloadId id = *m_fixture->queue->add(source, m_fixture->folder());
    QVERIFY(waitForPause(id, PauseReason::DiskFull));
    QCOMPARE(m_fixture->server->requestCount(), 0);
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
}

void DownloadDisk::othersSpaceCounts()
{
    m_fixture->serve({slow()});
    m_fixture->makeQueue();
    const auto space = disk::space(m_fixture->folder());
    QVERIFY(space);
    DownloadSource large = m_fixture->source();
    large.expectedFileSizeBytes = space->free / 10 * 6;
    DownloadSource other = large;
    other.job = JobId(QStringLiteral("other"));
    other.fileName = QStringLiteral("other.tar.gz");
    // The first one's answer names no length, so that its estimate goes on counting.
    m_fixture->serve({[] {
        Reply reply = slow();
        reply.framing = Reply::Framing::Chunked;
        return reply;
    }()});
    const DownloadId first = *m_fixture->queue->add(large, m_fixture->folder());
    QVERIFY(m_fixture->waitForState(first, DownloadState::Receiving));
    const DownloadId second = *m_fixture->queue->add(other, m_fixture->folder());
    QVERIFY(waitForPause(second, PauseReason::DiskFull));
    QVERIFY(m_fixture->waitForState(first, DownloadState::IntactNotVerified));
}

void DownloadDisk::unsafeNameStaysInside()
{
    m_fixture->serve({ranged()});
    const QString name = QStringLiteral("../../ev\nil.tar.gz");
    m_fixture->jobs.publish(name, sha1Of(Archive));
    m_fixture->makeQueue();
    DownloadSource source = m_fixture->source();
    source.fileName = name;
    const DownloadId id = *m_fixture->queue->add(source, m_fixture->folder());
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->download(id).source.fileName, name);
    QCOMPARE(QFileInfo(m_fixture->download(id).filePath).absolutePath(), m_fixture->folder());
    QCOMPARE(test::contents(m_fixture->download(id).filePath), Archive);
    QTRY_COMPARE(QDir(m_fixture->folder()).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void DownloadDisk::corruptTwice()
{
    Reply flipped = ranged();
    flipped.flipAt = 1000;
    const DownloadId id = startPublished({flipped});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Corrupt));
    const QString first = m_fixture->download(id).filePath;
    m_fixture->queue->retry(id);
    QTRY_VERIFY_WITH_TIMEOUT(
        m_fixture->download(id).filePath != first && m_fixture->download(id).state == DownloadState::Corrupt, 30000);
    QVERIFY(QFile::exists(first) && QFile::exists(m_fixture->download(id).filePath));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadDisk)
#include "download_disk_test.moc"
