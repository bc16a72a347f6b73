#pragma once

#include "base/kept_file.h"
#include "connection/connection.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace tidemark {

/// The saved connections, without their secrets: one JSON file that several running copies of the program share
/// (KeptFile). Each change is made to what the file holds at that moment, so that none undoes another's.
class ConnectionStore
{
public:
    /// `path` is the file (…/connections.json). Its folder is made with mode 0700 when missing.
    explicit ConnectionStore(QString path);

    /// Reads the file. A missing one is an empty list. One that is damaged or that a newer version wrote is kept aside
    /// under another name, never overwritten, and the Error says so; connections start empty. One that cannot be read
    /// for now stays where it is, and nothing is saved over it.
    Result<bool> load();

    /// As of the last load() or change; a change brings those of other processes, too.
    const std::vector<Connection> &connections() const { return m_connections; }
    const Connection *find(const ConnectionId &id) const;
    const Connection *findByName(const QString &name) const;

    /// Adds (gives an id when it has none) or replaces by id, and saves. Names are unique: a taken one gets a number.
    /// Blocks for the disk, at most 2 s for another process. A failure has changed nothing.
    Result<Connection> put(Connection connection);
    Result<bool> remove(const ConnectionId &id);
    QString freeName(const QString &wanted, const ConnectionId &except = {}) const;

    /// That a change found the file damaged or newer and kept it aside: for the window, once.
    std::optional<Error> takeSetAside();

private:
    using Change = std::function<bool(QJsonArray &saved)>;
    Result<bool> change(const Change &change);

    KeptFile m_file;
    std::vector<Connection> m_connections;
    std::optional<Error> m_toldSetAside;
};

/// For tests of the file's form.
QJsonObject toJson(const Connection &connection);
Connection connectionFromJson(const QJsonObject &object);

} // namespace tidemark
