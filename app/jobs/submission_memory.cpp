#include "jobs/submission_memory.h"

#include "base/background.h"
#include "base/kept_file.h"
#include "base/log.h"
#include "jobs/submission_json.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace tidemark {

namespace {

constexpr int formatVersion = 2;
constexpr qsizetype mostRemembered = 2000; ///< the oldest are forgotten first

const QLatin1String restoresKey("restores");

bool isShaped(const QJsonObject &root)
{
    return root[restoresKey].isArray();
}

std::vector<RememberedSubmission> entriesOf(const QJsonObject &root)
{
    std::vector<RememberedSubmission> entries;
    for (const QJsonValue entry : root[restoresKey].toArray()) {
        if (auto submission = submissionOf(entry.toObject()))
            entries.push_back(std::move(*submission));
    }
    return entries;
}

/// Entries of other restores, and what this version does not know of this one's, stay as they are.
void mergeInto(QJsonArray &restores, RememberedSubmission submission)
{
    QJsonObject json;
    qsizetype place = restores.size();
    for (qsizetype i = restores.size() - 1; i >= 0; --i) {
        const auto known = submissionOf(restores[i].toObject());
        if (!known || !isSameRestore(*known, submission))
            continue;
        submission = merged(*known, submission);
        json = restores[i].toObject();
        restores.removeAt(i);
        place = i;
    }
    const QJsonObject fields = submissionJson(submission);
    for (auto field = fields.begin(); field != fields.end(); ++field)
        json.insert(field.key(), field.value());
    restores.insert(place, json);
}

QString orderId(const QString &order)
{
    return QStringLiteral("order ") + order;
}

/// By which an entry is found.
QStringList idsOf(const RememberedSubmission &submission)
{
    QStringList ids;
    if (!submission.order.isEmpty())
        ids.append(orderId(submission.order));
    if (!submission.batch.isEmpty())
        ids.append(submission.batch.value);
    for (const JobId &job : submission.jobs)
        ids.append(job.value);
    return ids;
}

/// Of two that saw the same agents, the one that saw them further on.
const AgentsProgress &further(const AgentsProgress &a, const AgentsProgress &b)
{
    const auto rank = [](const AgentsProgress &agents) {
        return std::tuple(agents.isLastWord(), agents.goal, agents.stage, agents.processesAtGoal(), agents.looksAtGoal);
    };
    return rank(b) > rank(a) ? b : a;
}

} // namespace

QString keyOf(const BatchId &batch, const std::vector<JobId> &jobs)
{
    if (!batch.isEmpty())
        return batch.value;
    return jobs.empty() ? QString() : jobs.front().value;
}

bool isSameRestore(const RememberedSubmission &a, const RememberedSubmission &b)
{
    if ((!a.order.isEmpty() && a.order == b.order) || (!a.batch.isEmpty() && a.batch == b.batch))
        return true;
    return std::any_of(a.jobs.begin(), a.jobs.end(),
                       [&b](const JobId &job) { return std::find(b.jobs.begin(), b.jobs.end(), job) != b.jobs.end(); });
}

RememberedSubmission merged(RememberedSubmission known, const RememberedSubmission &added)
{
    if (known.order.isEmpty())
        known.order = added.order;
    if (known.cluster.isEmpty())
        known.cluster = added.cluster;
    if (known.batch.isEmpty())
        known.batch = added.batch;
    for (const JobId &job : added.jobs) {
        if (std::find(known.jobs.begin(), known.jobs.end(), job) == known.jobs.end())
            known.jobs.push_back(job);
    }
    if (!known.goalBefore)
        known.goalBefore = added.goalBefore;
    if (known.record.isEmpty())
        known.record = added.record;
    known.agents = further(known.agents, added.agents);
    known.stoppedFollowing = known.stoppedFollowing || added.stoppedFollowing;
    return known;
}

