#include "cloud/event_reader.h"

#include "base/text.h"

#include "cloud/decode.h"
#include "cloud/paging.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr Extent AsFar{.pages = 5, .endsThere = true};

std::vector<ProjectEvent> chosen(const std::vector<QJsonObject> &items, const QStringList &types,
                                 const QDateTime &minDate)
{
    std::vector<ProjectEvent> events = decode::list(items, &decode::projectEvent);
    std::erase_if(events, [&](const ProjectEvent &event) {
        return (!types.isEmpty() && !types.contains(event.typeName)) ||
               (minDate.isValid() && event.created.toSecsSinceEpoch() < minDate.toSecsSinceEpoch());
    });
    std::stable_sort(events.begin(), events.end(),
                     [](const ProjectEvent &a, const ProjectEvent &b) { return a.created > b.created; });
    return events;
}

QUrlQuery filters(const QStringList &types, const QDateTime &minDate)
{
    QUrlQuery query;
    for (const QString &type : types)
        query.addQueryItem(QStringLiteral("eventType"), type);
    if (minDate.isValid())
        query.addQueryItem(QStringLiteral("minDate"), isoText(minDate));
    return query;
}

} // namespace

Async<std::vector<ProjectEvent>> readEvents(QObject *context, ApiTransport &transport, const ProjectId &project,
                                            const QStringList &types, const QDateTime &minDate)
{
    const Deferred<std::vector<ProjectEvent>> deferred;
    const QString path = apiPath({QStringLiteral("groups"), project.value, QStringLiteral("events")});
    const auto read = [context, &transport, path](const QUrlQuery &query) {
        return readAllPages(context, transport, path, query, ApiTransport::Report::No, AsFar);
    };
    const auto take = [deferred, types, minDate](const Result<std::vector<QJsonObject>> &items) {
        if (items)
            deferred.resolve(chosen(*items, types, minDate));
        else
            deferred.resolve(failure(items.error()));
    };
    const QUrlQuery query = filters(types, minDate);
    whenDone(context, read(query), [context, read, take, query](const Result<std::vector<QJsonObject>> &items) {
        if (!items && items.error().httpStatus == 400 && !query.isEmpty())
            whenDone(context, read({}), take);
        else
            take(items);
    });
    return deferred.future();
}

} // namespace tidemark
