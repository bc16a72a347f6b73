#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace tidemark::test {

/// A DiskModel mounted on a folder, for programs that know nothing of it: a disk that forgets what was not synced,
/// fails on demand, and can lose its power while the program runs.
///
///     if (const QString why = LosingDisk::whyNot(); !why.isEmpty())
///         QSKIP(qPrintable(why));
///     LosingDisk disk;
///     disk.tell("fail-sync 3 lose");          // the property
///     … run a program on disk.folder() …
///     disk.cut();                             // the power goes
///     … disk.folder() holds what is left …
class LosingDisk
{
public:
    /// Why none can be mounted here, as a sentence that begins with "Skipped: "; empty when one can.
    static QString whyNot();

    LosingDisk();
    ~LosingDisk();
    LosingDisk(const LosingDisk &) = delete;
    LosingDisk &operator=(const LosingDisk &) = delete;

    bool isMounted() const { return m_problem.isEmpty(); }
    const QString &problem() const { return m_problem; }
    QString folder() const { return m_folder.path(); }
    /// One command of losing_disk_main.cpp; its answer.
    QString tell(const QString &command);
    qint64 syncs() { return tell(QStringLiteral("syncs")).toLongLong(); }
    /// Whoever still runs on the disk gets errors from then on. `names`, `bytes`: what becomes of what is not synced,
    /// drop, keep or some.
    bool cut(const QString &names = QStringLiteral("drop"), const QString &bytes = QStringLiteral("drop"));

private:
    QString readAnswer();

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_problem;
};

} // namespace tidemark::test
