#include "disks/disk_model.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace tidemark::test {

namespace {

constexpr std::int64_t Page = 4096;
constexpr std::int64_t Endless = std::numeric_limits<std::int64_t>::max();

timespec now()
{
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME, &time);
    return time;
}

} // namespace

DiskModel::DiskModel(std::uint32_t seed)
    : m_random(seed)
    , m_capacity(std::int64_t(1) << 30)
    , m_deviceLimit(Endless)
{
    Node &root = m_nodes[Root];
    root.isFolder = true;
    root.mode = 0755;
    root.modified = root.changed = now();
}

DiskModel::Id DiskModel::findLocked(const std::string &path) const
{
    Id id = Root;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        const std::string name = path.substr(at, end - at);
        at = end + 1;
        if (name.empty())
            continue;
        const Node &folder = m_nodes.at(id);
        const auto found = folder.names.find(name);
        if (found == folder.names.end())
            return 0;
        id = found->second;
    }
    return id;
}

DiskModel::Id DiskModel::find(const std::string &path) const
{
    const std::lock_guard lock(m_mutex);
    return findLocked(path);
}

int DiskModel::placeOf(const std::string &path, Id *folder, std::string *name) const
{
    const std::size_t slash = path.rfind('/');
    *folder = findLocked(path.substr(0, slash == std::string::npos ? 0 : slash));
    *name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    if (*folder == 0)
        return -ENOENT;
    if (!m_nodes.at(*folder).isFolder)
        return -ENOTDIR;
    constexpr std::size_t longest = 255;
    return name->size() > longest ? -ENAMETOOLONG : 0;
}

DiskModel::Id DiskModel::addNode(bool isFolder, unsigned mode)
{
    Node &node = m_nodes[++m_lastId];
    node.isFolder = isFolder;
    node.mode = mode & 07777U;
    node.modified = node.changed = now();
    return m_lastId;
}

/// Does the change in what is seen, and remembers that it is not kept.
void DiskModel::note(Change change)
{
    for (const Id folder : {change.fromFolder, change.toFolder}) {
        if (folder != 0)
            m_nodes.at(folder).modified = m_nodes.at(folder).changed = now();
    }
    if (change.fromFolder != 0)
        m_nodes.at(change.fromFolder).names.erase(change.fromName);
    if (change.toFolder != 0)
        m_nodes.at(change.toFolder).names[change.toName] = change.id;
    m_nodes.at(change.id).changed = now();
    m_changes.push_back(std::move(change));
}

void DiskModel::keep(const Change &change)
{
    if (change.fromFolder != 0) {
        auto &names = m_nodes.at(change.fromFolder).keptNames;
        const auto found = names.find(change.fromName);
        if (found != names.end() && found->second == change.id)
            names.erase(found);
    }
    if (change.toFolder != 0)
        m_nodes.at(change.toFolder).keptNames[change.toName] = change.id;
}

/// Keeps these changes, and with them the earlier ones that they stand on: of the same thing or the same name.
void DiskModel::keepChosen(std::vector<bool> chosen)
{
    const auto touches = [](const Change &change, Id folder, const std::string &name) {
        return folder != 0 && ((change.fromFolder == folder && change.fromName == name) ||
                               (change.toFolder == folder && change.toName == name));
    };
    for (std::size_t later = m_changes.size(); later-- > 0;) {
        if (!chosen[later])
            continue;
        const Change &change = m_changes[later];
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            const Change &other = m_changes[earlier];
            if (other.id == change.id || touches(other, change.fromFolder, change.fromName) ||
                touches(other, change.toFolder, change.toName))
                chosen[earlier] = true;
        }
    }
    std::vector<Change> left;
    for (std::size_t i = 0; i < m_changes.size(); ++i) {
        if (chosen[i])
            keep(m_changes[i]);
        else
            left.push_back(m_changes[i]);
    }
    m_changes = std::move(left);
}

int DiskModel::create(const std::string &path, unsigned mode, Id *made)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    if (const int error = placeOf(path, &change.toFolder, &change.toName); error != 0)
        return error;
    if (m_nodes.at(change.toFolder).names.count(change.toName) > 0)
        return -EEXIST;
    *made = change.id = addNode(false, mode);
    note(std::move(change));
    return 0;
}

int DiskModel::makeFolder(const std::string &path, unsigned mode)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    if (const int error = placeOf(path, &change.toFolder, &change.toName); error != 0)
        return error;
    if (m_nodes.at(change.toFolder).names.count(change.toName) > 0)
        return -EEXIST;
    change.id = addNode(true, mode);
    note(std::move(change));
    return 0;
}

int DiskModel::link(const std::string &from, const std::string &to)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    change.id = findLocked(from);
    if (change.id == 0)
        return -ENOENT;
    if (m_nodes.at(change.id).isFolder)
        return -EPERM;
    if (const int error = placeOf(to, &change.toFolder, &change.toName); error != 0)
        return error;
    if (m_nodes.at(change.toFolder).names.count(change.toName) > 0)
        return -EEXIST;
    note(std::move(change));
    return 0;
}

