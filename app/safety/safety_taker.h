#pragma once

#include "cloud/snapshot_change.h"
#include "jobs/poller.h"
#include "safety/kept_safety.h"

#include <QObject>

#include <functional>
#include <map>
#include <set>

namespace tidemark {

class AuditLog;
class CloudClient;

/// Asks for safety snapshots, each once, follows them in their cluster's list until they are complete, and keeps them
/// on disk with the restore that was ordered after each, also over the end of the program. Belongs to one open
/// connection.
class SafetyTaker : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        CloudClient &asking;  ///< a person waits for it
        CloudClient &reading; ///< of single attempts
        AuditLog &audit;
        QString file;
        QString server; ///< serverKey() of the connection
        /// Of this connection; what is being sent at the moment is none of them.
        std::function<std::vector<UnsettledOrder>()> unsettled;
    };

    /// The clients and the audit log outlive it.
    explicit SafetyTaker(Setup setup, QObject *parent = nullptr);

    /// Asks for one of this target. Does nothing while there is one for the next restore that may do. It is on disk
    /// and in the audit log before anything leaves; where it cannot be written nothing is sent, and its state says so.
    void take(const Project &project, const Cluster &target, int retentionDays);

    /// What other running programs have asked for or ordered since: before what is known counts.
    void readAgain();

    /// One that is known, with what was seen of it.
    struct Known
    {
        SafetySnapshot kept;
        SafetyLook look;
        SafetyState state;
        std::optional<Error> refusedSince{}; ///< another one that was asked for later was not taken
    };
    /// Of the restore that is prepared now; nullopt for none.
    std::optional<Known> forNextRestore(const ClusterId &target) const;
    /// Of the restore that one of these jobs is of; nullopt for none.
    std::optional<Known> ofRestore(const std::vector<RestoreJob> &jobs) const;

    /// A restore of the target was ordered: what was taken for it is its own from now on. Called again for the same
    /// order it changes nothing but its jobs.
    /// False where that is not on the disk: it has to be told again.
    bool bind(const QString &order, const ClusterId &target, const QDateTime &ordered, const std::vector<JobId> &jobs);

    /// Why those of earlier runs could not be read; the file stays, or was put aside. nullopt: they were.
    const std::optional<Error> &trouble() const { return m_trouble; }

Q_SIGNALS:
    void changed();
    /// What has changed could not be written.
    void fileTrouble(const tidemark::Error &error);

private:
    struct Entry
    {
        SafetySnapshot kept;
        SafetyLook look;
        bool isUnwritten = false; ///< the disk did not take what is kept
    };

    SafetyState stateOf(const Entry &entry) const;
    Known known(const Entry &entry) const;
    const Entry *nextOf(const ClusterId &target) const;
    /// Without the order of this key.
    std::set<QString> reservedFor(const QString &except) const;
    void readFile();
    void takeOver(const SafetySnapshot &kept);
    Result<bool> write(const SafetySnapshot &kept);
    bool record(const SafetySnapshot &kept, const QString &event, QJsonObject details = {});
    void send(const QString &key);
    void answered(const QString &key, const Result<RequestedSnapshot> &answer);
    void arrived(const QString &key, const Result<std::vector<Snapshot>> &list);
    void follow(const Entry &entry);
    bool change(Entry &entry, const SafetySnapshot &kept);
    bool tellUnwritten(const Result<bool> &written);

    Setup m_setup;
    KeptSafety m_file;
    std::optional<Error> m_trouble;
    std::map<QString, Entry> m_entries; ///< by the request's key
    Poller<QString, std::vector<Snapshot>> m_lists;
};

} // namespace tidemark
