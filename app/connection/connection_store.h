#pragma once

#include "base/result.h"
#include "connection/connection.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace tidemark {

/// The saved connections, without their secrets: one JSON file, mode 0600, replaced atomically.
class ConnectionStore
{
public:
    /// `path` is the file (…/connections.json). Its folder is made with mode 0700 when missing.
    explicit ConnectionStore(QString path);

    /// Reads the file. A missing one is an empty list. One that cannot be read as connections is set aside as
    /// connections.json.unreadable-TIME, never overwritten, and the Error says so.
    Result<bool> load();
    Result<bool> save() const;

    const std::vector<Connection> &connections() const { return m_connections; }
    const Connection *find(const ConnectionId &id) const;
    const Connection *findByName(const QString &name) const;

    /// Adds (gives an id when it has none) or replaces by id, and saves. Names are unique: a taken one gets a number.
    Result<Connection> put(Connection connection);
    Result<bool> remove(const ConnectionId &id);
    QString freeName(const QString &wanted, const ConnectionId &except = {}) const;

private:
    QString m_path;
    std::vector<Connection> m_connections;
    bool m_keepFile = false; ///< what is there could be somebody's work
};

/// For tests of the file's form.
QJsonObject toJson(const Connection &connection);
Connection connectionFromJson(const QJsonObject &object);

} // namespace tidemark
