#include "disks/modelled_disk.h"

#include "base/file_steps.h"
#include "downloads/journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <shared_mutex>

#include <unistd.h>

namespace tidemark::test {

namespace {

ModelledDisk *s_disk = nullptr;
std::shared_mutex s_mutex; ///< held by every call that is under way

bool isJournal(const std::string &name)
{
    return name.ends_with(".part.json");
}

} // namespace

ModelledDisk::ModelledDisk(const QString &root, const QStringList &folders, quint32 seed)
    : m_root(QFile::encodeName(QFileInfo(root).canonicalFilePath()))
    , m_folders(folders)
    , m_model(seed)
    , m_random(seed)
    , m_bootId("start 1")
{
    for (const QString &folder : folders)
        m_model.makeFolder(folder.toStdString(), 0755);
    m_model.sync(DiskModel::Root);
    static constexpr disk::Seam seam{.before = &ModelledDisk::before, .fileSystemType = nullptr, .bootId = &bootId};
    const std::unique_lock lock(s_mutex);
    s_disk = this;
    disk::setSeam(&seam);
    file_steps::setHook(&beforeOfList);
}

ModelledDisk::~ModelledDisk()
{
    disk::setSeam(nullptr);
    file_steps::setHook(nullptr);
    const std::unique_lock lock(s_mutex);
    s_disk = nullptr;
}

int ModelledDisk::before(const disk::Step &step)
{
    const std::shared_lock lock(s_mutex);
    return s_disk ? s_disk->take(step) : 0;
}

const char *ModelledDisk::bootId()
{
    const std::shared_lock lock(s_mutex);
    return s_disk ? s_disk->m_bootId.constData() : nullptr;
}

int ModelledDisk::beforeOfList(const char *)
{
    const std::shared_lock lock(s_mutex);
    return s_disk && s_disk->isCut() ? EIO : 0;
}

void ModelledDisk::leaveOut(disk::Sync sync)
{
    const std::scoped_lock lock(m_mutex);
    m_leftOut = sync;
}

void ModelledDisk::failCall(int n, int errnoValue)
{
    const std::scoped_lock lock(m_mutex);
    m_callsToFault = n;
    m_faultErrno = errnoValue;
}

void ModelledDisk::failSync(int n)
{
    m_model.failSync(n, DiskModel::SyncFault::Lose);
}

void ModelledDisk::cutBefore(int calls)
{
    const std::scoped_lock lock(m_mutex);
    m_callsToCut = calls;
}

void ModelledDisk::cut()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isCut)
        cutLocked();
}

bool ModelledDisk::isCut() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isCut;
}

qint64 ModelledDisk::promised() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isCut ? m_promisedAtCut : promisedLocked();
}

qint64 ModelledDisk::promisedLocked() const
{
    qint64 most = 0;
    for (const auto &[name, bytes] : m_promised)
        most = std::max(most, bytes);
    return most;
}

void ModelledDisk::cutLocked()
{
    m_isCut = true;
    m_promisedAtCut = promisedLocked();
    m_promised.clear();
    constexpr DiskModel::Unsynced ways[] = {DiskModel::Unsynced::Drop, DiskModel::Unsynced::Keep,
                                            DiskModel::Unsynced::Some, DiskModel::Unsynced::Some};
    const auto names = ways[m_random() % 4];
    m_model.cut(names, ways[m_random() % 4]);
}

/// Empty for what is not on the model.
std::string ModelledDisk::nameOf(const QByteArray &path) const
{
    if (!path.startsWith(m_root + '/'))
        return {};
    const QByteArray name = path.mid(m_root.size() + 1);
    const QString folder = QFile::decodeName(name.split('/').first());
    return m_folders.contains(folder) ? name.toStdString() : std::string();
}

std::string ModelledDisk::nameBehind(int descriptor) const
{
    char path[4096];
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    const ssize_t length = ::readlink(link.constData(), path, sizeof path);
    return length > 0 ? nameOf(QByteArray(path, static_cast<qsizetype>(length))) : std::string();
}

QByteArray ModelledDisk::contentsOf(DiskModel::Id id) const
{
    DiskModel::Status status;
    if (m_model.status(id, &status) != 0)
        return {};
    QByteArray bytes(static_cast<qsizetype>(status.size), '\0');
    m_model.read(id, bytes.data(), status.size, 0);
    return bytes;
}

