#include "disks/loop_disk.h"
#include "disks/plain_file.h"

#include <QTest>

using namespace tidemark::test;

namespace {

class LoopDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void losesWhatIsNotSynced();
    void writebackFailsAfterTheWrite();

private:
    static std::string path(const LoopDisk &disk, const char *name) { return disk.folder().toStdString() + '/' + name; }
};

void LoopDiskTest::initTestCase()
{
    if (const QString why = LoopDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
}

void LoopDiskTest::losesWhatIsNotSynced()
{
    LoopDisk disk(32, 64);
    QVERIFY2(disk.isMounted(), qPrintable(disk.problem()));
    QCOMPARE(writeSynced(path(disk, "synced"), "one"), 0);
    QCOMPARE(syncFolder(disk.folder().toStdString()), 0);
    const PlainFile file(path(disk, "unsynced"), O_RDWR | O_CREAT);
    QCOMPARE(file.write("two"), 0);
    QVERIFY2(disk.cut(), qPrintable(disk.problem()));
    QCOMPARE(contentsOf(path(disk, "synced")), std::string("one"));
    QVERIFY(contentsOf(path(disk, "unsynced")) != "two"); // without a name or without its bytes
}

void LoopDiskTest::writebackFailsAfterTheWrite()
{
    LoopDisk disk(64, 16);
    QVERIFY2(disk.isMounted(), qPrintable(disk.problem()));
    const std::string megabyte(1 << 20, 'x');
    const PlainFile file(path(disk, "a"), O_RDWR | O_CREAT);
    for (int i = 0; i < 24; ++i) // more than there is room for behind
        QCOMPARE(file.write(megabyte, off_t(i) << 20), 0);
    const int said = file.sync();
    QVERIFY2(said == EIO || said == ENOSPC, qPrintable(QString::number(said)));
    int times = 1; // ENOSPC and EIO are said once each
    while (file.sync() != 0 && times < 5)
        ++times;
    QVERIFY(times < 5);
    file.dropCache();
    const PlainFile again(path(disk, "a"), O_RDONLY);
    bool isWhole = true;
    for (int i = 0; i < 24; ++i)
        isWhole = isWhole && again.read(off_t(i) << 20) == megabyte;
    QVERIFY(!isWhole);
}

} // namespace

QTEST_GUILESS_MAIN(LoopDiskTest)
#include "loop_disk_test.moc"
