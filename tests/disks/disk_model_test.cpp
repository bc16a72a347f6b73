#include "disks/disk_model.h"

#include <QTest>

#include <cerrno>
#include <set>

using namespace tidemark::test;
using Unsynced = DiskModel::Unsynced;
using SyncFault = DiskModel::SyncFault;

namespace {

/// The rules of the model by its own calls: runs everywhere. losing_disk_test.cpp proves them mounted.
class DiskModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesWhatIsNotSynced();
    void aNameIsItsFoldersBusiness();
    void aRenameIsOneStep();
    void foldersAreKeptInAnyOrder();
    void laterChangesBringTheirOwnPast();
    void failedSyncs_data();
    void failedSyncs();
    void fills();
    void theDeviceFills();
    void someIsLeftOfEverything();
};

DiskModel::Id make(DiskModel &disk, const std::string &path, const std::string &data)
{
    DiskModel::Id id = 0;
    if (disk.create(path, 0600, &id) != 0)
        return 0;
    disk.write(id, data.data(), static_cast<std::int64_t>(data.size()), 0);
    return id;
}

std::string contents(const DiskModel &disk, const std::string &path)
{
    const DiskModel::Id id = disk.find(path);
    if (id == 0)
        return "missing";
    std::string data(100000, '\0');
    data.resize(static_cast<std::size_t>(disk.read(id, data.data(), static_cast<std::int64_t>(data.size()), 0)));
    return data;
}

void DiskModelTest::losesWhatIsNotSynced()
{
    DiskModel disk;
    const auto id = make(disk, "a", "one");
    QCOMPARE(disk.sync(id), 0);
    QCOMPARE(disk.sync(DiskModel::Root), 0);
    disk.write(id, "two, longer", 11, 0);
    QCOMPARE(contents(disk, "a"), std::string("two, longer"));
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), std::string("one"));
    disk.truncate(id, 1);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), std::string("one"));
    disk.truncate(id, 1);
    disk.sync(id);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), std::string("o"));
}

void DiskModelTest::aNameIsItsFoldersBusiness()
{
    DiskModel disk;
    disk.sync(make(disk, "bytes", "x"));
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "bytes"), std::string("missing"));

    make(disk, "name", "x");
    disk.sync(DiskModel::Root);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "name"), std::string());

    QCOMPARE(disk.unlink("name"), 0);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "name"), std::string()); // the removal, too, was not kept
}

void DiskModelTest::aRenameIsOneStep()
{
    DiskModel disk;
    disk.makeFolder("from", 0700);
    disk.makeFolder("to", 0700);
    disk.sync(DiskModel::Root);
    disk.sync(make(disk, "from/a", "x"));
    disk.sync(disk.find("from"));
    QCOMPARE(disk.rename("from/a", "to/a", false), 0);
    disk.sync(disk.find("to"));
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "from/a"), std::string("missing"));
    QCOMPARE(contents(disk, "to/a"), std::string("x"));

    disk.sync(make(disk, "to/b", "y"));
    disk.sync(disk.find("to"));
    QCOMPARE(disk.rename("to/a", "to/b", false), -EEXIST);
    QCOMPARE(disk.rename("to/a", "to/b", true), 0);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "to/a"), std::string("x"));
    QCOMPARE(contents(disk, "to/b"), std::string("y"));
}

void DiskModelTest::foldersAreKeptInAnyOrder()
{
    DiskModel disk;
    disk.makeFolder("first", 0700);
    disk.makeFolder("second", 0700);
    disk.sync(DiskModel::Root);
    make(disk, "first/a", "");
    make(disk, "second/b", "");
    disk.sync(disk.find("second")); // what was done last is kept, what was done first is not
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "first/a"), std::string("missing"));
    QCOMPARE(contents(disk, "second/b"), std::string());
}

void DiskModelTest::laterChangesBringTheirOwnPast()
{
    DiskModel disk;
    disk.makeFolder("other", 0700);
    disk.sync(DiskModel::Root);
    disk.sync(make(disk, "a", "x")); // in the root, which is not synced any more
    disk.rename("a", "other/b", false);
    disk.sync(disk.find("other"));
    disk.cut(Unsynced::Keep, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), std::string("missing"));
    QCOMPARE(contents(disk, "other/b"), std::string("x"));
}

void DiskModelTest::failedSyncs_data()
{
    QTest::addColumn<SyncFault>("fault");
    QTest::addColumn<int>("answer");
    QTest::addColumn<QByteArray>("seen"); // after the cache is gone
    QTest::addColumn<QByteArray>("left"); // after another sync and a cut
    QTest::newRow("loses") << SyncFault::Lose << -EIO << QByteArray("one") << QByteArray("one");
    QTest::newRow("keeps") << SyncFault::Keep << -EIO << QByteArray("two") << QByteArray("two");
    QTest::newRow("lies") << SyncFault::Lie << 0 << QByteArray("two") << QByteArray("two");
}

void DiskModelTest::failedSyncs()
{
    QFETCH(SyncFault, fault);
    QFETCH(int, answer);
    QFETCH(QByteArray, seen);
    QFETCH(QByteArray, left);
    DiskModel disk;
    const auto id = make(disk, "a", "one");
    disk.sync(id);
    disk.sync(DiskModel::Root);
    disk.write(id, "two", 3, 0);
    disk.failSync(2, fault);
    QCOMPARE(disk.sync(DiskModel::Root), 0);
    QCOMPARE(disk.sync(id), answer);
    QCOMPARE(contents(disk, "a"), seen.toStdString());
    QCOMPARE(disk.sync(id), 0); // once only
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), left.toStdString());
    QCOMPARE(disk.syncs(), 5);
}

void DiskModelTest::fills()
{
    DiskModel disk;
    disk.setCapacity(10000);
    const auto id = make(disk, "a", std::string(8000, 'x'));
    QCOMPARE(disk.write(id, std::string(3000, 'y').data(), 3000, 8000), std::int64_t(-ENOSPC));
    QCOMPARE(disk.write(id, std::string(3000, 'y').data(), 3000, 5000), std::int64_t(3000));
    QCOMPARE(disk.used(), std::int64_t(8000));
    disk.unlink("a");
    QCOMPARE(disk.used(), std::int64_t(0));
}

void DiskModelTest::theDeviceFills()
{
    DiskModel disk;
    disk.setDeviceLimit(2 * 4096);
    const auto id = make(disk, "a", std::string(3 * 4096, 'x')); // the write succeeds
    QCOMPARE(disk.sync(id), -EIO);
    QCOMPARE(disk.sync(id), 0); // and is not said again
    disk.sync(DiskModel::Root);
    disk.cut(Unsynced::Drop, Unsynced::Drop);
    QCOMPARE(contents(disk, "a"), std::string(2 * 4096, 'x') + std::string(4096, '\0'));
}

void DiskModelTest::someIsLeftOfEverything()
{
    std::set<std::pair<bool, bool>> seen;
    for (std::uint32_t seed = 0; seed < 50; ++seed) {
        DiskModel disk(seed);
        disk.makeFolder("d", 0700);
        disk.sync(DiskModel::Root);
        make(disk, "d/a", "");
        make(disk, "d/b", "");
        disk.cut(Unsynced::Some, Unsynced::Some);
        seen.insert({disk.find("d/a") != 0, disk.find("d/b") != 0});
    }
    QCOMPARE(seen.size(), std::size_t(4));
}

} // namespace

QTEST_GUILESS_MAIN(DiskModelTest)
#include "disk_model_test.moc"
