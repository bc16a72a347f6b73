#pragma once

#include "base/result.h"
#include "connection/mongocli_settings.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace tidemark {

struct MongocliImport
{
    std::vector<MongocliConnection>
        profiles;          ///< named as in the file and in its order; ids are given when they are added
    int atlasProfiles = 0; ///< left out: they are no deployment that this program restores
};

/// Where mongocli keeps or kept its configuration, newest place first: mongocli/config.toml and mongocli.toml under
/// $XDG_CONFIG_HOME and ~/.config, then ~/.mongocli.toml. Only existing files.
QStringList mongocliConfigFiles();

/// The profiles of one configuration: every table that has a key or an address, also below another table
/// ("my.profile"), or the keys above all tables where there is no such table ("default"). As mongocli reads it, names
/// count without case, and what stands above the tables outranks a profile's own. A value that is no text is left out
/// with a note and harms nothing else. What is not TOML is an Error (kind Parse) that names the line.
Result<MongocliImport> importMongocli(const QByteArray &toml);

} // namespace tidemark
