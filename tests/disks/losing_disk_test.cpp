#include "disks/losing_disk.h"
#include "disks/plain_file.h"

#include <QTest>

#include <cstdio>

#include <sys/statvfs.h>

using namespace tidemark::test;

namespace {

/// The rules of DiskModel as a program sees them through the kernel.
class LosingDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_disk.reset(); }
    void losesWhatIsNotSynced();
    void losesNamesThatAreNotSynced();
    void losesAnUnsyncedRename();
    void keepsRenamesInAnyOrder();
    void aFailedSyncIsSaidOnceAndHasLost();
    void theCacheHidesWhatWasLost();
    void aSyncCanLie();
    void writebackFailsAfterTheWrite();
    void aFullDevice();
    void aFullDisk();
    void renamesWithoutReplacing();
    void opensGetErrorsAfterTheCut();

private:
    std::string path(const char *name) const { return m_disk->folder().toStdString() + '/' + name; }
    std::string root() const { return m_disk->folder().toStdString(); }
    void makeKept(const char *name, const std::string &data)
    {
        QCOMPARE(writeSynced(path(name), data), 0);
        QCOMPARE(syncFolder(root()), 0);
    }

    std::unique_ptr<LosingDisk> m_disk;
};

void LosingDiskTest::initTestCase()
{
    if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
}

void LosingDiskTest::init()
{
    m_disk = std::make_unique<LosingDisk>();
    QVERIFY2(m_disk->isMounted(), qPrintable(m_disk->problem()));
}

void LosingDiskTest::losesWhatIsNotSynced()
{
    makeKept("a", "one");
    {
        const PlainFile file(path("a"), O_RDWR);
        QCOMPARE(file.write("two, longer"), 0);
        QCOMPARE(file.read(), std::string("two, longer"));
    }
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("a")), std::string("one"));
}

void LosingDiskTest::losesNamesThatAreNotSynced()
{
    QCOMPARE(writeSynced(path("bytes"), "x"), 0); // the bytes are kept, the name is not
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("bytes")), std::string("missing"));
    QCOMPARE(PlainFile(path("name"), O_RDWR | O_CREAT).write("x"), 0);
    QCOMPARE(syncFolder(root()), 0); // and the other way round
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("name")), std::string());
}

void LosingDiskTest::losesAnUnsyncedRename()
{
    makeKept("part", "x");
    QCOMPARE(std::rename(path("part").c_str(), path("final").c_str()), 0);
    QCOMPARE(contentsOf(path("final")), std::string("x"));
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("final")), std::string("missing"));
    QCOMPARE(contentsOf(path("part")), std::string("x"));

    // The name without the bytes: a file that is renamed before it is synced.
    QCOMPARE(PlainFile(path("late"), O_RDWR | O_CREAT).write("y"), 0);
    QCOMPARE(std::rename(path("late").c_str(), path("final").c_str()), 0);
    QVERIFY(m_disk->cut(QStringLiteral("keep")));
    QCOMPARE(contentsOf(path("final")), std::string());
}

void LosingDiskTest::keepsRenamesInAnyOrder()
{
    QCOMPARE(::mkdir(path("first").c_str(), 0700), 0);
    QCOMPARE(::mkdir(path("second").c_str(), 0700), 0);
    makeKept("a", "a");
    makeKept("b", "b");
    QCOMPARE(std::rename(path("a").c_str(), path("first/a").c_str()), 0);
    QCOMPARE(std::rename(path("b").c_str(), path("second/b").c_str()), 0);
    QCOMPARE(syncFolder(path("second")), 0); // the later one is kept
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("a")), std::string("a"));
    QCOMPARE(contentsOf(path("first/a")), std::string("missing"));
    QCOMPARE(contentsOf(path("b")), std::string("missing"));
    QCOMPARE(contentsOf(path("second/b")), std::string("b"));
}

void LosingDiskTest::aFailedSyncIsSaidOnceAndHasLost()
{
    makeKept("a", "one");
    const PlainFile file(path("a"), O_RDWR);
    QCOMPARE(file.write("two"), 0);
    QCOMPARE(m_disk->tell(QStringLiteral("fail-sync 2 lose")), QStringLiteral("ok"));
    QCOMPARE(syncFolder(root()), 0);
    QCOMPARE(file.sync(), EIO);
    QCOMPARE(file.sync(), 0);
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("a")), std::string("one"));
}

