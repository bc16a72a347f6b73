#pragma once

#include "base/result.h"
#include "connection/connection.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace tidemark {

struct ImportedProfile
{
    Connection connection; ///< without an id: the importer gives one when it is added
    Credentials credentials;
    QString note; ///< what could not be taken over, in words; empty when all was
};

/// Where mongocli keeps its configuration, newest place first: $XDG_CONFIG_HOME/mongocli/config.toml,
/// ~/.config/mongocli/config.toml, ~/.mongocli.toml. Only existing files.
QStringList mongocliConfigFiles();

/// The profiles of one config.toml: a table for each profile with public_api_key, private_api_key, ops_manager_url,
/// ops_manager_ca_certificate, ops_manager_skip_verify, project_id, org_id, service ("cloud-manager", "ops-manager";
/// profiles of "cloud" (Atlas) are left out). A file that is not TOML of this kind gives an Error that names the line.
Result<std::vector<ImportedProfile>> importMongocli(const QByteArray &toml);

} // namespace tidemark