/// What became of a change to the file.
struct SubmissionMemory::Written
{
    std::vector<RememberedSubmission> all; ///< what the file holds now
    QString setAside;                      ///< a file that could not be read was kept aside: the sentence for it
    std::optional<Error> error;            ///< nothing was written
};

SubmissionMemory::SubmissionMemory(QString path)
    : m_path(std::move(path))
{
    KeptFile file(m_path, formatVersion, isShaped);
    const KeptFile::Content content = file.read();
    if (content.trouble)
        m_trouble = content.trouble->sentence;
    if (file.setAside())
        m_setAside = file.setAside()->sentence;
    take(entriesOf(content.root), Source::File);
}

std::optional<Error> SubmissionMemory::readAgain()
{
    const KeptFile file(m_path, formatVersion, isShaped);
    const KeptFile::Content content = file.read();
    if (file.setAside())
        m_setAside = file.setAside()->sentence;
    if (!content.trouble)
        take(entriesOf(content.root), Source::File);
    return content.trouble;
}

void SubmissionMemory::adopt(const QString &path)
{
    if (QFileInfo(path) == QFileInfo(m_path))
        return;
    const KeptFile file(path, formatVersion, isShaped);
    const KeptFile::Content content = file.read();
    if (content.trouble)
        m_trouble = content.trouble->sentence;
    if (file.setAside())
        m_setAside = file.setAside()->sentence;
    const std::vector<RememberedSubmission> entries = entriesOf(content.root);
    take(entries, Source::File);
    const bool isUnderstood = qsizetype(entries.size()) == content.root[restoresKey].toArray().size();
    if (!content.trouble && keep(entries) && isUnderstood)
        QFile::remove(path);
}

QStringList SubmissionMemory::filesAside() const
{
    return KeptFile(m_path, formatVersion, isShaped).filesAside();
}

RememberedSubmission SubmissionMemory::add(RememberedSubmission submission)
{
    if (submission.key.isEmpty())
        submission.key = keyOf(submission.batch, submission.jobs);
    if (submission.key.isEmpty())
        return submission; // it names no job, so there is nothing to know it by
    take({submission}, Source::Order);
    keep({m_all[*placesOf(submission).begin()]});
    return m_all[*placesOf(submission).begin()];
}

void SubmissionMemory::setAgents(const QString &key, const AgentsProgress &agents)
{
    RememberedSubmission *known = entryOf(key);
    if (known == nullptr)
        return;
    const bool isNews = agentsJson(known->agents) != agentsJson(agents);
    known->agents = agents;
    if (!isNews)
        return;
    m_unsaved.push_back(*known);
    const auto entries = std::exchange(m_unsaved, {});
    inBackground(
        &m_context, [path = m_path, entries] { return write(path, entries); },
        [this, entries](const Written &written) { settle(entries, written); });
}

void SubmissionMemory::stopFollowing(const QString &key)
{
    RememberedSubmission *known = entryOf(key);
    if (known == nullptr || known->stoppedFollowing)
        return;
    known->stoppedFollowing = true;
    keep({*known});
}

const RememberedSubmission *SubmissionMemory::find(const RestoreJob &job, const ClusterId &cluster) const
{
    for (const QString &id : {job.batch.value, job.id.value}) {
        const auto found = m_byId.constFind(id);
        if (id.isEmpty() || found == m_byId.cend())
            continue;
        const RememberedSubmission &submission = m_all[*found];
        if (submission.cluster.isEmpty() || submission.cluster == cluster)
            return &submission;
    }
    return nullptr;
}

const RememberedSubmission *SubmissionMemory::find(const std::vector<RestoreJob> &jobs, const ClusterId &cluster) const
{
    for (const RestoreJob &job : jobs) {
        if (const RememberedSubmission *submission = find(job, cluster))
            return submission;
    }
    return nullptr;
}

const RememberedSubmission *SubmissionMemory::findOrder(const QString &order) const
{
    const auto found = m_byId.constFind(orderId(order));
    return order.isEmpty() || found == m_byId.cend() ? nullptr : &m_all[*found];
}

