#include "disks/losing_disk.h"

#include <unistd.h>

namespace tidemark::test {

namespace {

constexpr int PatienceMs = 30000;

} // namespace

QString LosingDisk::whyNot()
{
    if (::access("/dev/fuse", R_OK | W_OK) != 0)
        return QStringLiteral("Skipped: /dev/fuse cannot be opened.");
    if (::geteuid() != 0)
        return QStringLiteral("Skipped: mounting needs root.");
    LosingDisk disk;
    return disk.isMounted() ? QString()
                            : QStringLiteral("Skipped: no FUSE file system can be mounted: %1.").arg(disk.problem());
}

LosingDisk::LosingDisk()
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(QStringLiteral(TIDEMARK_LOSING_DISK), {m_folder.path()});
    const QString answer = readAnswer();
    if (answer != QLatin1String("ok"))
        m_problem = answer.isEmpty() ? QStringLiteral("no answer") : answer;
}

LosingDisk::~LosingDisk()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(PatienceMs);
}

QString LosingDisk::readAnswer()
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(PatienceMs))
            return {};
    }
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

QString LosingDisk::tell(const QString &command)
{
    m_process.write(command.toUtf8() + '\n');
    return readAnswer();
}

bool LosingDisk::cut(const QString &names, const QString &bytes)
{
    return tell(QStringLiteral("cut %1 %2").arg(names, bytes)) == QLatin1String("ok");
}

} // namespace tidemark::test
