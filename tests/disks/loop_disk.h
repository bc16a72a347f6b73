#pragma once

#include <QString>
#include <QTemporaryDir>

namespace tidemark::test {

/// A real ext4 on a loop device, whose blocks lie in a file on a tmpfs of its own.
///
/// With a tmpfs smaller than the file system, the file system promises room that is not there: write() succeeds, and
/// the blocks get lost when they are written back, as on thin provisioned storage. With cut(), what a power cut would
/// leave is mounted: the blocks as they are at that moment, without what the kernel still held.
///
///     if (const QString why = LoopDisk::whyNot(); !why.isEmpty())
///         QSKIP(qPrintable(why));
///     LoopDisk disk(64, 16);
///     … run a program on disk.folder(), end or stop it …
///     disk.cut();
///     … disk.folder() holds what is left …
class LoopDisk
{
public:
    /// Why none can be mounted here, as a sentence that begins with "Skipped: "; empty when one can.
    static QString whyNot();

    /// Sizes in MiB: of the file system, and of what is behind it (ext4's own structures take about 6 of a 64 MiB one).
    LoopDisk(int megabytes, int megabytesBehind);
    ~LoopDisk();
    LoopDisk(const LoopDisk &) = delete;
    LoopDisk &operator=(const LoopDisk &) = delete;

    bool isMounted() const { return m_problem.isEmpty(); }
    /// The command that failed and what it said.
    const QString &problem() const { return m_problem; }
    QString folder() const { return m_place.filePath(QStringLiteral("disk")); }
    /// The blocks are copied one after the other, so nothing may write meanwhile: stop the program first (SIGSTOP,
    /// SIGKILL). Who still has files open keeps the old disk.
    bool cut();
    /// Has the kernel drop what it holds of this machine's files, as far as it is clean.
    static bool dropCaches();

private:
    bool run(const QString &program, const QStringList &arguments);
    bool mountImage();
    QString blocks() const { return m_place.filePath(QStringLiteral("behind/blocks")); }

    QTemporaryDir m_place;
    QString m_problem;
};

} // namespace tidemark::test
