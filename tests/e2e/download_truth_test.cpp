/// What is called Verified is on the disk, and what is on the disk is not lost: failed syncs, foreign hands, restarts.
#include "downloads/disk.h"
#include "downloads/journal.h"
#include "support/download_fixture.h"

#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray Archive = makeArchive(2000000, 31);
const QByteArray Other = makeArchive(2000000, 32);

/// A disk that fails a sync of the part once and forgets what it had not written, as the kernel does.
std::atomic<int> s_syncsBeforeFailure{-1};
std::atomic<long> s_fileSystem{0}; ///< its type, in place of the real one

void forgetUnsynced(int descriptor)
{
    const QByteArray name = "/proc/self/fd/" + QByteArray::number(descriptor);
    struct stat status = {};
    const int file = ::open(name.constData(), O_WRONLY | O_CLOEXEC);
    if (file < 0 || ::fstat(file, &status) != 0)
        return;
    const QByteArray zeros(100000, '\0');
    (void)::pwrite(file, zeros.constData(), static_cast<size_t>(zeros.size()), status.st_size - zeros.size());
    ::close(file);
}

int losingDisk(const disk::Step &step)
{
    if (step.sync == disk::Sync::PartData && s_syncsBeforeFailure >= 0 && s_syncsBeforeFailure-- == 0) {
        forgetUnsynced(step.descriptor);
        return ENOSPC;
    }
    return 0;
}

constexpr disk::Seam LosingDisk{
    .before = losingDisk,
    .fileSystemType = [](const char *, long real) { return s_fileSystem ? s_fileSystem.load() : real; },
};

Reply ranged(const QByteArray &body = Archive)
{
    return Reply{.body = body, .framing = Reply::Framing::Length, .ranges = true, .etag = "\"a\""};
}

Reply slow()
{
    Reply reply = ranged();
    reply.chunkPauseMs = 40;
    return reply;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

bool overwriteMiddle(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(1000) && file.write("somebody else was here") > 0;
}

class DownloadTruth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void failedSyncIsNeverForgotten();
    void foreignWriteIsSeen_data();
    void foreignWriteIsSeen();
    void changedBeforeTheRename_data();
    void changedBeforeTheRename();
    void partWithoutJournalIsAdopted();
    void killBetweenLastByteAndJournal();
    void listLostBeforeItWasSaved_data();
    void listLostBeforeItWasSaved();
    void newBeginningDestroysNothing_data();
    void newBeginningDestroysNothing();
    void textInARangeIsRefused();
    void fatIsAskedBeforehand();
    void ownFilesStay_data();
    void ownFilesStay();
    void sameIdTwiceIsOnce();
    void sharedFolderHasOneOwner();
    void movesWithItsBytes();
    void movesNothingThatMayBeLost();

private:
    DownloadId start(const QList<Reply> &script, const QByteArray &published = Archive);
    QByteArray final() const { return test::contents(m_fixture->path()); }
    QString part() const { return m_fixture->path(QStringLiteral(".part")); }
    std::unique_ptr<DownloadFixture> m_fixture;
};

void DownloadTruth::init()
{
    m_fixture = std::make_unique<DownloadFixture>();
    disk::setSeam(&LosingDisk);
}

void DownloadTruth::cleanup()
{
    s_syncsBeforeFailure = -1;
    s_fileSystem = 0;
    m_fixture.reset();
    disk::setSeam(nullptr);
}

DownloadId DownloadTruth::start(const QList<Reply> &script, const QByteArray &published)
{
    m_fixture->serve(script);
    if (!published.isEmpty())
        m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(published));
    m_fixture->makeQueue();
    return m_fixture->add();
}

void DownloadTruth::failedSyncIsNeverForgotten()
{
    s_syncsBeforeFailure = 0;
    const DownloadId id = start({ranged()});
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).pauseReason, PauseReason::DiskFull);
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(final() == Archive);
    QCOMPARE(m_fixture->server->requestCount(), 2); // what was not on the disk came again
}

void DownloadTruth::foreignWriteIsSeen_data()
{
    QTest::addColumn<bool>("truncates");
    QTest::newRow("other bytes") << false;
    QTest::newRow("truncated") << true;
}

void DownloadTruth::foreignWriteIsSeen()
{
    QFETCH(bool, truncates);
    const DownloadId id = start({slow()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 200000, 20000);
    QVERIFY(truncates ? QFile::resize(part(), 1000) : overwriteMiddle(part()));
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).state, truncates ? DownloadState::Failed : DownloadState::Corrupt);
    QVERIFY(!m_fixture->download(id).error->sentence.isEmpty());
    QVERIFY(!QFile::exists(m_fixture->path()));
    m_fixture->queue->retry(id);
    QVERIFY(QTest::qWaitFor([&] { return m_fixture->download(id).state == DownloadState::Verified; }, 20000));
    QVERIFY(final() == Archive);
}

