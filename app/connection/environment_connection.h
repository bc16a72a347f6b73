#pragma once

#include "connection/connection.h"

#include <QProcessEnvironment>

#include <optional>

namespace tidemark {

struct EnvironmentConnection
{
    Connection connection; ///< named "Environment"; for this run only, unless the person saves it as a connection
    Credentials credentials;
};

/// The connection that mongocli's own variables describe: MCLI_ and the name of each setting that a connection has a
/// field for, in capitals (see mongocliSettingNames), read as in mongocli's configuration. Cloud Manager where neither
/// a service nor an address is named. nullopt unless both keys are set, and for Atlas (MCLI_SERVICE=cloud).
std::optional<EnvironmentConnection> environmentConnection(const QProcessEnvironment &environment);

/// Whether this is what environmentConnection() gave.
bool isFromEnvironment(const Connection &connection);

} // namespace tidemark
