#include "orders/order_texts.h"

#include "base/text.h"
#include "restore/rules.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

using Kind = OrderOutcome::Kind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::OrderTexts)
};

QString readingText(const Order &order)
{
    const QStringList unread = order.unread();
    return unread.isEmpty() ? Text::tr("Everything that this restore rests on is being read anew.")
                            : Text::tr("Being read anew: %1.").arg(unread.join(QStringLiteral(", ")));
}

QString hintOf(const Error &error)
{
    return error.hint;
}

QString conflictWord(OrderConflict::Kind kind)
{
    switch (kind) {
    case OrderConflict::Kind::PendingSame:
    case OrderConflict::Kind::PendingTarget:
        return Text::tr("Not known yet");
    case OrderConflict::Kind::PendingUnread:
        return Text::tr("Orders that cannot be read");
    case OrderConflict::Kind::JobFits:
        return Text::tr("Restore job");
    case OrderConflict::Kind::EventSeen:
        return Text::tr("Event of the project");
    case OrderConflict::Kind::JustOrdered:
        return Text::tr("Just ordered");
    case OrderConflict::Kind::TargetBusy:
        return Text::tr("Running restore");
    }
    return {};
}

QStringList withoutEmpty(QStringList texts)
{
    texts.removeAll(QString());
    return texts;
}

QString wishText(const PendingOrder &order)
{
    return Text::tr("%1: %2").arg(order.clusterName, modeName(order.mode));
}

} // namespace

QString orderStateText(const Order &order)
{
    if (order.isMakingReady())
        return Text::tr("Nothing has been sent yet. It is being made ready to be sent.");
    switch (order.phase()) {
    case Order::Phase::Reading:
        return Text::tr("Nothing has been sent yet. %1").arg(readingText(order));
    case Order::Phase::Late:
        return order.canSendAnyway()
                   ? Text::tr(
                         "Nothing has been sent yet. Not read within 10 s: %1. Wait on, or send with what was read.")
                         .arg(order.unread().join(QStringLiteral(", ")))
                   : Text::tr(
                         "Nothing has been sent yet. Not read within 10 s: %1. Without the source's list of restore "
                         "jobs nothing can be sent.")
                         .arg(order.unread().join(QStringLiteral(", ")));
    case Order::Phase::Sending:
        return Text::tr("Sent %1, waiting for the answer.").arg(timeOfDayText(order.sentAt()));
    case Order::Phase::Ended:
        break;
    }
    return {};
}

QString cutOffText(const Order &order)
{
    return order.canBeCancelled()
               ? Text::tr("A restore is being made ready. Nothing has been sent; going on cancels it.")
               : Text::tr("A restore was sent, and its answer is being waited for. Going on does not take it back; it "
                          "is looked for as soon as this connection is open again.");
}

QString sendAnywayText(const Order &order)
{
    return Text::tr("Send with what was read at %1").arg(timeOfDayText(order.readAt()));
}

QStringList outcomeTexts(const OrderOutcome &outcome)
{
    const Error &error = outcome.error;
    switch (outcome.kind) {
    case Kind::Cancelled:
        return {Text::tr("Cancelled. Nothing was sent.")};
    case Kind::Changed:
        return QStringList{Text::tr("Nothing was sent: something has changed since this page was shown.")} +
               outcome.changes;
    case Kind::Conflicting: {
        QStringList texts{Text::tr("Nothing was sent: this may be a second restore. Compare before you decide.")};
        for (const OrderConflict &conflict : outcome.conflicts)
            texts.append(conflict.sentence);
        return texts;
    }
    case Kind::NotSent:
        return withoutEmpty({error.sentence, hintOf(error)});
    case Kind::Ordered:
        return {Text::tr("Ordered.")};
    case Kind::NotOrdered: {
        QStringList texts{Text::tr("Not ordered. %1").arg(error.sentence), hintOf(error)};
        for (const RestoreJob &job : outcome.jobs)
            texts.append(Text::tr("The server names job %1, created at %2, state %3.")
                             .arg(job.id.value, utcText(job.created), job.statusName));
        return withoutEmpty(texts);
    }
    case Kind::NotKnownYet:
        break;
    }
    return {
        Text::tr("Not known yet whether it was ordered. %1").arg(outcome.order.seen),
        Text::tr("It stays under Restore jobs until that is settled, and the job list is being looked at. Do not "
                 "order it again before you have looked there: if the first request was carried out after all, there "
                 "would be two.")};
}

QString answeredText(const PendingOrder &order)
{
    const QString answer =
        order.status == 0 ? Text::tr("No answer to the request came.")
                          : Text::tr("The request was answered with HTTP %1, which settled nothing.").arg(order.status);
    const QString sent = order.sendings.size() > 1
                             ? Text::tr("It was sent twice, since the server had asked for the credentials anew.")
                             : Text::tr("It was sent once.");
    return answer + QLatin1Char(' ') + sent;
}

