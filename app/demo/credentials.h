#pragma once

#include <string>
#include <vector>

namespace tidemark::demo {

/// What a key or a service account may do in every project.
enum class Role { BackupAdmin, ReadOnly };

/// Who has come in.
struct Caller
{
    Role role = Role::ReadOnly;
    std::string publicKey; ///< empty: a service account
    std::string address;
};

struct ApiKey
{
    std::string publicKey;
    std::string privateKey;
    Role role = Role::BackupAdmin;
};

struct ServiceAccount
{
    std::string id;
    std::string secret;
    Role role = Role::BackupAdmin;
};

/// The same at each start: they open nothing but a stand-in on loopback.
struct Credentials
{
    std::vector<ApiKey> keys{{"tdmkdemo", "2f1c6d1e-5a0b-4d5e-9d7c-0b9a3e8f7c61", Role::BackupAdmin},
                             {"tdmkread", "7d0e4b52-93c8-47f5-b1de-6a2f5c8e0d13", Role::ReadOnly}};
    ServiceAccount account{"mdb_sa_id_66a1f0c2d4b7e9381f5a2c60", "mdb_sa_sk_Qm7vT2xR9pLw4KcZ8nHs6YbJ3dFgU5eA1oXiV0tM",
                           Role::BackupAdmin};
};

} // namespace tidemark::demo