void DownloadTruth::changedBeforeTheRename_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("other bytes") << 0;
    QTest::newRow("another file in its place") << 1;
}

void DownloadTruth::changedBeforeTheRename()
{
    QFETCH(int, how);
    // While the hash is waited for.
    m_fixture->options.hashWait = std::chrono::seconds(20);
    const DownloadId id = start({ranged()}, {});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verifying));
    QTRY_VERIFY(m_fixture->download(id).sha1 == sha1Of(Archive));
    if (how == 0) {
        QVERIFY(overwriteMiddle(part()));
    } else {
        QVERIFY(QFile::remove(part()));
        QVERIFY(write(part(), Other));
    }
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    QVERIFY(m_fixture->waitForRest(id));
    QVERIFY(m_fixture->download(id).state != DownloadState::Verified);
    QVERIFY(!QFile::exists(m_fixture->path()));
    QVERIFY(m_fixture->download(id).error);
}

void DownloadTruth::partWithoutJournalIsAdopted()
{
    const DownloadId id = start({slow(), ranged()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 200000, 20000);
    m_fixture->queue->pause(id);
    m_fixture->makeQueue();
    QVERIFY(QFile::remove(m_fixture->path(QStringLiteral(".part.json"))));
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(m_fixture->server->requests().back().header("range").startsWith("bytes="));
    QVERIFY(final() == Archive);
}

void DownloadTruth::killBetweenLastByteAndJournal()
{
    m_fixture->serve({Reply{.status = 403}});
    Journal journal;
    journal.job = m_fixture->jobs.job.id;
    journal.fileName = DownloadFixture::fileName();
    journal.totalBytes = Archive.size();
    journal.bootId = disk::bootId();
    QVERIFY(write(part(), Archive));
    QVERIFY(writeJournal(m_fixture->path(QStringLiteral(".part.json")), journal));
    m_fixture->jobs.job.delivery.status = DeliveryStatus::MaxDownloadsExceeded;
    m_fixture->jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    m_fixture->makeQueue();
    const DownloadId id = m_fixture->add();
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->server->requestCount(), 0);
}

void DownloadTruth::listLostBeforeItWasSaved_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<DownloadState>("state");
    QTest::newRow("verified") << QString() << DownloadState::Verified;
    QTest::newRow("corrupt") << QStringLiteral(".corrupt") << DownloadState::Corrupt;
}

/// The download is ordered anew and finds the work of its forerunner, whose journal goes with the end.
void DownloadTruth::listLostBeforeItWasSaved()
{
    QFETCH(QString, suffix);
    QFETCH(DownloadState, state);
    Journal journal;
    journal.owner = DownloadId(QStringLiteral("forerunner"));
    journal.job = m_fixture->source().job;
    journal.fileName = DownloadFixture::fileName();
    journal.syncedBytes = journal.totalBytes = Archive.size();
    journal.bootId = disk::bootId();
    journal.complete = true;
    journal.sha1 = sha1Of(Archive);
    QVERIFY(writeJournal(m_fixture->path(QStringLiteral(".part.json")), journal));
    QVERIFY(write(m_fixture->path(suffix), Archive));
    const DownloadId id = start({ranged()});
    QVERIFY(m_fixture->waitForState(id, state));
    QCOMPARE(m_fixture->server->requestCount(), 0);
    QTRY_VERIFY(!QFile::exists(m_fixture->path(QStringLiteral(".part.json"))));
}

void DownloadTruth::newBeginningDestroysNothing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a page") << "<html>" + QByteArray(3000, 'x');
    QTest::newRow("a packed page") << gzip("<html>" + QByteArray(3000, 'x'));
    QTest::newRow("noise") << noise(100000, 7);
    QTest::newRow("three bytes") << QByteArray("\x1f\x8b\x08");
}

void DownloadTruth::newBeginningDestroysNothing()
{
    QFETCH(QByteArray, body);
    Reply cut = ranged();
    cut.cutAfter = 900000;
    Reply intruder{.body = body, .framing = Reply::Framing::Length};
    intruder.headers = {"Content-Type: text/html", "Content-Encoding: gzip"};
    const DownloadId id = start({cut, intruder, ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(final() == Archive);
    QCOMPARE(m_fixture->server->requests().back().header("range"), QByteArray("bytes=900000-"));
}

void DownloadTruth::textInARangeIsRefused()
{
    Reply cut = ranged();
    cut.cutAfter = 900000;
    Reply lie = ranged(Archive.left(900000) + QByteArray(Archive.size() - 900000, 'x'));
    lie.etag = "\"a\"";
    const DownloadId id = start({cut, lie, ranged()});
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QVERIFY(final() == Archive);
}

void DownloadTruth::fatIsAskedBeforehand()
{
    s_fileSystem = MSDOS_SUPER_MAGIC;
    Reply large = ranged();
    large.announce = qint64(5) << 30;
    const DownloadId id = start({large});
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).pauseReason, PauseReason::FileTooLarge);
    m_fixture->queue.reset(); // the worker is gone
    QCOMPARE(QFileInfo(part()).size(), qint64(0));
}