QString viewStateText(const OrderView &view, const QDateTime &now)
{
    if (view.sending == SendingState::UnderWay)
        return Text::tr("Being sent");
    if (!view.order.named.empty())
        return Text::tr("Ordered, not noted yet");
    const qint64 seconds = std::max<qint64>(0, view.order.since().secsTo(now));
    return seconds < 60 ? Text::tr("Not known yet, %1 s").arg(seconds)
                        : Text::tr("Not known yet, %1")
                              .arg(seconds < 3600 ? Text::tr("%1 min").arg(seconds / 60)
                                                  : durationText(std::chrono::seconds(seconds)));
}

QStringList viewDetails(const OrderView &view)
{
    const PendingOrder &order = view.order;
    QStringList texts;
    for (size_t number = 0; number < order.sendings.size(); ++number) {
        const QDateTime &at = order.sendings[number].server;
        texts.append(
            number == 0
                ? Text::tr("Sent at %1.").arg(utcText(at))
                : Text::tr("Sent again at %1, after the server had asked for the credentials anew.").arg(utcText(at)));
    }
    if (!order.seen.isEmpty())
        texts.append(order.seen);
    else if (view.sending == SendingState::UnderWay)
        texts.append(Text::tr("The answer is being waited for."));
    else if (view.sending == SendingState::MayBeElsewhere)
        texts.append(Text::tr("It may still be being sent on host %1.").arg(order.process.host));
    else
        texts.append(Text::tr("Tidemark ended before the answer came."));
    if (view.error)
        texts.append(Text::tr("The job list could not be read. %1").arg(view.error->sentence));
    else if (!view.lookedAt.isValid())
        texts.append(Text::tr("The job list has not been looked at yet."));
    else if (view.candidates.empty())
        texts.append(Text::tr("Looked at the job list at %1: no job that fits. That proves nothing yet.")
                         .arg(timeOfDayText(view.lookedAt)));
    else
        texts.append(
            view.candidates.size() == 1
                ? Text::tr("Looked at the job list at %1: one restore may be it.").arg(timeOfDayText(view.lookedAt))
                : Text::tr("Looked at the job list at %1: %2 restores may be it.")
                      .arg(timeOfDayText(view.lookedAt), QString::number(view.candidates.size())));
    for (const OrderEvent &event : view.events)
        texts.append(Text::tr("The project's events say that this key requested a restore at %1. That settles nothing.")
                         .arg(utcText(event.created)));
    for (const RestoreJob &job : view.mentioned)
        texts.append(Text::tr("The refusal named job %1, created at %2, state %3.")
                         .arg(job.id.value, utcText(job.created), job.statusName));
    return texts;
}

QString othersText(int others)
{
    if (others == 0)
        return {};
    return others == 1
               ? Text::tr("An order of another connection is not known yet. Open that connection to follow it.")
               : Text::tr("%1 orders of other connections are not known yet. Open those to follow them.").arg(others);
}

QString matchText(OrderMatch match)
{
    switch (match) {
    case OrderMatch::Different:
        return Text::tr("Another restore");
    case OrderMatch::Unclear:
        return Text::tr("May be it");
    case OrderMatch::Agrees:
        return Text::tr("Agrees in everything");
    case OrderMatch::Same:
        return Text::tr("It is this one");
    }
    return {};
}

OrderLine lineOf(const PendingOrder &order, const QString &what)
{
    return {what,
            wishText(order),
            pointText(order.point, order.pointTime),
            order.isAutomatedRestore() ? Text::tr("%1 / %2").arg(order.targetProjectName, order.targetClusterName)
                                       : Text::tr("Download"),
            order.sendings.empty() ? Text::tr("not sent yet") : utcText(order.since()),
            {}};
}

OrderLine lineOf(const RestoreJob &job, const QString &clusterName, const QString &what)
{
    QString point;
    if (!job.checkpoint.isEmpty())
        point = Text::tr("checkpoint %1").arg(job.checkpoint.value);
    else if (job.timestamp)
        point = Text::tr("data up to %1").arg(utcText(job.timestamp->time()));
    return {what,
            clusterName,
            point,
            job.delivery.targetCluster.isEmpty() ? Text::tr("not told") : job.delivery.targetCluster.value,
            utcText(job.created),
            job.batch.isEmpty() ? job.id.value : job.batch.value};
}

std::vector<OrderLine> comparison(const OrderOutcome &outcome, const std::vector<PendingOrder> &pending)
{
    PendingOrder wanted = outcome.order;
    wanted.sendings.clear();
    std::vector<OrderLine> lines{lineOf(wanted, Text::tr("About to be sent"))};
    for (const OrderConflict &conflict : outcome.conflicts) {
        const auto order = std::ranges::find(pending, conflict.key, &PendingOrder::key);
        if (order != pending.end())
            lines.push_back(lineOf(*order, Text::tr("Not known yet")));
        else if (!conflict.jobs.empty())
            lines.push_back(lineOf(conflict.jobs.front(), wanted.clusterName, conflictWord(conflict.kind)));
        else
            lines.push_back({conflictWord(conflict.kind), {}, {}, {}, {}, conflict.key}); // its sentence says the rest
    }
    return lines;
}

} // namespace tidemark
