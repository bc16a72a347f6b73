#include "safety/safety_taker.h"

#include "base/text.h"
#include "cloud/cloud_client.h"
#include "restore/audit_log.h"
#include "restore/rules.h"

#include <QUuid>

#include <algorithm>

namespace tidemark {

static constexpr std::chrono::minutes LongestPauseAfterErrors{5};

SafetyTaker::SafetyTaker(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_file(m_setup.file)
    , m_lists(
          2, LongestPauseAfterErrors, nullptr,
          [this](const QString &key) {
              const SafetySnapshot &kept = m_entries.at(key).kept;
              return m_setup.reading.allSnapshots(kept.project.id, kept.cluster);
          },
          [this](const QString &key, const Result<std::vector<Snapshot>> &list) { arrived(key, list); })
{
    readFile();
}

void SafetyTaker::readFile()
{
    const auto kept = m_file.read(m_setup.server, m_setup.reading.serverNow());
    if (!kept) {
        m_trouble = kept.error();
        return;
    }
    m_trouble = m_file.setAside();
    for (const SafetySnapshot &one : *kept) {
        takeOver(one);
    }
}

void SafetyTaker::takeOver(const SafetySnapshot &kept)
{
    const auto &[known, isNew] = m_entries.try_emplace(kept.key, Entry{kept, {}});
    Entry &entry = known->second;
    if (!isNew)
        entry.kept = mergedWith(kept, entry.kept);
    follow(entry);
}

void SafetyTaker::readAgain()
{
    const auto kept = m_file.read(m_setup.server, m_setup.reading.serverNow());
    if (!kept)
        return; // what is known stays
    for (const SafetySnapshot &one : *kept)
        takeOver(one);
    Q_EMIT changed();
}

SafetyState SafetyTaker::stateOf(const Entry &entry) const
{
    return safetyState(entry.kept, entry.look, m_setup.reading.serverNow());
}

SafetyTaker::Known SafetyTaker::known(const Entry &entry) const
{
    return {entry.kept, entry.look, stateOf(entry)};
}

/// One that was refused counts only where there is no other: what was taken before it is still there.
const SafetyTaker::Entry *SafetyTaker::nextOf(const ClusterId &target) const
{
    const QDateTime now = m_setup.reading.serverNow();
    const std::set<QString> others = reservedFor({});
    const auto rank = [](const Entry &entry) { return std::pair(!entry.look.refused, entry.kept.asked); };
    const Entry *next = nullptr;
    for (const auto &[key, entry] : m_entries) {
        const bool isOfIt = entry.kept.cluster == target && isForNextRestore(entry.kept, now) && !others.contains(key);
        if (isOfIt && (!next || rank(*next) <= rank(entry)))
            next = &entry;
    }
    return next;
}

std::set<QString> SafetyTaker::reservedFor(const QString &except) const
{
    std::vector<UnsettledOrder> orders = m_setup.unsettled ? m_setup.unsettled() : std::vector<UnsettledOrder>();
    std::erase_if(orders, [&except](const UnsettledOrder &one) { return one.key == except; });
    std::vector<SafetySnapshot> kept;
    for (const auto &[key, entry] : m_entries) {
        if (!entry.look.refused)
            kept.push_back(entry.kept);
    }
    return reserved(kept, orders);
}

std::optional<SafetyTaker::Known> SafetyTaker::forNextRestore(const ClusterId &target) const
{
    const Entry *entry = nextOf(target);
    if (!entry)
        return std::nullopt;
    Known next = known(*entry);
    for (const auto &[key, one] : m_entries) {
        if (one.kept.cluster == target && one.look.refused && entry->kept.asked < one.kept.asked)
            next.refusedSince = one.look.refused;
    }
    return next;
}

/// Several may have been taken before it: a whole one counts, and of those the newest.
std::optional<SafetyTaker::Known> SafetyTaker::ofRestore(const std::vector<RestoreJob> &jobs) const
{
    std::optional<Known> best;
    const auto rank = [](const Known &one) {
        return std::pair(std::holds_alternative<SafetyWhole>(one.state), one.kept.asked);
    };
    for (const auto &[key, entry] : m_entries) {
        const std::vector<JobId> &own = entry.kept.jobs;
        const bool isOfIt =
            std::ranges::any_of(jobs, [&own](const RestoreJob &job) { return std::ranges::count(own, job.id) > 0; });
        if (!isOfIt)
            continue;
        Known one = known(entry);
        if (!best || rank(*best) <= rank(one))
            best = std::move(one);
    }
    return best;
}

void SafetyTaker::take(const Project &project, const Cluster &target, int retentionDays)
{
    readAgain();
    if (const Entry *before = nextOf(target.id); before && !mayAskAgain(stateOf(*before), m_setup.asking.serverNow()))
        return;
    SafetySnapshot kept;
    kept.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    kept.server = m_setup.server;
    kept.project = project;
    kept.cluster = target.id;
    kept.clusterName = confirmationName(target);
    kept.expectedParts = expectedParts(target);
    kept.retentionDays = retentionDays;
    kept.asked = m_setup.asking.serverNow();
    Entry &entry = m_entries[kept.key] = Entry{kept, {}};
    const Result<bool> written = write(kept);
    if (written) {
        entry.look.isAsking = true;
        send(kept.key);
    } else {
        entry.look.refused = written.error();
    }
    Q_EMIT changed();
}

Result<bool> SafetyTaker::write(const SafetySnapshot &kept)
{
    const Result<bool> written = m_file.keep(kept, kept.asked);
    if (!written)
        return written;
    if (record(kept, QStringLiteral("safety snapshot asked for")))
        return true;
    tellUnwritten(m_file.drop(kept.key));
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = tr("Nothing was sent: the audit log %1 could not be written.").arg(m_setup.audit.path());
    error.hint = tr("Make room on the disk, or make the file writable, and try again.");
    return failure(error);
}

bool SafetyTaker::record(const SafetySnapshot &kept, const QString &event, QJsonObject details)
{
    details.insert(QLatin1String("safetySnapshot"), kept.key);
    details.insert(QLatin1String("server"), kept.server);
    details.insert(QLatin1String("user"), m_setup.asking.connection().userName);
    details.insert(QLatin1String("targetProject"), kept.project.name);
    details.insert(QLatin1String("targetCluster"), kept.clusterName);
    details.insert(QLatin1String("retentionDays"), kept.retentionDays);
    return m_setup.audit.append(event, details, m_setup.reading.serverNow());
}

void SafetyTaker::send(const QString &key)
{
    const SafetySnapshot &kept = m_entries.at(key).kept;
    whenDone(this, m_setup.asking.takeSnapshot(kept.project.id, kept.cluster, kept.retentionDays),
             [this, key](const Result<RequestedSnapshot> &answer) { answered(key, answer); });
}

/// What cannot be read but came with a success was carried out; what is uncertain, or was cut off by the end of the
/// session, may have been. It is not sent again for that: the list tells.
void SafetyTaker::answered(const QString &key, const Result<RequestedSnapshot> &answer)
{
    Entry &entry = m_entries.at(key);
    entry.look.isAsking = false;
    SafetySnapshot kept = entry.kept;
    const bool isTaken = answer || answer.error().kind == ErrorKind::Parse;
    const bool isNotKnown =
        !answer && (answer.error().kind == ErrorKind::Uncertain || answer.error().kind == ErrorKind::Cancelled);
    if (isTaken || isNotKnown) {
        kept.isAnswered = isTaken;
        if (answer)
            kept.answered = answer->timestamp;
        change(entry, kept);
        record(kept, QStringLiteral("safety snapshot"),
               {{QLatin1String("state"), isTaken ? QStringLiteral("taken up") : QStringLiteral("not known")}});
        follow(entry);
    } else {
        entry.look.refused = answer.error();
        tellUnwritten(m_file.drop(key));
        record(
            kept, QStringLiteral("safety snapshot"),
            {{QLatin1String("state"), QStringLiteral("not taken")}, {QLatin1String("why"), answer.error().sentence}});
    }
    Q_EMIT changed();
}

void SafetyTaker::arrived(const QString &key, const Result<std::vector<Snapshot>> &list)
{
    Entry &entry = m_entries.at(key);
    if (list) {
        entry.look.list = concerning(entry.kept, *list);
        entry.look.trouble.reset();
        const bool wasWhole = entry.kept.isWhole;
        change(entry, found(entry.kept, *list));
        if (entry.kept.isWhole && !wasWhole)
            record(entry.kept, QStringLiteral("safety snapshot"),
                   {{QLatin1String("state"), QStringLiteral("complete")},
                    {QLatin1String("snapshot"), entry.kept.snapshot.value},
                    {QLatin1String("created"), isoText(entry.kept.created.time())},
                    {QLatin1String("expires"), isoText(entry.kept.expires)}});
    } else {
        entry.look.trouble = list.error();
    }
    follow(entry);
    Q_EMIT changed();
}

void SafetyTaker::follow(const Entry &entry)
{
    const auto pause = safetyPause(stateOf(entry), entry.kept, m_setup.reading.serverNow());
    if (pause)
        m_lists.add(entry.kept.key, *pause);
    else
        m_lists.remove(entry.kept.key);
}

bool SafetyTaker::bind(const QString &order, const ClusterId &target, const QDateTime &ordered,
                       const std::vector<JobId> &jobs)
{
    readAgain();
    const std::set<QString> others = reservedFor(order);
    bool isWritten = true;
    for (auto &[key, one] : m_entries) {
        const bool isOwn = one.kept.order == order;
        const bool isFree = isTakenFor(one.kept, target, ordered) && !one.look.refused && !others.contains(key);
        if (!isOwn && !isFree)
            continue;
        isWritten = change(one, boundTo(one.kept, order, ordered, jobs)) && isWritten;
        follow(one);
    }
    Q_EMIT changed();
    return isWritten;
}

bool SafetyTaker::change(Entry &entry, const SafetySnapshot &kept)
{
    if (entry.kept == kept && !entry.isUnwritten)
        return true;
    entry.kept = kept;
    entry.isUnwritten = !tellUnwritten(m_file.keep(kept, m_setup.reading.serverNow()));
    return !entry.isUnwritten;
}

bool SafetyTaker::tellUnwritten(const Result<bool> &written)
{
    if (!written)
        Q_EMIT fileTrouble(written.error());
    return written.has_value();
}

} // namespace tidemark
