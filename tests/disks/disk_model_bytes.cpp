#include "disks/disk_model.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace tidemark::test {

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

/// What was written and not kept is gone: there is again what was kept.
void DiskModel::losePages(Node &node)
{
    for (auto page = node.dirty.begin(); page != node.dirty.end(); page = node.dirty.erase(page)) {
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
    losePages(node);
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
            losePages(node);
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
        losePages(node);
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
