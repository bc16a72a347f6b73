#include "downloads/queue_store.h"

#include "base/log.h"
#include "base/private_file.h"
#include "downloads/download_json.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace tidemark {

namespace {

constexpr int MostCopies = 64;
constexpr int FormatVersion = 1;

QString baseName(const QString &folder, int number)
{
    const QString name = number == 1 ? QStringLiteral("downloads") : QStringLiteral("downloads-%1").arg(number);
    return QDir(folder).filePath(name);
}

QString listKey()
{
    return QStringLiteral("downloads");
}

KeptFile listFile(const QString &path)
{
    return KeptFile(path, FormatVersion, [](const QJsonObject &root) { return root.value(listKey()).isArray(); });
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

/// What the own file holds is not known, so that nothing may be saved there, also when it can be read again later.
void QueueStore::claimUnused()
{
    m_own = {};
    for (int number = 1; number <= MostCopies && m_own.path.isEmpty(); ++number) {
        if (!QFileInfo::exists(baseName(m_folder, number) + QStringLiteral(".json")))
            claim(number, m_own);
    }
}

/// nullopt where the file cannot be read and has to stay.
std::optional<QueueStore::Kept> QueueStore::read(const Slot &slot)
{
    const QDateTime saved = QFileInfo(slot.path).lastModified();
    const KeptFile file = listFile(slot.path);
    const KeptFile::Content content = file.read();
    if (content.trouble) {
        Q_EMIT trouble(*content.trouble);
        return std::nullopt;
    }
    if (file.setAside())
        Q_EMIT trouble(*file.setAside());
    Kept kept{saved, {}, {}};
    const QJsonArray array = content.root.value(listKey()).toArray();
    for (const QJsonValue &value : array) {
        if (auto download = downloadFromJson(value.toObject()))
            kept.downloads.push_back(std::move(*download));
        else
            kept.notUnderstood.append(value);
    }
    return kept;
}

std::vector<Download> QueueStore::load()
{
    std::vector<Kept> all;
    const QString first = m_own.path;
    if (!m_own.path.isEmpty()) {
        if (auto kept = read(m_own))
            all.push_back(std::move(*kept));
        else
            claimUnused();
    }
    for (int number = 1; number <= MostCopies; ++number) {
        const QString path = baseName(m_folder, number) + QStringLiteral(".json");
        if (path == first || path == m_own.path || !QFileInfo::exists(path))
            continue;
        Slot slot;
        if (!claim(number, slot))
            continue; // its copy of the program is running
        if (auto kept = read(slot)) {
            all.push_back(std::move(*kept));
            m_takenOver.push_back(std::move(slot));
        }
    }
    // A crash after a file was taken over and before it was deleted leaves the same downloads in two: the newer is
    // right.
    std::ranges::stable_sort(all, std::ranges::greater{}, &Kept::saved);
    std::vector<Download> downloads;
    QSet<DownloadId> known;
    for (Kept &kept : all) {
        for (Download &download : kept.downloads) {
            if (known.contains(download.id))
                continue;
            known.insert(download.id);
            downloads.push_back(std::move(download));
        }
        for (const QJsonValue &value : std::as_const(kept.notUnderstood)) {
            if (!m_notUnderstood.contains(value))
                m_notUnderstood.append(value);
        }
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

Result<bool> QueueStore::writeOwn(const std::vector<Download> &downloads)
{
    if (m_own.path.isEmpty())
        return failure(
            {.kind = ErrorKind::Disk,
             .sentence = tr("The list of downloads cannot be saved in %1: no file there could be had.").arg(m_folder)});
    QJsonArray array;
    for (const Download &download : downloads)
        array.append(toJson(download));
    for (const QJsonValue &value : std::as_const(m_notUnderstood))
        array.append(value);
    KeptFile file = listFile(m_own.path);
    const Result<bool> written = file.update([&array](QJsonObject &root) {
        root.insert(listKey(), array);
        return true;
    });
    if (const auto aside = file.setAside())
        QMetaObject::invokeMethod(
            this, [this, aside] { Q_EMIT trouble(*aside); }, Qt::QueuedConnection);
    return written;
}

void QueueStore::write(const std::vector<Download> &downloads, quint64 number)
{
    const Result<bool> written = writeOwn(downloads);
    if (!written) {
        qCWarning(lcDownloads) << written.error().sentence;
        if (!std::exchange(m_hasFailed, true))
            QMetaObject::invokeMethod(
                this, [this, error = written.error()] { Q_EMIT trouble(error); }, Qt::QueuedConnection);
        return;
    }
    m_hasFailed = false;
    for (const Slot &slot : m_takenOver)
        disk::remove(slot.path);
    m_takenOver.clear();
    QMetaObject::invokeMethod(
        this, [this, number] { Q_EMIT saved(number); }, Qt::QueuedConnection);
}

} // namespace tidemark