const RememberedSubmission *SubmissionMemory::findKey(const QString &key) const
{
    const auto found = std::ranges::find(m_all, key, &RememberedSubmission::key);
    return found == m_all.end() ? nullptr : &*found;
}

QString SubmissionMemory::trouble() const
{
    return m_trouble.isEmpty() ? m_setAside : m_trouble;
}

RememberedSubmission *SubmissionMemory::entryOf(const QString &key)
{
    const RememberedSubmission *found = findKey(key);
    return found == nullptr ? nullptr : &m_all[static_cast<size_t>(found - m_all.data())];
}

/// Merges them into what is known here. Of two processes that name a restore differently, the one that wrote first did.
void SubmissionMemory::take(const std::vector<RememberedSubmission> &entries, Source source)
{
    for (const RememberedSubmission &entry : entries) {
        const std::set<size_t> places = placesOf(entry);
        if (places.empty()) {
            m_all.push_back(entry);
            index(m_all.size() - 1);
            continue;
        }
        RememberedSubmission &first = m_all[*places.begin()];
        first = merged(std::move(first), entry);
        for (auto other = places.rbegin(); *other != *places.begin(); ++other) {
            first = merged(std::move(first), m_all[*other]);
            m_all.erase(m_all.begin() + static_cast<std::ptrdiff_t>(*other));
        }
        if (source == Source::File)
            first.key = entry.key;
        if (places.size() == 1) {
            index(*places.begin());
            continue;
        }
        m_byId.clear();
        for (size_t place = 0; place < m_all.size(); ++place)
            index(place);
    }
}

std::set<size_t> SubmissionMemory::placesOf(const RememberedSubmission &entry) const
{
    std::set<size_t> places;
    for (const QString &id : idsOf(entry)) {
        if (const auto found = m_byId.constFind(id); found != m_byId.cend())
            places.insert(*found);
    }
    return places;
}

void SubmissionMemory::index(size_t place)
{
    for (const QString &id : idsOf(m_all[place]))
        m_byId.insert(id, place);
}

bool SubmissionMemory::keep(std::vector<RememberedSubmission> entries)
{
    entries.insert(entries.begin(), m_unsaved.begin(), m_unsaved.end());
    m_unsaved.clear();
    return settle(entries, write(m_path, entries));
}

/// On any thread.
SubmissionMemory::Written SubmissionMemory::write(const QString &path, const std::vector<RememberedSubmission> &entries)
{
    KeptFile file(path, formatVersion, isShaped);
    Written written;
    const Result<bool> result = file.update([&](QJsonObject &root) {
        QJsonArray restores = root[restoresKey].toArray();
        for (const RememberedSubmission &entry : entries)
            mergeInto(restores, entry);
        while (restores.size() > mostRemembered)
            restores.removeFirst();
        root[restoresKey] = restores;
        written.all = entriesOf(root);
        return true;
    });
    if (file.setAside())
        written.setAside = file.setAside()->sentence;
    if (!result)
        written.error = result.error();
    return written;
}

bool SubmissionMemory::settle(const std::vector<RememberedSubmission> &entries, const Written &written)
{
    if (!written.setAside.isEmpty())
        m_setAside = written.setAside;
    if (written.error) {
        m_unsaved.insert(m_unsaved.begin(), entries.begin(), entries.end());
        m_trouble = written.error->sentence;
        qCWarning(lcJobs, "%s cannot be written: %s", qUtf8Printable(m_path), qUtf8Printable(m_trouble));
        return false;
    }
    m_trouble.clear();
    take(written.all, Source::File);
    return true;
}

bool SubmissionMemory::isSaved(const QString &order) const
{
    const auto isOf = [&order](const RememberedSubmission &one) { return one.order == order; };
    return findOrder(order) != nullptr && std::none_of(m_unsaved.begin(), m_unsaved.end(), isOf);
}

} // namespace tidemark