/// The cache is dropped: what is read next is what the disk has, also where a sync has failed.
void ModelledDisk::showKept(int descriptor, DiskModel::Id id) const
{
    const QByteArray kept = contentsOf(id);
    QByteArray shown(kept.size(), '\0');
    (void)::pread(descriptor, shown.data(), static_cast<size_t>(shown.size()), 0);
    if (shown != kept)
        (void)::pwrite(descriptor, kept.constData(), static_cast<size_t>(kept.size()), 0);
}

/// A journal that says less takes a promise back at once; one that says more is a promise when its name is synced.
void ModelledDisk::noteJournal(const std::string &name, bool isSynced)
{
    const auto id = m_model.find(name);
    const auto journal = id == 0 ? std::nullopt : journalFromJson(contentsOf(id));
    const qint64 says = journal ? journal->syncedBytes : 0;
    qint64 &promised = m_promised[name];
    promised = isSynced ? says : std::min(says, promised);
}

int ModelledDisk::take(const disk::Step &step)
{
    const std::scoped_lock lock(m_mutex);
    if (m_isCut)
        return EIO;
    if (m_callsToCut > 0 && --m_callsToCut == 0) {
        cutLocked();
        return EIO;
    }
    if (m_callsToFault > 0 && --m_callsToFault == 0)
        return m_faultErrno;
    if (*step.path && nameOf(step.path).empty())
        return 0;
    const bool leftOut = step.sync != disk::Sync::None && step.sync == m_leftOut;
    const int result = leftOut ? 0 : carryOut(step);
    if (result < 0)
        return -result;
    if (std::strcmp(step.call, "fsync folder") == 0) {
        const std::string folder = nameOf(step.path);
        for (const std::string &name : m_model.list(m_model.find(folder))) {
            if (isJournal(name))
                noteJournal(folder + '/' + name, true);
        }
    }
    return leftOut ? disk::LeaveOut : 0;
}

/// On the model; -errno where that fails.
int ModelledDisk::carryOut(const disk::Step &step)
{
    const QByteArray call(step.call);
    const std::string name = *step.path ? nameOf(step.path) : nameBehind(step.descriptor);
    const auto id = name.empty() ? 0 : m_model.find(name);
    if (call == "open") {
        DiskModel::Id made = 0;
        return id == 0 && !name.empty() ? m_model.create(name, 0600, &made) : 0;
    }
    if (id == 0)
        return 0;
    if (call == "pwrite" || call == "write") {
        const auto written = m_model.write(id, step.data, step.length, step.offset);
        return written < 0 ? static_cast<int>(written) : 0;
    }
    if (call == "ftruncate")
        return m_model.truncate(id, step.length);
    if (call == "fdatasync" || call == "fsync folder")
        return m_model.sync(id);
    if (call == "link")
        return m_model.link(name, nameOf(step.target));
    if (call == "drop cache")
        showKept(step.descriptor, id);
    if (call == "unlink") {
        m_promised.erase(name);
        return m_model.unlink(name);
    }
    if (call == "rename") {
        const std::string target = nameOf(step.target);
        const int renamed = m_model.rename(name, target, name.ends_with(".new"));
        if (renamed == 0 && isJournal(target))
            noteJournal(target, false);
        return renamed;
    }
    return 0;
}

bool ModelledDisk::restart()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isCut)
        cutLocked();
    bool written = true;
    for (const QString &folder : m_folders) {
        QDir place(QFile::decodeName(m_root) + QLatin1Char('/') + folder);
        for (const QString &name : place.entryList(QDir::Files | QDir::Hidden | QDir::System))
            place.remove(name);
        for (const std::string &name : m_model.list(m_model.find(folder.toStdString()))) {
            QFile file(place.filePath(QString::fromStdString(name)));
            const QByteArray bytes = contentsOf(m_model.find(folder.toStdString() + '/' + name));
            written = written && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        }
    }
    m_isCut = false;
    m_callsToCut = m_callsToFault = 0;
    m_leftOut = disk::Sync::None;
    m_bootId = "start " + QByteArray::number(++m_starts);
    return written;
}

} // namespace tidemark::test
