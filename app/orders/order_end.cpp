#include "orders/order_end.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderEnd)
};

/// Statuses of gateways that may have handed the request on.
bool provesNothing(int status)
{
    return status == 407 || status == 408 || status == 425 || status == 499;
}

bool allListedBefore(const QStringList &ids, const QSet<JobId> &listedBefore)
{
    return std::ranges::all_of(ids, [&](const QString &id) { return listedBefore.contains(JobId(id)); });
}

bool isRefusal(const OrderAnswer &answer, const QSet<JobId> &listedBefore)
{
    if (answer.status < 400 || answer.status > 499 || provesNothing(answer.status))
        return false;
    if (answer.status == 401)
        return answer.hasChallenge;
    if (!answer.hasErrorDocument)
        return false;
    if (answer.errorCode == QLatin1String("CONCURRENT_RESTORES_JOB_IDS"))
        return !answer.mentionedIds.isEmpty() && allListedBefore(answer.mentionedIds, listedBefore);
    return true;
}

QString seenOf(const OrderAnswer &answer)
{
    if (answer.status >= 200 && answer.status <= 299)
        return answer.error.sentence.isEmpty()
                   ? Text::tr("The server accepted the request (HTTP %1), but names no new job.").arg(answer.status)
                   : Text::tr("The server accepted the request (HTTP %1), but its answer cannot be used. %2")
                         .arg(QString::number(answer.status), answer.error.sentence);
    if (answer.status == 0)
        return answer.error.sentence.isEmpty() ? Text::tr("No answer came.") : answer.error.sentence;
    return Text::tr("HTTP %1: %2").arg(QString::number(answer.status), answer.error.sentence);
}

} // namespace

QString orderEndWord(OrderEnd end)
{
    switch (end) {
    case OrderEnd::Ordered:
        return QStringLiteral("ordered");
    case OrderEnd::NotOrdered:
        return QStringLiteral("not ordered");
    case OrderEnd::NotKnownYet:
        break;
    }
    return QStringLiteral("not known yet");
}

OrderJudgement judgeOrder(const OrderAnswer &answer, const QSet<JobId> &listedBefore)
{
    OrderJudgement judgement;
    judgement.seen = seenOf(answer);
    if (answer.status >= 200 && answer.status <= 299) {
        // A job that was there before cannot be ours: an answer that was kept somewhere on the way names such jobs.
        std::ranges::copy_if(answer.jobs, std::back_inserter(judgement.jobs),
                             [&](const RestoreJob &job) { return !listedBefore.contains(job.id); });
        if (!judgement.jobs.empty())
            judgement.end = OrderEnd::Ordered;
        return judgement;
    }
    const bool neverLeft = answer.status == 0 && !answer.left;
    if (neverLeft || isRefusal(answer, listedBefore))
        judgement.end = OrderEnd::NotOrdered;
    return judgement;
}

} // namespace tidemark
