#include "cloud/paging.h"

#include "base/background.h"
#include "base/text.h"
#include "cloud/api_error.h"
#include "cloud/decode.h"
#include "cloud/json_read.h"

#include <QCoreApplication>
#include <QSet>
#include <QThreadPool>

#include <iterator>
#include <memory>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Paging", text);
}

/// Bytes of a page that is taken apart without a thread of its own.
constexpr qint64 SmallPage = 32 * 1024;

struct Opened
{
    Opened() = default;
    explicit Opened(const QJsonValue &content)
        : page(decode::page(content, PageSize + 1))
        , hash(qHashRange(page.items.begin(), page.items.end()))
    {
        for (const QJsonObject &item : page.items)
            ids.push_back(json::text(item.value(QLatin1String("id"))));
    }

    decode::Page page;
    std::vector<QString> ids; ///< of its items
    size_t hash = 0;
};

/// A hundred thousand little objects take longer to be freed than the window may stand still: a thread does it.
void freeElsewhere(Opened opened)
{
    if (!opened.page.items.empty())
        QThreadPool::globalInstance()->start([kept = std::move(opened)] { Q_UNUSED(kept) });
}

/// One reading of one list, kept alive by the call that is under way.
struct Reading : std::enable_shared_from_this<Reading>
{
    Reading(QObject *owner, ApiTransport &way, QString where, QUrlQuery asked, ApiTransport::Report reported,
            Extent asFar, TakePage takesPage)
        : context(owner)
        , transport(way)
        , path(std::move(where))
        , query(std::move(asked))
        , report(reported)
        , extent(asFar)
        , taker(std::move(takesPage))
    {
    }

    QObject *context;
    ApiTransport &transport;
    QString path;
    QUrlQuery query;
    ApiTransport::Report report;
    Extent extent;
    TakePage taker;
    Deferred<bool> deferred;

    size_t previous = 0; ///< a hash of the page before
    QSet<QString> ids;
    qint64 bytes = 0;
    qint64 received = 0;
    int pageNumber = 0;

    void next()
    {
        ++pageNumber;
        QUrlQuery asked = query;
        asked.addQueryItem(QStringLiteral("pageNum"), QString::number(pageNumber));
        asked.addQueryItem(QStringLiteral("itemsPerPage"), QString::number(PageSize));
        whenTaken(context, transport.getPage(path, asked, report),
                  [self = shared_from_this()](Result<ApiAnswer> answer) { self->take(std::move(answer)); });
    }

    void take(Result<ApiAnswer> answer)
    {
        if (!answer) {
            deferred.resolve(failure(answer.error()));
            return;
        }
        bytes += answer->bytes;
        auto open = [content = std::move(answer->content)]() mutable {
            Opened opened(content);
            content = {};
            return opened;
        };
        if (answer->bytes <= SmallPage)
            judge(open());
        else
            inBackground(context, std::move(open),
                         [self = shared_from_this()](Opened opened) { self->judge(std::move(opened)); });
    }

    void judge(Opened opened)
    {
        const decode::Page &page = opened.page;
        const size_t hash = opened.hash;
        received += static_cast<qint64>(page.items.size());
        // Without links the count decides; without either, the list is as it came.
        const bool more = page.hasLinks ? page.hasNext : received < page.totalCount.value_or(0);
        if (!page.isList)
            end(unexpectedAnswer(tr("it is no list.")));
        else if (page.items.size() > static_cast<size_t>(PageSize))
            end(unexpectedAnswer(tr("a page of a list has more than the %1 items that were asked for.").arg(PageSize)));
        else if (bytes > extent.bytes)
            end(unexpectedAnswer(tr("a list is larger than %1.").arg(bytesText(extent.bytes))));
        else if (page.items.empty() && page.hasNext)
            end(unexpectedAnswer(tr("a page of a list is empty, and the list goes on.")));
        else if (page.items.empty())
            deferred.resolve(true);
        else if (more && pageNumber > 1 && hash == previous)
            end(unexpectedAnswer(tr("a list repeats the same page.")));
        else if (more && pageNumber >= extent.pages && !extent.endsThere)
            end(unexpectedAnswer(tr("a list has more than %1 pages.").arg(extent.pages)));
        else
            hand(newOnes(opened), hash, more && pageNumber < extent.pages);
        freeElsewhere(std::move(opened));
    }

    void hand(std::vector<QJsonObject> items, size_t hash, bool goesOn)
    {
        previous = hash;
        taker(std::move(items), [self = shared_from_this(), goesOn] {
            if (goesOn)
                self->next();
            else
                self->deferred.resolve(true);
        });
    }

    /// What is made while the list is being read moves the others to the next page: they come twice and count once.
    std::vector<QJsonObject> newOnes(Opened &opened)
    {
        std::vector<QJsonObject> items;
        for (size_t i = 0; i < opened.ids.size(); ++i) {
            const QString &id = opened.ids[i];
            if (id.isEmpty() || !ids.contains(id))
                items.push_back(std::move(opened.page.items[i]));
            if (!id.isEmpty())
                ids.insert(id);
        }
        return items;
    }

    void end(Error error)
    {
        error.httpStatus = 200;
        deferred.resolve(failure(std::move(error)));
    }
};

} // namespace

Async<bool> readPages(QObject *context, ApiTransport &transport, const QString &path, const QUrlQuery &query,
                      ApiTransport::Report report, Extent extent, TakePage take)
{
    const auto reading = std::make_shared<Reading>(context, transport, path, query, report, extent, std::move(take));
    reading->next();
    return reading->deferred.future();
}

Async<std::vector<QJsonObject>> readAllPages(QObject *context, ApiTransport &transport, const QString &path,
                                             const QUrlQuery &query, ApiTransport::Report report, Extent extent)
{
    const auto items = std::make_shared<std::vector<QJsonObject>>();
    const Deferred<std::vector<QJsonObject>> deferred;
    const auto add = [items](std::vector<QJsonObject> page, const std::function<void()> &next) {
        items->insert(items->end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
        next();
    };
    whenDone(context, readPages(context, transport, path, query, report, extent, add),
             [items, deferred](const Result<bool> &ended) {
                 if (ended)
                     deferred.resolve(std::move(*items));
                 else
                     deferred.resolve(failure(ended.error()));
             });
    return deferred.future();
}

} // namespace tidemark
