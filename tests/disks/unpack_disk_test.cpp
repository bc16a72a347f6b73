#include "archive/unpack.h"
#include "disks/loop_disk.h"
#include "disks/losing_disk.h"
#include "support/archive_builder.h"

#include <QDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// What unpackArchive promises, on disks that lose: what bears the archive's names is whole after a power cut, and what
/// it called unpacked is there.
class UnpackDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void survivesAPowerCutAfterwards_data();
    void survivesAPowerCutAfterwards();
    void anyFailedSyncFailsTheWhole_data();
    void anyFailedSyncFailsTheWhole();
    void aPowerCutAnywhereLeavesNothingHalf();
    void failsOnAFullDisk_data();
    void failsOnAFullDisk();
    void failsWhereThereIsNoRoomBehindExt4();

private:
    static UnpackOptions anySpace()
    {
        UnpackOptions options;
        options.freeSpace = [](int) { return std::nullopt; };
        return options;
    }
    /// "nothing", "whole", or what is wrong.
    QString left(const QString &folder) const
    {
        const QStringList names = QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        if (names.isEmpty())
            return QStringLiteral("nothing");
        for (const auto &[name, contents] : m_files) {
            QFile file(folder + QStringLiteral("/rs0/") + name);
            if (!file.open(QIODevice::ReadOnly) || file.readAll() != contents)
                return name + QStringLiteral(" is wrong");
        }
        return QStringLiteral("whole");
    }

    QTemporaryDir m_dir;
    QString m_archive;
    QList<std::pair<QString, QByteArray>> m_files;
};

void UnpackDiskTest::initTestCase()
{
    m_files = {{QStringLiteral("restoreInfo.txt"), "x"},
               {QStringLiteral("journal/log"), noise(100000, 1)},
               {QStringLiteral("collection.wt"), noise(3000000, 2)}};
    QFile file(m_dir.filePath(QStringLiteral("a.tar.gz")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(gzip(makeTar(QStringLiteral("rs0"), m_files)));
    m_archive = file.fileName();
}

void UnpackDiskTest::survivesAPowerCutAfterwards_data()
{
    QTest::addColumn<QString>("names");
    for (const char *how : {"drop", "keep", "some"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void UnpackDiskTest::survivesAPowerCutAfterwards()
{
    QFETCH(QString, names);
    if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    LosingDisk disk;
    QVERIFY(unpackArchive(m_archive, disk.folder()));
    QVERIFY(disk.cut(names));
    QCOMPARE(left(disk.folder()), QStringLiteral("whole"));
}

void UnpackDiskTest::anyFailedSyncFailsTheWhole_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("what was written is lost") << QStringLiteral("lose");
    QTest::newRow("what was written is kept") << QStringLiteral("keep");
}

void UnpackDiskTest::anyFailedSyncFailsTheWhole()
{
    QFETCH(QString, how);
    if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    qint64 syncs = 0;
    {
        LosingDisk disk;
        QVERIFY(unpackArchive(m_archive, disk.folder()));
        syncs = disk.syncs();
    }
    QVERIFY(syncs >= m_files.size() + 3); // each file, each of the folders
    for (qint64 n = 1; n <= syncs; ++n) {
        LosingDisk disk;
        disk.tell(QStringLiteral("fail-sync %1 %2").arg(n).arg(how));
        const auto unpacked = unpackArchive(m_archive, disk.folder());
        QVERIFY2(!unpacked, qPrintable(QString::number(n)));
        QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
        QVERIFY(QDir(disk.folder()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }
}

void UnpackDiskTest::aPowerCutAnywhereLeavesNothingHalf()
{
    if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    for (int round = 0; round < 12; ++round) {
        LosingDisk disk;
        bool isCut = false;
        int left = round;
        const auto unpacked = unpackArchive(m_archive, disk.folder(), [&](qint64) {
            if (!isCut && left-- == 0) {
                isCut = true;
                disk.cut(QStringLiteral("keep")); // the names happened to be written back, the bytes not
            }
            return true;
        });
        QCOMPARE(unpacked.has_value(), !isCut);
        const QString found = UnpackDiskTest::left(disk.folder());
        QCOMPARE(found, isCut ? QStringLiteral("nothing") : QStringLiteral("whole"));
        const auto again = unpackArchive(m_archive, isCut ? disk.folder() : QTemporaryDir().path());
        if (isCut) {
            QVERIFY2(again, qPrintable(again ? QString() : again.error().sentence));
            QVERIFY(again->leftoversRemoved <= 1);
            QVERIFY(again->leftoversKept.isEmpty());
        }
    }
}

void UnpackDiskTest::failsOnAFullDisk_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("no room for the bytes") << QStringLiteral("capacity 2000000");
    QTest::newRow("no room behind the disk") << QStringLiteral("device-limit 2000000");
}

void UnpackDiskTest::failsOnAFullDisk()
{
    QFETCH(QString, command);
    if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    LosingDisk disk;
    disk.tell(command);
    const auto unpacked = unpackArchive(m_archive, disk.folder(), {}, anySpace());
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
    QVERIFY(QDir(disk.folder()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void UnpackDiskTest::failsWhereThereIsNoRoomBehindExt4()
{
    if (const QString why = LoopDisk::whyNot(); !why.isEmpty())
        QSKIP(qPrintable(why));
    const LoopDisk disk(64, 16);
    QVERIFY2(disk.isMounted(), qPrintable(disk.problem()));
    QFile file(m_dir.filePath(QStringLiteral("large.tar.gz")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(makeArchive(24 * 1024 * 1024));
    file.close();
    const auto unpacked = unpackArchive(file.fileName(), disk.folder(), {}, anySpace());
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
}

} // namespace

QTEST_GUILESS_MAIN(UnpackDiskTest)
#include "unpack_disk_test.moc"
