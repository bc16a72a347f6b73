#pragma once

#include "cloud/api_transport.h"
#include "cloud/values.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace tidemark {

/// The events of a project ("Get All Events for a Project") of these types (all when empty) since `minDate`, that
/// second included, newest first; five pages at most. What the server does not filter is filtered here: a type that it
/// does not know may make it refuse the question (400), which is then asked again without the filters.
/// Ends without a result when `context` is gone.
Async<std::vector<ProjectEvent>> readEvents(QObject *context, ApiTransport &transport, const ProjectId &project,
                                            const QStringList &types, const QDateTime &minDate);

} // namespace tidemark
