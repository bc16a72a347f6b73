#include "downloads/owner_file.h"

#include "base/log.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>
#include <QUuid>

#include <cerrno>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tidemark {

namespace {

constexpr qint64 LargestFile = 4096;

QByteArray markOf(const QString &boot)
{
    // The id tells two owners in one process apart.
    const QJsonObject object{{QStringLiteral("host"), QSysInfo::machineHostName()},
                             {QStringLiteral("boot"), boot},
                             {QStringLiteral("process"), static_cast<qint64>(::getpid())},
                             {QStringLiteral("id"), QUuid::createUuid().toString(QUuid::WithoutBraces)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(LargestFile) : QByteArray();
}

qint64 writtenAt(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? static_cast<qint64>(status.st_mtim.tv_sec) : -1;
}

/// Beside `path`, with the share's time of now; empty where it cannot be written.
QString writeBeside(const QString &path, const QByteArray &mark)
{
    // Names that are taken were left by a program that was killed here.
    for (int tries = 0; tries < 3; ++tries) {
        QFile file(path + QLatin1Char('.') + QUuid::createUuid().toString(QUuid::Id128).left(4));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            continue;
        if (file.write(mark) == mark.size() && file.flush())
            return file.fileName();
        file.remove();
    }
    return {};
}

bool isAlive(const QByteArray &mark, qint64 ageSeconds, const QString &boot)
{
    const QJsonObject owner = QJsonDocument::fromJson(mark).object();
    const bool isHere = owner.value(QLatin1String("boot")).toString() == boot &&
                        owner.value(QLatin1String("host")).toString() == QSysInfo::machineHostName();
    if (!isHere)
        return ageSeconds < OwnerFile::GoneAfter.count();
    const auto process = static_cast<pid_t>(owner.value(QLatin1String("process")).toInteger());
    return process > 0 && (::kill(process, 0) == 0 || errno == EPERM);
}

} // namespace

OwnerFile::~OwnerFile()
{
    release();
}

disk::DiskResult<void> OwnerFile::take(const QString &path)
{
    release();
    const QString boot = disk::bootId();
    const QByteArray mark = markOf(boot);
    const QString beside = writeBeside(path, mark);
    if (beside.isEmpty()) {
        qCWarning(lcDownloads) << "locks do not work here, and" << path
                               << "cannot be written: another machine is not kept from the same download";
        return {};
    }
    const QByteArray earlier = contentsOf(path);
    const qint64 age = writtenAt(beside) - writtenAt(path);
    if (!earlier.isEmpty() && isAlive(earlier, age, boot)) {
        QFile::remove(beside);
        return tl::unexpected<disk::Trouble>(
            disk::trouble(EWOULDBLOCK, QCoreApplication::translate("tidemark::PartFile", "%1 is held").arg(path)));
    }
    if (::rename(QFile::encodeName(beside).constData(), QFile::encodeName(path).constData()) != 0) {
        QFile::remove(beside);
        qCWarning(lcDownloads) << path << "cannot be written: another machine is not kept from the same download";
        return {};
    }
    m_path = path;
    m_mark = mark;
    m_lost = m_ending = false;
    m_thread = std::thread([this] { keepRenewing(); });
    return {};
}

void OwnerFile::release()
{
    if (m_path.isEmpty())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
        m_changed.notify_all();
    }
    m_thread.join();
    if (contentsOf(m_path) == m_mark)
        QFile::remove(m_path);
    m_path.clear();
}

void OwnerFile::renew()
{
    if (contentsOf(m_path) != m_mark) {
        m_lost = true;
        return;
    }
    // By rename: a reader meets the whole of it, with the share's own time.
    const QString beside = writeBeside(m_path, m_mark);
    if (!beside.isEmpty() &&
        ::rename(QFile::encodeName(beside).constData(), QFile::encodeName(m_path).constData()) != 0)
        QFile::remove(beside);
}

void OwnerFile::keepRenewing()
{
    std::unique_lock lock(m_mutex);
    while (!m_changed.wait_for(lock, RenewedEvery, [this] { return m_ending; }))
        renew();
}

} // namespace tidemark
