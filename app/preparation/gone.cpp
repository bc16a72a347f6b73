#include "preparation/gone.h"

#include "restore/rules.h"
#include "session/catalogue.h"

#include <algorithm>

namespace tidemark {

bool hasGone(const ClusterId &cluster, bool isListRead, bool isProjectThere, const std::vector<Cluster> *clusters)
{
    if (cluster.isEmpty() || !isListRead)
        return false;
    if (!isProjectThere)
        return true;
    return clusters != nullptr && std::ranges::find(*clusters, cluster, &Cluster::id) == clusters->end();
}

bool hasGone(const ClusterId &cluster, const ProjectId &project, const Catalogue &catalogue)
{
    return hasGone(cluster, catalogue.state().projectsRead, catalogue.project(project) != nullptr,
                   catalogue.clusters(project));
}

QString GoneText::of(const Cluster &cluster)
{
    return tr("%1 is no longer there, or the key may no longer see it. Choose another cluster.")
        .arg(confirmationName(cluster));
}

} // namespace tidemark
