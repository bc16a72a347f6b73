#include "downloads/queue_store.h"

#include "base/log.h"
#include "base/private_file.h"
#include "downloads/download_json.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace tidemark {

namespace {

constexpr int MostCopies = 64;
constexpr int FormatVersion = 1;

QString baseName(const QString &folder, int number)
{
    const QString name = number == 1 ? QStringLiteral("downloads") : QStringLiteral("downloads-%1").arg(number);
    return QDir(folder).filePath(name);
}

std::vector<Download> readFile(const QString &path)
{
    std::vector<Download> downloads;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return downloads;
    const QJsonArray array =
        QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("downloads")).toArray();
    for (const QJsonValue &value : array) {
        if (auto download = downloadFromJson(value.toObject()))
            downloads.push_back(std::move(*download));
    }
    return downloads;
}

} // namespace

QueueStore::QueueStore(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    makePrivateFolder(folder);
    for (int number = 1; number <= MostCopies && m_own.path.isEmpty(); ++number)
        claim(number, m_own);
    m_thread = std::thread([this] { loop(); });
}

QueueStore::~QueueStore()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stop = true;
        m_ready.notify_one();
    }
    m_thread.join();
}

bool QueueStore::claim(int number, Slot &slot) const
{
    const QString base = baseName(m_folder, number);
    auto lock = disk::openOwned(base + QStringLiteral(".lock"));
    if (!lock)
        return false;
    slot.path = base + QStringLiteral(".json");
    slot.lock = std::move(*lock);
    return true;
}

std::vector<Download> QueueStore::load()
{
    std::vector<Download> downloads = readFile(m_own.path);
    for (int number = 1; number <= MostCopies; ++number) {
        const QString path = baseName(m_folder, number) + QStringLiteral(".json");
        if (path == m_own.path || !QFile::exists(path))
            continue;
        Slot slot;
        if (!claim(number, slot))
            continue; // its copy of the program is running
        for (Download &download : readFile(path))
            downloads.push_back(std::move(download));
        m_takenOver.push_back(std::move(slot));
    }
    return downloads;
}

void QueueStore::save(const std::vector<Download> &downloads)
{
    const std::scoped_lock lock(m_mutex);
    m_pending = downloads;
    m_pendingNumber = ++m_number;
    m_ready.notify_one();
}

void QueueStore::post(std::function<void()> work)
{
    const std::scoped_lock lock(m_mutex);
    m_work.push_back(std::move(work));
    m_ready.notify_one();
}

void QueueStore::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_ready.wait(lock, [this] { return m_stop || m_pendingNumber != 0 || !m_work.empty(); });
        if (m_pendingNumber != 0) {
            const std::vector<Download> downloads = std::move(m_pending);
            const quint64 number = std::exchange(m_pendingNumber, 0);
            lock.unlock();
            write(downloads, number);
            lock.lock();
        } else if (!m_work.empty()) {
            const auto work = std::move(m_work.front());
            m_work.pop_front();
            lock.unlock();
            work();
            lock.lock();
        } else if (m_stop) {
            return;
        }
    }
}

void QueueStore::write(const std::vector<Download> &downloads, quint64 number)
{
    QJsonArray array;
    for (const Download &download : downloads)
        array.append(toJson(download));
    const QJsonObject object{{QStringLiteral("version"), FormatVersion}, {QStringLiteral("downloads"), array}};
    const QString problem = m_own.path.isEmpty() ? tr("no file there could be had")
                                                 : savePrivateFile(m_own.path, QJsonDocument(object).toJson());
    if (!problem.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = tr("The list of downloads could not be saved in %1: %2.").arg(m_folder, problem);
        qCWarning(lcDownloads) << error.sentence;
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT saveFailed(error); }, Qt::QueuedConnection);
        return;
    }
    (void)disk::syncFolder(m_folder, disk::Sync::FolderOfList);
    for (const Slot &slot : m_takenOver)
        disk::remove(slot.path);
    m_takenOver.clear();
    QMetaObject::invokeMethod(
        this, [this, number] { Q_EMIT saved(number); }, Qt::QueuedConnection);
}

} // namespace tidemark