int DiskModel::unlink(const std::string &path)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    change.id = findLocked(path);
    if (change.id == 0)
        return -ENOENT;
    if (m_nodes.at(change.id).isFolder)
        return -EISDIR;
    placeOf(path, &change.fromFolder, &change.fromName);
    note(std::move(change));
    return 0;
}

int DiskModel::removeFolder(const std::string &path)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    change.id = findLocked(path);
    if (change.id == 0)
        return -ENOENT;
    if (!m_nodes.at(change.id).isFolder)
        return -ENOTDIR;
    if (change.id == Root || !m_nodes.at(change.id).names.empty())
        return -ENOTEMPTY;
    placeOf(path, &change.fromFolder, &change.fromName);
    note(std::move(change));
    return 0;
}

int DiskModel::rename(const std::string &from, const std::string &to, bool mayReplace)
{
    const std::lock_guard lock(m_mutex);
    Change change;
    change.id = findLocked(from);
    if (change.id == 0)
        return -ENOENT;
    placeOf(from, &change.fromFolder, &change.fromName);
    if (const int error = placeOf(to, &change.toFolder, &change.toName); error != 0)
        return error;
    if (const Id there = findLocked(to); there != 0) {
        if (!mayReplace)
            return -EEXIST;
        if (there == change.id)
            return 0;
        const Node &replaced = m_nodes.at(there);
        if (replaced.isFolder != m_nodes.at(change.id).isFolder)
            return replaced.isFolder ? -EISDIR : -ENOTDIR;
        if (!replaced.names.empty())
            return -ENOTEMPTY;
    }
    note(std::move(change));
    return 0;
}

std::int64_t DiskModel::read(Id id, char *data, std::int64_t length, std::int64_t offset) const
{
    const std::lock_guard lock(m_mutex);
    const std::string &live = m_nodes.at(id).live;
    const std::int64_t count =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(live.size()) - offset, 0, std::max<std::int64_t>(length, 0));
    std::copy_n(live.begin() + offset * (count > 0), count, data);
    return count;
}

std::int64_t DiskModel::write(Id id, const char *data, std::int64_t length, std::int64_t offset)
{
    const std::lock_guard lock(m_mutex);
    Node &node = m_nodes.at(id);
    const std::int64_t end = offset + length;
    const auto size = static_cast<std::int64_t>(node.live.size());
    if (end > size) {
        if (end - size > m_capacity - usedLocked())
            return -ENOSPC;
        node.live.resize(static_cast<std::size_t>(end), '\0');
    }
    std::copy_n(data, length, node.live.begin() + offset);
    for (std::int64_t page = std::min(offset, size) / Page; page * Page < end; ++page)
        node.dirty.insert(page);
    node.modified = node.changed = now();
    return length;
}

int DiskModel::truncate(Id id, std::int64_t size)
{
    const std::lock_guard lock(m_mutex);
    Node &node = m_nodes.at(id);
    if (node.isFolder)
        return -EISDIR;
    const auto before = static_cast<std::int64_t>(node.live.size());
    if (size - before > m_capacity - usedLocked())
        return -ENOSPC;
    node.live.resize(static_cast<std::size_t>(size), '\0');
    node.dirty.erase(node.dirty.upper_bound(size / Page), node.dirty.end());
    for (std::int64_t page = std::min(before, size) / Page; page * Page < size; ++page)
        node.dirty.insert(page);
    node.modified = node.changed = now();
    return 0;
}

int DiskModel::setMode(Id id, unsigned mode)
{
    const std::lock_guard lock(m_mutex);
    m_nodes.at(id).mode = mode & 07777U;
    m_nodes.at(id).changed = now();
    return 0;
}

int DiskModel::setModified(Id id, timespec time)
{
    const std::lock_guard lock(m_mutex);
    m_nodes.at(id).modified = time;
    m_nodes.at(id).changed = now();
    return 0;
}

unsigned DiskModel::linksTo(Id id) const
{
    unsigned links = id == Root ? 1 : 0;
    for (const auto &[other, node] : m_nodes) {
        for (const auto &[name, there] : node.names)
            links += there == id ? 1 : 0;
    }
    return links;
}

int DiskModel::status(Id id, Status *status) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end())
        return -ENOENT;
    const Node &node = found->second;
    *status = {node.isFolder, node.mode,   linksTo(id), static_cast<std::int64_t>(node.live.size()),
               node.modified, node.changed};
    return 0;
}

std::vector<std::string> DiskModel::list(Id folder) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    for (const auto &[name, id] : m_nodes.at(folder).names)
        names.push_back(name);
    return names;
}

