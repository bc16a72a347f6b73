#include "ui/jobs/jobs_empty.h"

#include "session/session.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::JobsTab)
};

bool isAnyListUnread(const std::vector<JobsReading> &readings)
{
    return std::ranges::any_of(readings, [](const JobsReading &one) { return one.error && !one.cluster.isEmpty(); });
}

} // namespace

/// There is no list to wait for: every cluster that the key may see is known, and none has backups.
static bool isNothingToRead(Session &session)
{
    const CatalogueState &state = session.catalogue().state();
    return state.projectsRead && state.unreadProjects == 0 && session.jobs().readings().empty();
}

JobsEmpty jobsEmpty(Session *session, const QString &opening, int hidden, bool isRead)
{
    using Do = JobsEmpty::Do;
    const QString warning = QStringLiteral("warning");
    if (!session && !opening.isEmpty())
        return {{Text::tr("Opening %1…").arg(opening), {}, {}, QStringLiteral("connections")}, Do::Nothing};
    if (!session)
        return {{Text::tr("No connection"),
                 Text::tr("Tidemark needs a connection to Cloud Manager or Ops Manager: an address and an API key."),
                 Text::tr("Add a connection…"), QStringLiteral("connections")},
                Do::AddConnection};
    if (hidden > 0)
        return {{Text::tr("Nothing matches the filter"), Text::tr("%n restore jobs are hidden.", nullptr, hidden),
                 Text::tr("Clear the filter"), QStringLiteral("search")},
                Do::ClearFilter};
    if (const Error *error = session->catalogue().projectsError())
        return {{Text::tr("The projects could not be read"), error->sentence + QLatin1Char(' ') + error->hint,
                 Text::tr("Try again"), warning},
                Do::ReadAgain};
    if (isAnyListUnread(session->jobs().readings()))
        return {{Text::tr("The restore jobs could not be read"),
                 Text::tr("There may be some. The reason stands below."), Text::tr("Try again"), warning},
                Do::ReadAgain};
    if (!isRead && !isNothingToRead(*session))
        return {{Text::tr("Reading the restore jobs…"),
                 Text::tr("The jobs of every cluster with backups appear here."),
                 {},
                 {}},
                Do::Nothing};
    return {{Text::tr("No restore jobs yet"),
             Text::tr("Start one: download a snapshot, or restore a cluster to a snapshot or a moment. Jobs that are "
                      "created elsewhere appear here too."),
             Text::tr("New restore…"),
             {}},
            Do::NewRestore};
}

} // namespace tidemark
