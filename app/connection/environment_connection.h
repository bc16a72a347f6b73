#pragma once

#include "connection/connection.h"

#include <QProcessEnvironment>

#include <optional>

namespace tidemark {

struct EnvironmentConnection
{
    Connection connection; ///< named "Environment", never saved
    Credentials credentials;
};

/// The connection that mongocli's own variables describe: MCLI_PUBLIC_API_KEY and MCLI_PRIVATE_API_KEY, with
/// MCLI_OPS_MANAGER_URL (else Cloud Manager) and MCLI_PROJECT_ID. nullopt unless both keys are set.
std::optional<EnvironmentConnection> environmentConnection(const QProcessEnvironment &environment);

} // namespace tidemark
