#include "support/download_fixture.h"

#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <sys/mount.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray Archive = makeArchive(3000000, 21);

/// A small file system of its own under the folder of downloads.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &folder)
        : m_folder(QFile::encodeName(folder))
    {
        m_mounted = ::mount("tmpfs", m_folder.constData(), "tmpfs", 0, "size=1m") == 0;
        m_error = errno;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isThere() const { return m_mounted; }
    QString problem() const { return QString::fromLocal8Bit(std::strerror(m_error)); }
    bool grow() const { return ::mount("tmpfs", m_folder.constData(), "tmpfs", MS_REMOUNT, "size=16m") == 0; }

private:
    QByteArray m_folder;
    bool m_mounted = false;
    int m_error = 0;
};

/// A file system that is really full, which needs the right to mount one.
class DownloadFullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pausesAndGoesOnWhereThereIsRoom_data();
    void pausesAndGoesOnWhereThereIsRoom();
};

void DownloadFullDisk::pausesAndGoesOnWhereThereIsRoom_data()
{
    QTest::addColumn<bool>("knowsLength");
    QTest::newRow("the server tells the length: looked at before") << true;
    QTest::newRow("no length: the write finds no room") << false;
}

void DownloadFullDisk::pausesAndGoesOnWhereThereIsRoom()
{
    QFETCH(bool, knowsLength);
    DownloadFixture fixture;
    const SmallDisk disk(fixture.folder());
    if (!disk.isThere())
        QSKIP(qPrintable(QStringLiteral("a file system cannot be mounted here: %1").arg(disk.problem())));
    Reply reply{.body = Archive, .ranges = true, .etag = "\"a\""};
    reply.framing = knowsLength ? Reply::Framing::Length : Reply::Framing::Chunked;
    fixture.options.spaceReserve = 0;
    fixture.serve({reply});
    fixture.jobs.publish(DownloadFixture::fileName(), sha1Of(Archive));
    fixture.makeQueue();
    const DownloadId id = fixture.add();
    QVERIFY(fixture.waitForRest(id));
    QCOMPARE(fixture.download(id).state, DownloadState::Paused);
    QCOMPARE(fixture.download(id).pauseReason, PauseReason::DiskFull);
    QVERIFY(fixture.download(id).error);
    const qint64 kept = QFileInfo(fixture.path(QStringLiteral(".part"))).size();
    if (!knowsLength) {
        QVERIFY2(fixture.download(id).error->sentence.contains(QLatin1String("the disk is full")),
                 qPrintable(fixture.download(id).error->sentence));
        QVERIFY2(kept > 500000, qPrintable(QString::number(kept)));
    }
    QVERIFY(disk.grow());
    fixture.queue->resume(id);
    QVERIFY(fixture.waitForState(id, DownloadState::Verified));
    QVERIFY(test::contents(fixture.path()) == Archive);
    if (kept > 0)
        QCOMPARE(fixture.server->requests().back().header("range"), "bytes=" + QByteArray::number(kept) + '-');
    fixture.queue.reset();
}

} // namespace

QTEST_GUILESS_MAIN(DownloadFullDisk)
#include "download_full_disk_test.moc"
