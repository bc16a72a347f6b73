#include "disks/disk_model.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace tidemark::test {

timespec DiskModel::now()
{
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME, &time);
    return time;
}

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

} // namespace tidemark::test
