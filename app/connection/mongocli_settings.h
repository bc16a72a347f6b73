#pragma once

#include "connection/connection.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace tidemark {

/// The settings of mongocli that a connection has a field for, by their names in its configuration; the environment has
/// them as MCLI_ and the same in capitals. Source: mongocli's internal/config (v1.31), "config set" and "config
/// describe".
QStringList mongocliSettingNames();

/// What one profile or the environment says, as text, by the names above. Names that are empty or absent are not set.
using MongocliSettings = QHash<QString, QString>;

/// A connection as mongocli was told of it.
struct MongocliConnection
{
    /// What has to be asked, because assuming it could address the wrong deployment.
    enum class Missing {
        Nothing,
        Service, ///< neither a service nor an address
        Address  ///< an Ops Manager without one, or with one that names no server
    };

    Connection connection; ///< without id and name
    Credentials credentials;
    Missing missing = Missing::Nothing;
    QStringList notes; ///< what could not be taken over, in sentences
};

/// nullopt for a profile of Atlas, which is no deployment of Cloud Manager or Ops Manager. An address counts more than
/// the service: whoever gave an address of their own has an Ops Manager there.
std::optional<MongocliConnection> mongocliConnection(const MongocliSettings &settings);

} // namespace tidemark
