#include "archive/archive_threads.h"
#include "archive/unpack_space.h"
#include "support/archive_builder.h"
#include "unpack_bench.h"

#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Where it goes: names that are taken, what a crash left, the room on the disk.
class UnpackPlaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overwritesNothing();
    void followsNoLinkThatIsThere();
    void namesAppearOnlyAtTheEnd();
    void leavesNothingWhenStopped();
    void removesWhatACrashLeft();
    void leavesOthersAlone();
    void judgesSpace_data();
    void judgesSpace();
    void looksAtSpaceBeforeTheFirstByte();
    void looksAtSpaceWhileItWrites();
    void archivesHaveThreadsOfTheirOwn();

private:
    UnpackBench m_bench;
};

void UnpackPlaceTest::overwritesNothing()
{
    const QString archive = m_bench.write(
        gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "new"}, {QStringLiteral("b"), noise(2000000, 1)}})));
    const QTemporaryDir target;
    QVERIFY(UnpackBench::sh(target.path(), QStringLiteral("mkdir rs0; printf old >rs0/a")));
    qint64 read = 0;
    const auto unpacked = unpackArchive(archive, target.path(), [&read](qint64 bytes) {
        read = bytes;
        return true;
    });
    QVERIFY2(read < 1000000, "said only after all was unpacked");
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
    QVERIFY(!unpacked.error().hint.isEmpty());
    QCOMPARE(UnpackBench::contentsOf(target.filePath(QStringLiteral("rs0/a"))), QByteArray("old"));
    QCOMPARE(UnpackBench::namesIn(target.path()), QStringList{QStringLiteral("rs0")});

    // A name that is taken only after the first look.
    const QTemporaryDir later;
    const auto second = unpackArchive(archive, later.path(), [&later](qint64 bytes) {
        return bytes == 0 || QDir(later.path()).mkpath(QStringLiteral("rs0/mine"));
    });
    QVERIFY(!second);
    QCOMPARE(UnpackBench::namesIn(later.path()), QStringList{QStringLiteral("rs0")});
    QCOMPARE(UnpackBench::namesIn(later.filePath(QStringLiteral("rs0"))), QStringList{QStringLiteral("mine")});
}

void UnpackPlaceTest::followsNoLinkThatIsThere()
{
    const QString archive = m_bench.write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "new"}})));
    const QTemporaryDir elsewhere;
    const QTemporaryDir target;
    QVERIFY(QFile::link(elsewhere.path(), target.filePath(QStringLiteral("rs0"))));
    QVERIFY(!unpackArchive(archive, target.path()));
    QVERIFY(QDir(elsewhere.path()).isEmpty());
}

