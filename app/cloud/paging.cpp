#include "cloud/paging.h"

#include "cloud/api_error.h"
#include "cloud/decode.h"
#include "cloud/json_read.h"

#include <QCoreApplication>
#include <QSet>

#include <memory>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Paging", text);
}

/// One reading of one list, kept alive by the call that is under way.
struct Reading : std::enable_shared_from_this<Reading>
{
    Reading(QObject *owner, ApiTransport &way, QString where, QUrlQuery asked, ApiTransport::Report reported,
            Extent asFar)
        : context(owner)
        , transport(way)
        , path(std::move(where))
        , query(std::move(asked))
        , report(reported)
        , extent(asFar)
    {
    }

    QObject *context;
    ApiTransport &transport;
    QString path;
    QUrlQuery query;
    ApiTransport::Report report;
    Extent extent;
    Deferred<std::vector<QJsonObject>> deferred;

    std::vector<QJsonObject> items;
    std::vector<QJsonObject> previous;
    QSet<QString> ids;
    qint64 received = 0;
    int pageNumber = 0;

    void next()
    {
        ++pageNumber;
        QUrlQuery asked = query;
        asked.addQueryItem(QStringLiteral("pageNum"), QString::number(pageNumber));
        asked.addQueryItem(QStringLiteral("itemsPerPage"), QString::number(PageSize));
        whenDone(context, transport.get(path, asked, report),
                 [self = shared_from_this()](const Result<ApiAnswer> &answer) { self->take(answer); });
    }

    void take(const Result<ApiAnswer> &answer)
    {
        if (!answer) {
            deferred.resolve(failure(answer.error()));
            return;
        }
        const decode::Page page = decode::page(answer->content);
        if (!page.isList) {
            end(unexpectedAnswer(tr("it is no list.")));
            return;
        }
        received += static_cast<qint64>(page.items.size());
        add(page.items);
        // Without links the count decides; without either, the list is as it came.
        const bool more = page.hasLinks ? page.hasNext : received < page.totalCount.value_or(0);
        if (page.items.empty() && page.hasNext)
            end(unexpectedAnswer(tr("a page of a list is empty, and the list goes on.")));
        else if (page.items.empty() || !more)
            deferred.resolve(std::move(items));
        else if (page.items == previous)
            end(unexpectedAnswer(tr("a list repeats the same page.")));
        else if (pageNumber >= extent.pages && extent.endsThere)
            deferred.resolve(std::move(items));
        else if (pageNumber >= extent.pages)
            end(unexpectedAnswer(tr("a list has more than %1 pages.").arg(extent.pages)));
        else {
            previous = page.items;
            next();
        }
    }

    /// What is made while the list is being read moves the others to the next page: they come twice and count once.
    void add(const std::vector<QJsonObject> &page)
    {
        for (const QJsonObject &item : page) {
            const QString id = json::text(item.value(QLatin1String("id")));
            if (id.isEmpty() || !ids.contains(id))
                items.push_back(item);
            if (!id.isEmpty())
                ids.insert(id);
        }
    }

    void end(Error error)
    {
        error.httpStatus = 200;
        deferred.resolve(failure(std::move(error)));
    }
};

} // namespace

Async<std::vector<QJsonObject>> readAllPages(QObject *context, ApiTransport &transport, const QString &path,
                                             const QUrlQuery &query, ApiTransport::Report report, Extent extent)
{
    const auto reading = std::make_shared<Reading>(context, transport, path, query, report, extent);
    reading->next();
    return reading->deferred.future();
}

} // namespace tidemark
