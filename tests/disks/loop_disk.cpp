#include "disks/loop_disk.h"

#include "support/system_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace tidemark::test {

namespace {

/// Mounts of this process are its own and go with it, however it ends.
void keepMountsToOneself()
{
    static const bool isDone =
        ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    Q_UNUSED(isDone)
}

} // namespace

QString LoopDisk::whyNot()
{
    if (::geteuid() != 0)
        return QStringLiteral("Skipped: mounting needs root.");
    const LoopDisk disk(16, 16);
    return disk.isMounted() ? QString()
                            : QStringLiteral("Skipped: no loop device can be mounted: %1").arg(disk.problem());
}

LoopDisk::LoopDisk(int megabytes, int megabytesBehind)
{
    keepMountsToOneself();
    const QDir place(m_place.path());
    place.mkdir(QStringLiteral("behind"));
    place.mkdir(QStringLiteral("disk"));
    const auto options = QStringLiteral("size=%1m,mode=0700").arg(megabytesBehind);
    QFile file(blocks());
    if (!run(QStringLiteral("mount"), {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"), options,
                                       QStringLiteral("losing"), place.filePath(QStringLiteral("behind"))}))
        return;
    if (!file.open(QIODevice::WriteOnly) || !file.resize(qint64(megabytes) * 1024 * 1024)) {
        m_problem = file.errorString();
        return;
    }
    file.close();
    // All of its own structures are written at once: later only data can find that there is no room behind.
    if (run(QStringLiteral("mkfs.ext4"), {QStringLiteral("-q"), QStringLiteral("-F"), QStringLiteral("-E"),
                                          QStringLiteral("lazy_itable_init=0,lazy_journal_init=0"), blocks()}))
        mountImage();
}

LoopDisk::~LoopDisk()
{
    for (const QString &folder : {folder(), m_place.filePath(QStringLiteral("behind"))})
        ::umount2(QFile::encodeName(folder).constData(), MNT_DETACH);
}

bool LoopDisk::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(systemProgram(program), arguments);
    if (process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    m_problem = QStringLiteral("%1: %2 %3")
                    .arg(program, process.errorString(), QString::fromLocal8Bit(process.readAll()).trimmed());
    return false;
}

bool LoopDisk::mountImage()
{
    return run(QStringLiteral("mount"),
               {QStringLiteral("-o"), QStringLiteral("loop,errors=continue"), blocks(), folder()});
}

bool LoopDisk::cut()
{
    // The old file lives on, without a name, below what was mounted from it.
    const QString copy = blocks() + QStringLiteral(".cut");
    if (!run(QStringLiteral("cp"), {QStringLiteral("--sparse=always"), blocks(), copy}))
        return false;
    ::umount2(QFile::encodeName(folder()).constData(), MNT_DETACH);
    QFile::remove(blocks());
    QFile::rename(copy, blocks());
    return mountImage();
}

bool LoopDisk::dropCaches()
{
    QFile file(QStringLiteral("/proc/sys/vm/drop_caches"));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("1") == 1;
}

} // namespace tidemark::test