void UnpackPlaceTest::namesAppearOnlyAtTheEnd()
{
    const QTemporaryDir target;
    int seen = 0;
    const auto unpacked = unpackArchive(m_bench.write(makeArchive(2000000)), target.path(), [&](qint64) {
        const QStringList names = UnpackBench::namesIn(target.path());
        if (names.size() == 1 && names.first().startsWith(QLatin1String(".tidemark-unpacking-")))
            ++seen;
        return names.size() <= 1 && !names.join(QString()).startsWith(QLatin1String("rs0"));
    });
    QVERIFY2(unpacked, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QVERIFY(seen > 4);
}

void UnpackPlaceTest::leavesNothingWhenStopped()
{
    const QString archive = m_bench.write(makeArchive(2000000));
    int calls = 0;
    const QTemporaryDir first;
    QVERIFY(unpackArchive(archive, first.path(), [&calls](qint64) { return ++calls > 0; }));
    QVERIFY(calls > 8);
    for (int at = 0; at < calls; ++at) { // wherever it is asked
        const QTemporaryDir target;
        int left = at;
        const auto unpacked = unpackArchive(archive, target.path(), [&left](qint64) { return left-- > 0; });
        QVERIFY2(!unpacked, qPrintable(QString::number(at)));
        QCOMPARE(unpacked.error().kind, ErrorKind::Cancelled);
        QVERIFY(UnpackBench::namesIn(target.path()).isEmpty());
    }
}

void UnpackPlaceTest::removesWhatACrashLeft()
{
    const QString archive = m_bench.write(makeArchive(2000000));
    const QTemporaryDir target;
    const pid_t child = ::fork();
    if (child == 0) {
        unpackArchive(archive, target.path(), [](qint64 bytes) {
            if (bytes > 1000000)
                ::_exit(9);
            return true;
        });
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 9);
    const QStringList left = UnpackBench::namesIn(target.path());
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().startsWith(QLatin1String(".tidemark-unpacking-")));

    const auto unpacked = unpackArchive(archive, target.path());
    QVERIFY2(unpacked, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QCOMPARE(unpacked->leftoversRemoved, 1);
    QVERIFY(unpacked->leftoversKept.isEmpty());
    QCOMPARE(UnpackBench::namesIn(target.path()), QStringList{QFileInfo(unpacked->directory).fileName()});
}

void UnpackPlaceTest::leavesOthersAlone()
{
    const QTemporaryDir target;
    // A person's own things of such a name: a file, a link, and a folder without the lock to judge it by.
    QVERIFY(UnpackBench::sh(
        target.path(), QStringLiteral("touch .tidemark-unpacking-1; ln -s /tmp .tidemark-unpacking-2; "
                                      "mkdir -p .tidemark-unpacking-3/files; touch .tidemark-unpacking-3/files/a")));
    const QString archive = m_bench.write(makeArchive(1000000));
    const QString other = m_bench.path(QStringLiteral("other.tar.gz"));
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(gzip(makeTar(QStringLiteral("rs1"), {{QStringLiteral("a"), "1"}})));
    file.close();
    std::optional<Result<Unpacked>> second; // while the first is at work
    const auto first = unpackArchive(archive, target.path(), [&](qint64 bytes) {
        if (bytes > 500000 && !second)
            second = unpackArchive(other, target.path());
        return true;
    });
    QVERIFY2(first, qPrintable(UnpackBench::sentenceOf(first)));
    QVERIFY(second && *second);
    QCOMPARE((*second)->leftoversRemoved, 0);
    QCOMPARE((*second)->leftoversKept, QStringList{target.filePath(QStringLiteral(".tidemark-unpacking-3"))});
    QCOMPARE(UnpackBench::namesIn(target.path()).size(), 5);
}

void UnpackPlaceTest::judgesSpace_data()
{
    QTest::addColumn<qint64>("free"); // -1: unknown
    QTest::addColumn<qint64>("needed");
    QTest::addColumn<qint64>("reserve");
    QTest::addColumn<bool>("enough");
    QTest::newRow("enough") << qint64(1000) << qint64(100) << qint64(50) << true;
    QTest::newRow("just enough") << qint64(150) << qint64(100) << qint64(50) << true;
    QTest::newRow("one byte short") << qint64(149) << qint64(100) << qint64(50) << false;
    QTest::newRow("less than the reserve") << qint64(10) << qint64(1) << qint64(50) << false;
    QTest::newRow("nothing needed") << qint64(10) << qint64(0) << qint64(50) << true;
    QTest::newRow("unknown") << qint64(-1) << qint64(100) << qint64(50) << true;
    QTest::newRow("more than there is") << qint64(1000) << std::numeric_limits<qint64>::max() << qint64(50) << false;
}

void UnpackPlaceTest::judgesSpace()
{
    QFETCH(qint64, free);
    QFETCH(qint64, needed);
    QFETCH(qint64, reserve);
    QFETCH(bool, enough);
    const auto objection =
        unpackSpaceObjection({free < 0 ? std::nullopt : std::optional<qint64>(free), needed, reserve});
    QCOMPARE(!objection.has_value(), enough);
    if (objection)
        QCOMPARE(objection->kind, ErrorKind::Disk);
}

void UnpackPlaceTest::looksAtSpaceBeforeTheFirstByte()
{
    const QString archive = m_bench.write(makeArchive(2000000));
    const QTemporaryDir target;
    qint64 read = 0;
    UnpackOptions options;
    options.freeSpace = [&](int) { return QFileInfo(archive).size() + options.reserveBytes - 1; };
    const auto unpacked = unpackArchive(
        archive, target.path(),
        [&read](qint64 bytes) {
            read = bytes;
            return true;
        },
        options);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
    QCOMPARE(read, qint64(0));
    QVERIFY(UnpackBench::namesIn(target.path()).isEmpty());
}

void UnpackPlaceTest::looksAtSpaceWhileItWrites()
{
    // 70 MiB of zeros pack into very little: no look at the archive's size would tell.
    const QString archive = m_bench.write(
        gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), QByteArray(70 * 1024 * 1024, '\0')}})));
    const auto unpackWith = [&archive](std::vector<qint64> answers) {
        const QTemporaryDir target;
        UnpackOptions options;
        options.reserveBytes = 0;
        options.freeSpace = [answers, at = std::size_t(0)](int) mutable {
            return answers.at(std::min(at++, answers.size() - 1));
        };
        const auto unpacked = unpackArchive(archive, target.path(), {}, options);
        return unpacked || !UnpackBench::namesIn(target.path()).isEmpty() ? QStringLiteral("unpacked")
                                                                          : unpacked.error().sentence;
    };
    const qint64 plenty = 1000LL * 1024 * 1024;
    QVERIFY(unpackWith({plenty, plenty, plenty}) == QLatin1String("unpacked"));
    const QString beforeTheFile = unpackWith({plenty, plenty / 100});
    QVERIFY2(beforeTheFile.contains(QLatin1String("room")), qPrintable(beforeTheFile));
    const QString afterAWhile = unpackWith({plenty, plenty, 1000});
    QVERIFY2(afterAWhile.contains(QLatin1String("room")), qPrintable(afterAWhile));
}

void UnpackPlaceTest::archivesHaveThreadsOfTheirOwn()
{
    // Archive work that never ends keeps the others' threads free, and theirs the archives'.
    QSemaphore hang;
    const int theirs = QThreadPool::globalInstance()->maxThreadCount();
    const auto letGo = qScopeGuard([&hang, theirs] {
        hang.release(theirs + 1);
        QThreadPool::globalInstance()->waitForDone();
        archiveThreads().waitForDone();
    });
    for (int i = 0; i < theirs; ++i)
        QThreadPool::globalInstance()->start([&hang] { hang.acquire(); });
    const QFuture<int> done = onArchiveThread([] { return 7; });
    QTRY_VERIFY(done.isFinished());
    QCOMPARE(done.result(), 7);
    hang.release(theirs);
    QThreadPool::globalInstance()->waitForDone();

    const QFuture<int> hanging = onArchiveThread([&hang] {
        hang.acquire();
        return 1;
    });
    QTRY_COMPARE(archiveThreads().activeThreadCount(), 1);
    QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
    hang.release();
    QTRY_VERIFY(hanging.isFinished());
}

} // namespace

QTEST_GUILESS_MAIN(UnpackPlaceTest)
#include "unpack_place_test.moc"
