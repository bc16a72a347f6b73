#include "cloud/error_codes.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <span>

// Sources: "Cloud Manager API Error Codes" and "Ops Manager API Error Codes", the create-restore-job pages, and the
// pages on service accounts. Codes only known from the related Atlas list are in here as well: the back end is shared.

namespace tidemark {

namespace {

#define T(text) QT_TRANSLATE_NOOP("tidemark::ApiError", text)

constexpr const char *CheckIds =
    T("Refresh the list: it may have been removed, or the key may belong to another project.");
constexpr const char *AccessList =
    T("Add this address to the API access list of the key (in the organization's Access Manager, not "
      "the project's IP access list), then try again.");
constexpr const char *Report =
    T("This program sent something that the server does not accept. Please report it with the server's "
      "version.");
constexpr const char *AskOwner = T("Ask a project owner to give the key the role, or use another connection.");

constexpr std::array entries{
    // 400
    ErrorCodeEntry{"ATTRIBUTE_NEGATIVE", ErrorKind::Refused, T("A number must not be negative."), "", true},
    ErrorCodeEntry{"ATTRIBUTE_NEGATIVE_OR_ZERO", ErrorKind::Refused, T("A number must be 1 or more."), "", true},
    ErrorCodeEntry{"ATTRIBUTE_READ_ONLY", ErrorKind::Refused, T("The server does not let a client set a field."),
                   Report, true},
    ErrorCodeEntry{"FRACTIONAL_TIMESTAMP", ErrorKind::Refused, T("The point in time must be a whole second."),
                   T("Choose a moment without a fraction of a second.")},
    ErrorCodeEntry{"GROUP_MISMATCH", ErrorKind::Refused, T("The cluster or snapshot belongs to another project."),
                   CheckIds, true},
    ErrorCodeEntry{"INVALID_ATTRIBUTE", ErrorKind::Refused, T("The server did not accept a field of the request."),
                   T("The server's text names the field."), true},
    ErrorCodeEntry{"INVALID_ENUM_VALUE", ErrorKind::Refused, T("The server does not know one of the values sent."),
                   Report, true},
    ErrorCodeEntry{"INVALID_JSON", ErrorKind::Refused, T("The server could not read the request."), Report, true},
    ErrorCodeEntry{"INVALID_JSON_ATTRIBUTE", ErrorKind::Refused, T("The server could not read a field of the request."),
                   Report, true},
    ErrorCodeEntry{"INVALID_PERIOD", ErrorKind::Refused, T("The server did not accept a period of time."), "", true},
    ErrorCodeEntry{"INVALID_QUERY_PARAMETER", ErrorKind::Refused, T("The server did not accept a query parameter."),
                   Report, true},
    ErrorCodeEntry{"MISSING_ATTRIBUTE", ErrorKind::Refused, T("A field that the server requires is missing."), "",
                   true},
    ErrorCodeEntry{"MISSING_ONE_OF_ATTRIBUTES", ErrorKind::Refused, T("One of two fields is required."), "", true},
    ErrorCodeEntry{"MISSING_ONE_OF_THREE_ATTRIBUTES", ErrorKind::Refused, T("One of three fields is required."), "",
                   true},
    ErrorCodeEntry{"MISSING_OR_INVALID_ATTRIBUTE", ErrorKind::Refused, T("A field is missing or not valid."), "", true},
    ErrorCodeEntry{"MISSING_QUERY_PARAMETER", ErrorKind::Refused, T("A query parameter is missing."), Report, true},
    ErrorCodeEntry{"MUTUALLY_EXCLUSIVE_QUERY_PARAMETERS", ErrorKind::Refused,
                   T("Two query parameters exclude each other."), Report, true},
    ErrorCodeEntry{"NOT_SHARDED", ErrorKind::Refused, T("The cluster is not sharded."),
                   T("Checkpoints exist for sharded clusters only.")},
    ErrorCodeEntry{"UNSUPPORTED_AUTOMATION_AGENT_VERSION", ErrorKind::Refused,
                   T("The automation agents of the target are too old for this restore."),
                   T("Update the agents of the target project, then try again."), true},
    ErrorCodeEntry{"UNSUPPORTED_DELIVERY_METHOD", ErrorKind::Refused,
                   T("The server does not offer this kind of delivery."),
                   T("Points in time, oplog timestamps and checkpoints can only be restored to a cluster."), true},
    ErrorCodeEntry{"API_KEY_NOT_FOUND", ErrorKind::Credentials, T("The server does not know this API key."),
                   T("Check the public key; the key may have been deleted.")},
    // 401
    ErrorCodeEntry{"NOT_IN_GROUP", ErrorKind::Permission, T("The key is right, but it has no access to this project."),
                   T("Ask a project owner to invite the key to the project.")},
    ErrorCodeEntry{"USER_UNAUTHORIZED", ErrorKind::Permission, T("The key is right, but it may not do this."), AskOwner,
                   true},
    ErrorCodeEntry{"NO_CURRENT_USER", ErrorKind::Credentials, T("The server did not recognize the key."),
                   T("Check the public and private key.")},
    ErrorCodeEntry{"NOT_ORG_ADMIN", ErrorKind::Permission, T("Only an organization owner may do this."), AskOwner},
    ErrorCodeEntry{"NOT_GROUP_USER_ADMIN", ErrorKind::Permission, T("Only a project owner may do this."), AskOwner},
    // 402
    ErrorCodeEntry{"ACCOUNT_SUSPENDED", ErrorKind::Permission, T("The organization's account is suspended."),
                   T("The organization owner has to settle the billing.")},
    ErrorCodeEntry{"CANNOT_START_BACKUP_NO_BILLING_INFO", ErrorKind::Permission,
                   T("The organization has no billing information."), T("The organization owner has to add it.")},
    ErrorCodeEntry{"NO_PAYMENT_INFORMATION_FOUND", ErrorKind::Permission,
                   T("The organization has no payment information."), T("The organization owner has to add it.")},
    // 403
    ErrorCodeEntry{"IP_ADDRESS_NOT_ON_ACCESS_LIST", ErrorKind::Permission,
                   T("The address this computer is seen with is not on the API access list of the key."), AccessList,
                   true},
    ErrorCodeEntry{"IP_ADDRESS_NOT_ON_WHITELIST", ErrorKind::Permission,
                   T("The address this computer is seen with is not on the API access list of the key."), AccessList,
                   true},
    ErrorCodeEntry{"RESOURCE_REQUIRES_ACCESS_LIST", ErrorKind::Permission,
                   T("Backups may only be managed with a key that has an API access list, and this key has none."),
                   AccessList, true},
    ErrorCodeEntry{"ORG_REQUIRES_ACCESS_LIST", ErrorKind::Permission,
                   T("The organization requires an API access list for every key, and this key has none."), AccessList,
                   true},
    ErrorCodeEntry{"FEATURE_UNSUPPORTED", ErrorKind::Permission, T("This server does not offer the feature."), "",
                   true},
    ErrorCodeEntry{"UNSUPPORTED_FOR_CURRENT_CONFIG", ErrorKind::Permission,
                   T("This is not possible with the cluster's present configuration."), "", true},
    ErrorCodeEntry{"UNSUPPORTED_FOR_CURRENT_PLAN", ErrorKind::Permission,
                   T("The organization's plan does not include this."), "", true},
    ErrorCodeEntry{"NO_FREE_TIER_API", ErrorKind::Permission, T("The Free Tier has no API."), ""},
    ErrorCodeEntry{"CANNOT_DELETE_FROM_CLUSTER_SNAPSHOT", ErrorKind::Permission,
                   T("A part of a sharded cluster's snapshot cannot be deleted alone."), ""},
    // 404
    ErrorCodeEntry{"GROUP_NOT_FOUND", ErrorKind::NotFound, T("The project does not exist, or the key does not see it."),
                   CheckIds},
    ErrorCodeEntry{"GROUP_NAME_NOT_FOUND", ErrorKind::NotFound,
                   T("The project does not exist, or the key does not see it."), CheckIds},
    ErrorCodeEntry{"ORG_NOT_FOUND", ErrorKind::NotFound,
                   T("The organization does not exist, or the key does not see it."), CheckIds},
    ErrorCodeEntry{"CLUSTER_NOT_FOUND", ErrorKind::NotFound, T("The cluster does not exist in this project."),
                   CheckIds},
    ErrorCodeEntry{"DATABASE_NOT_FOUND", ErrorKind::NotFound, T("The host has no such database."), CheckIds},
    ErrorCodeEntry{"DEVICE_NOT_FOUND", ErrorKind::NotFound, T("The host has no such disk partition."), CheckIds},
    ErrorCodeEntry{"HOST_NOT_FOUND", ErrorKind::NotFound, T("The host does not exist in this project."), CheckIds},
    ErrorCodeEntry{"SNAPSHOT_NOT_FOUND", ErrorKind::NotFound, T("The snapshot does not exist any more."),
                   T("Refresh the snapshots; it may have expired.")},
    ErrorCodeEntry{"CONFIG_SNAPSHOT_NOT_FOUND", ErrorKind::NotFound,
                   T("The config servers' snapshot does not exist any more."),
                   T("Refresh the snapshots; it may have expired.")},
    ErrorCodeEntry{"CHECKPOINT_NOT_FOUND", ErrorKind::NotFound, T("The checkpoint does not exist any more."),
                   T("Refresh the checkpoints; it may have expired.")},
    ErrorCodeEntry{"RESTORE_JOB_NOT_FOUND", ErrorKind::NotFound, T("The restore job does not exist."), CheckIds},
    ErrorCodeEntry{"RESTORE_JOB_NOT_FOUND_IN_GROUP", ErrorKind::NotFound,
                   T("The restore job does not exist in this project."), CheckIds},
    ErrorCodeEntry{"CONFIG_RESTORE_JOB_NOT_FOUND", ErrorKind::NotFound,
                   T("The config servers' restore job does not exist."), CheckIds},
    ErrorCodeEntry{"BACKUP_CONFIG_NOT_FOUND", ErrorKind::NotFound, T("The cluster has no backup."),
                   T("Choose a cluster whose backup is running.")},
    ErrorCodeEntry{"AUTOMATION_CONFIG_NOT_FOUND", ErrorKind::NotFound, T("The project is not managed by Automation."),
                   T("Automated restores need a target that Automation manages.")},
    ErrorCodeEntry{"NOT_CONFIG_SERVER", ErrorKind::NotFound, T("The host is not a config server."), ""},
    ErrorCodeEntry{"RESOURCE_NOT_FOUND", ErrorKind::NotFound, T("The server does not know this resource."),
                   T("It may be an older Ops Manager; check the connection's URL."), true},
    ErrorCodeEntry{"INVALID_GROUP_ID", ErrorKind::NotFound, T("The server does not accept the project's id."), CheckIds,
                   true},
    ErrorCodeEntry{"INVALID_CLUSTER_ID", ErrorKind::NotFound, T("The server does not accept the cluster's id."),
                   CheckIds, true},
    ErrorCodeEntry{"INVALID_SNAPSHOT_ID", ErrorKind::NotFound, T("The server does not accept the snapshot's id."),
                   CheckIds, true},
    ErrorCodeEntry{"INVALID_CHECKPOINT_ID", ErrorKind::NotFound, T("The server does not accept the checkpoint's id."),
                   CheckIds, true},
    ErrorCodeEntry{"INVALID_JOB_ID", ErrorKind::NotFound, T("The server does not accept the restore job's id."),
                   CheckIds, true},
    ErrorCodeEntry{"INVALID_MACHINE_ID", ErrorKind::NotFound, T("The server does not accept the host's id."), CheckIds,
                   true},
    ErrorCodeEntry{"INVALID_KEY_ID", ErrorKind::NotFound, T("The server does not accept the key's id."), CheckIds,
                   true},
    // 405, 409, 410
    ErrorCodeEntry{"WRITES_NOT_ALLOWED_DURING_APP_UPGRADES", ErrorKind::Server,
                   T("The server is being upgraded and takes no changes."), T("Try again when the upgrade is over.")},
    ErrorCodeEntry{"CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT", ErrorKind::Conflict,
                   T("The snapshot has been deleted."), T("Choose another snapshot.")},
    ErrorCodeEntry{"CANNOT_START_RESTORE_JOB_FOR_DELETED_CLUSTER_SNAPSHOT", ErrorKind::Conflict,
                   T("The cluster's snapshot has been deleted."), T("Choose another snapshot.")},
    ErrorCodeEntry{"CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT", ErrorKind::Conflict,
                   T("The cluster's snapshot is not complete."), T("Wait until it is, or choose another snapshot.")},
    ErrorCodeEntry{"CANNOT_DOWNLOAD_INCOMPLETE_SNAPSHOT", ErrorKind::Conflict, T("The snapshot is not complete."),
                   T("Wait until it is, or choose another snapshot.")},
    ErrorCodeEntry{"LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION", ErrorKind::Conflict,
                   T("The link would outlive the snapshot, which is deleted before."), T("Choose an earlier expiry.")},
    ErrorCodeEntry{"NO_CHECKPOINT_FOR_PIT_RESTORE", ErrorKind::Conflict,
                   T("There is no checkpoint for this point in time."),
                   T("Choose another moment, or restore a snapshot.")},
    ErrorCodeEntry{"CANNOT_GET_BACKUP_CONFIG_INVALID_STATE", ErrorKind::Conflict,
                   T("The cluster's backup cannot be read in its present state."),
                   T("Monitoring may not see the cluster."), true},
    ErrorCodeEntry{"CANNOT_MODIFY_SHARD_BACKUP_CONFIG", ErrorKind::Conflict,
                   T("A shard's backup belongs to its sharded cluster."), T("Use the sharded cluster as a whole.")},
    ErrorCodeEntry{"AUTOMATION_CONFIG_CONCURRENT_MODIFICATION", ErrorKind::Conflict,
                   T("Someone else is changing the project's automation configuration."),
                   T("Wait until that is done, then try again.")},
    ErrorCodeEntry{"INVALID_RESTORE_PROCESS", ErrorKind::Conflict,
                   T("The target has a process that cannot be restored to."), "", true},
    ErrorCodeEntry{"RESTORE_INITIATION_FAILED", ErrorKind::Conflict, T("The server could not begin the restore."), "",
                   true},
    ErrorCodeEntry{"RESTORE_VALIDATION_FAILED", ErrorKind::Conflict, T("The server's checks refused the restore."),
                   T("Versions, namespaces or a running restore may stand in the way."), true},
    ErrorCodeEntry{"SNAPSHOT_BLOCKS_MISSING", ErrorKind::Conflict,
                   T("The snapshot is damaged: blocks of it are missing in the store."),
                   T("Choose another snapshot and tell who runs the Ops Manager.")},
    ErrorCodeEntry{"SNAPSHOT_BLOCK_VALIDATION_UNAVAILABLE", ErrorKind::Server,
                   T("The server cannot check the snapshot's blocks at the moment."), T("Try again later.")},
    ErrorCodeEntry{"INVALID_RESTORE_SNAPSHOT_FILTER_LIST", ErrorKind::Conflict,
                   T("The snapshot holds only some namespaces and cannot be restored this way."), "", true},
    ErrorCodeEntry{"ATLAS_CLUSTER_RESTORE_IN_PROGRESS", ErrorKind::Conflict, T("The target is being restored already."),
                   T("Wait until that restore has ended.")},
    ErrorCodeEntry{"PERSONAL_API_KEYS_DEPRECATED", ErrorKind::Credentials,
                   T("Personal API keys are no longer accepted."),
                   T("Use a programmatic API key of the organization or project.")},
    // 429, 500
    ErrorCodeEntry{"RATE_LIMITED", ErrorKind::RateLimited, T("The server limits how often it may be asked."),
                   T("Wait a minute before the next attempt."), true},
    ErrorCodeEntry{"RATE_LIMITED_TOKEN_BUCKET", ErrorKind::RateLimited,
                   T("The server limits how often it may be asked."), T("Wait a minute before the next attempt."),
                   true},
    ErrorCodeEntry{"UNEXPECTED_ERROR", ErrorKind::Server, T("The server had an unexpected error."),
                   T("Try again; if it stays, tell who runs the server."), true},
};

constexpr std::array tokenEntries{
    ErrorCodeEntry{
        "invalid_client", ErrorKind::Credentials, T("The service account's client id or secret is wrong."),
        T("Check both; the secret may have expired. A new one is made in the organization's Access Manager.")},
    ErrorCodeEntry{"access_denied", ErrorKind::Permission, T("The service account may not ask for a token from here."),
                   T("Check the API access list of the service account."), true},
    ErrorCodeEntry{"rate_limited", ErrorKind::RateLimited,
                   T("Too many tokens were asked for: ten a minute are allowed."), T("Wait a minute.")},
    ErrorCodeEntry{"invalid_request", ErrorKind::Refused, T("The server did not accept the request for a token."),
                   Report, true},
    ErrorCodeEntry{"unsupported_grant_type", ErrorKind::Refused, T("The server does not offer client credentials."),
                   T("Use an API key for this server."), true},
    ErrorCodeEntry{"invalid_grant", ErrorKind::Credentials, T("The server did not grant a token."),
                   T("Check the service account's client id and secret."), true},
    ErrorCodeEntry{"server_error", ErrorKind::Server, T("The server had an unexpected error while making a token."),
                   T("Try again later.")},
};

#undef T

const ErrorCodeEntry *find(std::span<const ErrorCodeEntry> table, const QString &code)
{
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&code](const ErrorCodeEntry &entry) { return code == QLatin1String(entry.code); });
    return found == table.end() ? nullptr : &*found;
}

} // namespace

const ErrorCodeEntry *errorCodeEntry(const QString &code)
{
    return find(entries, code);
}

const ErrorCodeEntry *tokenErrorEntry(const QString &code)
{
    return find(tokenEntries, code);
}

QString errorCodeText(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("tidemark::ApiError", text);
}

} // namespace tidemark