void LosingDiskTest::theCacheHidesWhatWasLost()
{
    const std::string one(8192, '1');
    const std::string two(8192, '2');
    makeKept("a", one);
    const PlainFile file(path("a"), O_RDWR);
    QCOMPARE(file.write(two), 0);
    m_disk->tell(QStringLiteral("fail-sync 1 lose"));
    QCOMPARE(file.sync(), EIO);
    QVERIFY(file.read() == two); // who hashes now hashes what is not there
    QVERIFY(contentsOf(path("a")) == two);
    file.dropCache();
    QVERIFY(file.read() == one);
}

void LosingDiskTest::aSyncCanLie()
{
    makeKept("a", "one");
    const PlainFile file(path("a"), O_RDWR);
    QCOMPARE(file.write("two"), 0);
    m_disk->tell(QStringLiteral("fail-sync 1 lie"));
    QCOMPARE(file.sync(), 0);
    QVERIFY(m_disk->cut());
    QCOMPARE(contentsOf(path("a")), std::string("one"));
}

void LosingDiskTest::writebackFailsAfterTheWrite()
{
    makeKept("a", "one");
    const PlainFile file(path("a"), O_RDWR);
    QCOMPARE(file.write("two"), 0);
    QCOMPARE(m_disk->tell(QStringLiteral("fail-writeback")), QStringLiteral("ok"));
    QCOMPARE(file.sync(), EIO);
    QCOMPARE(file.sync(), 0);
    file.dropCache();
    QCOMPARE(file.read(), std::string("one"));
}

void LosingDiskTest::aFullDevice()
{
    QCOMPARE(m_disk->tell(QStringLiteral("device-limit 8192")), QStringLiteral("ok"));
    const PlainFile file(path("a"), O_RDWR | O_CREAT);
    QCOMPARE(file.write(std::string(12288, 'x')), 0);
    QCOMPARE(file.sync(), EIO);
    QCOMPARE(file.sync(), 0);
    QCOMPARE(syncFolder(root()), 0);
    QVERIFY(m_disk->cut());
    QVERIFY(contentsOf(path("a")) == std::string(8192, 'x') + std::string(4096, '\0'));
}

void LosingDiskTest::aFullDisk()
{
    QCOMPARE(m_disk->tell(QStringLiteral("capacity 1048576")), QStringLiteral("ok"));
    const PlainFile file(path("a"), O_RDWR | O_CREAT);
    QCOMPARE(file.write(std::string(1000000, 'x')), 0);
    QCOMPARE(file.write(std::string(100000, 'y'), 1000000), ENOSPC);
    struct statvfs figures
    {
    };
    QCOMPARE(::statvfs(root().c_str(), &figures), 0);
    QVERIFY(figures.f_bavail * figures.f_frsize < 100000);
}

void LosingDiskTest::renamesWithoutReplacing()
{
    makeKept("a", "a");
    makeKept("b", "b");
    QCOMPARE(::renameat2(AT_FDCWD, path("a").c_str(), AT_FDCWD, path("b").c_str(), RENAME_NOREPLACE), -1);
    QCOMPARE(errno, EEXIST);
    QCOMPARE(::renameat2(AT_FDCWD, path("a").c_str(), AT_FDCWD, path("c").c_str(), RENAME_NOREPLACE), 0);
    QCOMPARE(contentsOf(path("c")), std::string("a"));
}

void LosingDiskTest::opensGetErrorsAfterTheCut()
{
    const PlainFile file(path("a"), O_RDWR | O_CREAT);
    QCOMPARE(file.write("one"), 0);
    QVERIFY(m_disk->cut());
    QVERIFY(file.write("two") != 0);
    QVERIFY(file.sync() != 0);
    QCOMPARE(contentsOf(path("a")), std::string("missing"));
    makeKept("a", "new");
    QCOMPARE(contentsOf(path("a")), std::string("new"));
}

} // namespace

QTEST_GUILESS_MAIN(LosingDiskTest)
#include "losing_disk_test.moc"