void DownloadTruth::ownFilesStay_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("mine") << QByteArray("mine");
}

void DownloadTruth::ownFilesStay()
{
    QFETCH(QByteArray, contents);
    const DownloadId id = start({slow()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 200000, 20000);
    QVERIFY(write(m_fixture->path(), contents));
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).pauseReason, PauseReason::NameTaken);
    m_fixture->queue->resume(id); // with everything complete: the name is still somebody's
    QTest::qWait(300);
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).pauseReason, PauseReason::NameTaken);
    QVERIFY(QFile::exists(m_fixture->path()));
    QCOMPARE(final(), contents);
}

void DownloadTruth::movesWithItsBytes()
{
    const DownloadId id = start({slow(), ranged()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 200000, 20000);
    m_fixture->queue->pause(id);
    const QString other = m_fixture->folder() + QStringLiteral("-other");
    QVERIFY(QDir().mkpath(other));
    m_fixture->queue->moveToFolder(id, other);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QCOMPARE(m_fixture->download(id).filePath, other + QLatin1Char('/') + DownloadFixture::fileName());
    QVERIFY(test::contents(m_fixture->download(id).filePath) == Archive);
    QVERIFY(m_fixture->server->requests().back().header("range").startsWith("bytes="));
    QTRY_VERIFY(QDir(m_fixture->folder()).isEmpty());
}

/// Where locks do not reach other machines.
void DownloadTruth::movesNothingThatMayBeLost()
{
    const DownloadId id = start({slow(), ranged()});
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->download(id).bytesReceived > 200000, 20000);
    m_fixture->queue->pause(id);
    m_fixture->queue.reset();
    // The power was cut: what came after the last sync is zeros.
    const QString journalPath = m_fixture->path(QStringLiteral(".part.json"));
    auto journal = readJournal(journalPath);
    QVERIFY(journal);
    journal->syncedBytes = 100000;
    journal->bootId = QStringLiteral("an earlier start of the machine");
    QVERIFY(writeJournal(journalPath, *journal));
    QFile file(part());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100000));
    file.write(QByteArray(static_cast<qsizetype>(file.size()) - 100000, '\0'));
    file.close();
    m_fixture->makeQueue();
    m_fixture->queue->pause(id);
    const QString other = m_fixture->folder() + QStringLiteral("-other");
    QVERIFY(QDir().mkpath(other));
    m_fixture->queue->moveToFolder(id, other);
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).state, DownloadState::Verified);
    QCOMPARE(m_fixture->server->requests().back().header("range"), QByteArray("bytes=100000-"));
}

void DownloadTruth::sharedFolderHasOneOwner()
{
    s_fileSystem = V9FS_MAGIC;
    const QString owner = part() + QStringLiteral(".owner");
    QVERIFY(write(owner, "{\"host\":\"another\",\"boot\":\"another\",\"process\":1}"));
    const DownloadId id = start({slow()});
    QVERIFY(m_fixture->waitForRest(id));
    QCOMPARE(m_fixture->download(id).pauseReason, PauseReason::InUseElsewhere);
    QCOMPARE(m_fixture->server->requestCount(), 0);
    QVERIFY(QFile::remove(owner)); // it is done
    m_fixture->queue->resume(id);
    QVERIFY(m_fixture->waitForState(id, DownloadState::Receiving));
    QVERIFY(QFile::exists(owner));
    QVERIFY(m_fixture->waitForState(id, DownloadState::Verified));
    QTRY_VERIFY(!QFile::exists(owner));
}

void DownloadTruth::sameIdTwiceIsOnce()
{
    const DownloadId id = start({slow()});
    m_fixture->queue->pause(id);
    m_fixture->queue.reset();
    const QString list = m_fixture->stateDir() + QStringLiteral("/downloads.json");
    QVERIFY(QFile::copy(list, m_fixture->stateDir() + QStringLiteral("/downloads-2.json")));
    m_fixture->makeQueue();
    QCOMPARE(m_fixture->queue->downloads().size(), size_t(1));
}

} // namespace

QTEST_GUILESS_MAIN(DownloadTruth)
#include "download_truth_test.moc"
