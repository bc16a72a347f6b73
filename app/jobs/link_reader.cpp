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
    std::vector<ClusterId> paths{cluster};
    if (!job.cluster.isEmpty() && job.cluster != cluster)
        paths.push_back(job.cluster);
    read(context, project, paths, job.id, std::move(found));
}

void LinkReader::read(QObject *context, const ProjectId &project, const std::vector<ClusterId> &paths, const JobId &job,
                      std::function<void()> found)
{
    const auto answered = [=, this](const Result<RestoreJob> &result) {
        Known &known = m_known[job];
        if (!result && result.error().kind == ErrorKind::NotFound && paths.size() > 1) {
            read(context, project, {paths.begin() + 1, paths.end()}, job, found);
            return;
        }
        known.asking = false;
        if (!result || !result->delivery.hasLink())
            return;
        known.delivery = result->delivery;
        found();
    };
    whenDone(context, m_client.restoreJob(project, paths.front(), job), answered);
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