void DiskModel::opened(Id id)
{
    const std::lock_guard lock(m_mutex);
    ++m_nodes.at(id).open;
}

void DiskModel::closed(Id id)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_nodes.find(id);
    if (found != m_nodes.end() && found->second.open > 0)
        --found->second.open;
}

void DiskModel::keepPage(Node &node, std::int64_t page)
{
    const std::int64_t begin = page * Page;
    const std::int64_t end = std::min<std::int64_t>(begin + Page, static_cast<std::int64_t>(node.live.size()));
    if (end <= begin)
        return;
    if (static_cast<std::int64_t>(node.kept.size()) < end)
        node.kept.resize(static_cast<std::size_t>(end), '\0');
    std::copy(node.live.begin() + begin, node.live.begin() + end, node.kept.begin() + begin);
}

/// What was written from this page on is gone: there is again what was kept.
void DiskModel::losePages(Node &node, std::int64_t firstPage)
{
    for (auto page = node.dirty.lower_bound(firstPage); page != node.dirty.end(); page = node.dirty.erase(page)) {
        for (std::int64_t at = *page * Page;
             at < (*page + 1) * Page && at < static_cast<std::int64_t>(node.live.size()); ++at) {
            const auto index = static_cast<std::size_t>(at);
            node.live[index] = index < node.kept.size() ? node.kept[index] : '\0';
        }
    }
}

/// False when some of it got lost.
bool DiskModel::writeBack(Node &node)
{
    while (!node.dirty.empty() && m_deviceLimit >= Page) {
        keepPage(node, *node.dirty.begin());
        node.dirty.erase(node.dirty.begin());
        if (m_deviceLimit != Endless)
            m_deviceLimit -= Page;
    }
    const bool whole = node.dirty.empty();
    losePages(node, 0);
    node.kept.resize(node.live.size(), '\0');
    return whole && !std::exchange(node.writebackFailed, false);
}

int DiskModel::sync(Id id)
{
    const std::lock_guard lock(m_mutex);
    Node &node = m_nodes.at(id);
    const auto fault = m_faults.find(++m_syncs);
    if (fault != m_faults.end()) {
        if (fault->second == SyncFault::Lose) {
            losePages(node, 0);
            std::erase_if(m_changes,
                          [id](const Change &change) { return change.fromFolder == id || change.toFolder == id; });
        }
        return fault->second == SyncFault::Lie ? 0 : -EIO;
    }
    if (!node.isFolder)
        return writeBack(node) ? 0 : -EIO;
    std::vector<bool> chosen;
    for (const Change &change : m_changes)
        chosen.push_back(change.fromFolder == id || change.toFolder == id);
    keepChosen(std::move(chosen));
    return 0;
}

void DiskModel::setCapacity(std::int64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_capacity = bytes;
}

std::int64_t DiskModel::capacity() const
{
    const std::lock_guard lock(m_mutex);
    return m_capacity;
}

std::int64_t DiskModel::usedLocked() const
{
    std::int64_t bytes = 0;
    for (const auto &[id, node] : m_nodes) {
        if (!node.live.empty() && (node.open > 0 || linksTo(id) > 0))
            bytes += static_cast<std::int64_t>(node.live.size());
    }
    return bytes;
}

std::int64_t DiskModel::used() const
{
    const std::lock_guard lock(m_mutex);
    return usedLocked();
}

void DiskModel::failSync(std::int64_t n, SyncFault fault)
{
    const std::lock_guard lock(m_mutex);
    m_faults[m_syncs + n] = fault;
}

std::int64_t DiskModel::syncs() const
{
    const std::lock_guard lock(m_mutex);
    return m_syncs;
}

void DiskModel::setDeviceLimit(std::int64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_deviceLimit = bytes;
}

void DiskModel::failWriteback()
{
    const std::lock_guard lock(m_mutex);
    for (auto &[id, node] : m_nodes) {
        node.writebackFailed = node.writebackFailed || !node.dirty.empty();
        losePages(node, 0);
    }
}

void DiskModel::cut(Unsynced names, Unsynced bytes)
{
    const std::lock_guard lock(m_mutex);
    std::vector<bool> chosen;
    for (std::size_t i = 0; i < m_changes.size(); ++i)
        chosen.push_back(names == Unsynced::Keep || (names == Unsynced::Some && flip()));
    keepChosen(std::move(chosen));
    m_changes.clear();
    for (auto &[id, node] : m_nodes) {
        for (const std::int64_t page : node.dirty) {
            if (bytes == Unsynced::Keep || (bytes == Unsynced::Some && flip()))
                keepPage(node, page);
        }
        if (bytes == Unsynced::Keep)
            node.kept.resize(node.live.size(), '\0');
        node.dirty.clear();
        node.live = node.kept;
        node.names = node.keptNames;
        node.open = 0;
        node.writebackFailed = false;
    }
    m_faults.clear();
}

} // namespace tidemark::test
