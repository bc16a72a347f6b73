#include "session/freshness.h"

#include "base/text.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

constexpr int LateAfter = 3; ///< intervals

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Freshness)
};

} // namespace

Freshness freshnessOf(const std::vector<ListAge> &lists, const QDateTime &now)
{
    Freshness all;
    for (const ListAge &list : lists) {
        if (!list.asOf.isValid())
            continue;
        if (!all.asOf.isValid() || list.asOf < all.asOf)
            all.asOf = list.asOf;
        const bool isDue = list.interval.count() > 0;
        all.isLate = all.isLate || (isDue && list.asOf.msecsTo(now) > LateAfter * list.interval.count());
    }
    return all;
}

QString freshnessText(const Freshness &freshness, const QDateTime &now)
{
    if (!freshness.asOf.isValid())
        return {};
    const bool isToday = freshness.asOf.toUTC().date() == now.toUTC().date();
    return Text::tr("as of %1").arg(isToday ? timeOfDayText(freshness.asOf) : utcText(freshness.asOf));
}

} // namespace tidemark
