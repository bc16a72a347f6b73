/// Who owns a part file where locks do not work: hosts that are alive, that are gone, and this one.
#include "downloads/owner_file.h"
#include "downloads/part_file.h"

#include <QDir>
#include <QFile>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;

namespace {

constexpr pid_t NoProcess = 0x3fffffff; ///< beyond what the kernel gives out

class OwnerFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersAreKeptOff_data();
    void othersAreKeptOff();
    void secondOwnerInThisProcessIsRefused();
    void takenOverIsNoticed();
    void unwritableFolderIsNoFailure();
    void whoIsStoppedDoesNotWaitForAnOwner();

private:
    QString path() const { return m_dir.filePath(QStringLiteral("a.part.owner")); }
    QByteArray contents() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QByteArray &mark, int ageSeconds = 0) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(mark) == mark.size());
        file.close();
        timespec times[2];
        ::clock_gettime(CLOCK_REALTIME, &times[0]);
        times[0].tv_sec -= ageSeconds;
        times[1] = times[0];
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path()).constData(), times, 0), 0);
    }

    QTemporaryDir m_dir;
};

QByteArray mark(const QString &host, const QString &boot, pid_t process)
{
    return QStringLiteral("{\"host\":\"%1\",\"boot\":\"%2\",\"process\":%3}").arg(host, boot).arg(process).toUtf8();
}

void OwnerFileTest::othersAreKeptOff_data()
{
    QTest::addColumn<QByteArray>("owner");
    QTest::addColumn<int>("age");
    QTest::addColumn<bool>("taken");
    const QString here = QSysInfo::machineHostName();
    const QString boot = disk::bootId();
    const QString other = QStringLiteral("another start");
    QTest::newRow("nobody") << QByteArray() << 0 << true;
    QTest::newRow("another host, alive") << mark(QStringLiteral("other"), other, NoProcess) << 30 << false;
    QTest::newRow("another host, gone") << mark(QStringLiteral("other"), other, ::getpid()) << 120 << true;
    QTest::newRow("a container of this host, alive") << mark(QStringLiteral("other"), boot, NoProcess) << 30 << false;
    QTest::newRow("a process here, alive") << mark(here, boot, ::getppid()) << 3600 << false;
    QTest::newRow("a process here, killed") << mark(here, boot, NoProcess) << 1 << true;
    QTest::newRow("this host before its last start") << mark(here, other, ::getpid()) << 120 << true;
    QTest::newRow("a torn file, old") << QByteArray("{\"ho") << 120 << true;
}

void OwnerFileTest::othersAreKeptOff()
{
    QFETCH(QByteArray, owner);
    QFETCH(int, age);
    QFETCH(bool, taken);
    QFile::remove(path());
    if (!owner.isEmpty())
        write(owner, age);
    OwnerFile file;
    const auto result = file.take(path());
    QCOMPARE(result.has_value(), taken);
    if (!taken)
        QCOMPARE(result.error().pause, PauseReason::InUseElsewhere);
    QCOMPARE(contents() == owner, !taken);
    file.release();
    QCOMPARE(QFile::exists(path()), !taken); // what is another's stays
    QCOMPARE(QDir(m_dir.path()).entryList(QDir::Files).size(), taken ? 0 : 1);
}

void OwnerFileTest::secondOwnerInThisProcessIsRefused()
{
    QFile::remove(path());
    OwnerFile first;
    OwnerFile second;
    QVERIFY(first.take(path()));
    QVERIFY(!second.take(path()));
    first.release();
    QVERIFY(second.take(path()));
}

void OwnerFileTest::takenOverIsNoticed()
{
    QFile::remove(path());
    OwnerFile file;
    QVERIFY(file.take(path()));
    file.renew();
    QVERIFY(!file.isLost());
    write(mark(QStringLiteral("other"), QStringLiteral("start"), 1));
    file.renew();
    QVERIFY(file.isLost());
    file.release();
    QVERIFY(QFile::exists(path()));
}

/// Pause and Quit wait for nobody who holds the part.
void OwnerFileTest::whoIsStoppedDoesNotWaitForAnOwner()
{
    PartOwner owner;
    owner.job = JobId(QStringLiteral("1"));
    owner.fileName = owner.localName = QStringLiteral("held.tar.gz");
    owner.folder = m_dir.path();
    const auto held = disk::openOwned(DownloadPaths(owner.folder, owner.localName).part);
    QVERIFY(held);
    int asked = 0;
    PartFile part(owner);
    const auto opened = part.open(false, [&asked](qint64, qint64) {
        ++asked;
        return false;
    });
    QVERIFY(!opened);
    QCOMPARE(opened.error().pause, PauseReason::InUseElsewhere);
    QCOMPARE(asked, 1);
}

void OwnerFileTest::unwritableFolderIsNoFailure()
{
    OwnerFile file;
    QVERIFY(file.take(QStringLiteral("/proc/nowhere/a.part.owner")));
    QVERIFY(!file.isLost());
}

} // namespace

QTEST_GUILESS_MAIN(OwnerFileTest)
#include "owner_file_test.moc"
