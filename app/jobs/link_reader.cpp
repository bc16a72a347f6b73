#include "jobs/link_reader.h"

#include "base/later.h"

namespace tidemark {

LinkReader::LinkReader(CloudClient &client)
    : m_client(client)
{
}

void LinkReader::ask(QObject *context, const ProjectId &project, const ClusterId &cluster, const RestoreJob &job,
                     int most, std::function<void()> found)
{
    Known &known = m_known[job.id];
    if (known.asking || known.asked >= most || known.delivery.hasLink())
        return;
    known.asking = true;
    ++known.asked;
    const auto under = [this, project, id = job.id](const ClusterId &path) {
        return [this, project, path, id] { return m_client.restoreJob(project, path, id); };
    };
    std::vector<Call> calls;
    if (!job.host.isEmpty())
        calls.emplace_back(
            [this, project, host = job.host, id = job.id] { return m_client.restoreJobOfHost(project, host, id); });
    calls.emplace_back(under(cluster));
    if (!job.cluster.isEmpty() && job.cluster != cluster)
        calls.emplace_back(under(job.cluster));
    read(context, calls, job.id, std::move(found));
}

void LinkReader::read(QObject *context, const std::vector<Call> &calls, const JobId &job, std::function<void()> found)
{
    const auto answered = [=, this](const Result<RestoreJob> &result) {
        Known &known = m_known[job];
        if (!result && result.error().kind == ErrorKind::NotFound && calls.size() > 1) {
            read(context, {calls.begin() + 1, calls.end()}, job, found);
            return;
        }
        known.asking = false;
        if (!result || !result->delivery.hasLink())
            return;
        known.delivery = result->delivery;
        found();
    };
    whenDone(context, calls.front()(), answered);
}

void LinkReader::complete(RestoreJob &job) const
{
    const auto known = m_known.find(job.id);
    Delivery &delivery = job.delivery;
    if (known == m_known.end() || delivery.hasLink() || delivery.status != DeliveryStatus::Ready)
        return;
    const Delivery &from = known->second.delivery;
    delivery.url = from.url;
    delivery.urlV2 = from.urlV2;
    delivery.authHeader = from.authHeader;
    delivery.authValue = from.authValue;
    if (!delivery.expires.isValid())
        delivery.expires = from.expires;
}

} // namespace tidemark
