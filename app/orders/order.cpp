#include "orders/order.h"

#include "base/later.h"
#include "orders/order_changes.h"
#include "orders/pending_orders.h"
#include "restore/audit_log.h"

#include <QJsonArray>
#include <QPointer>
#include <QUuid>

#include <algorithm>

namespace tidemark {

namespace {

using Kind = OrderOutcome::Kind;

/// An exchange in which bytes still trickle ends after so many of the connection's timeouts.
constexpr int timeoutsOfAnExchange = 20;

QSet<JobId> idsOf(const std::vector<RestoreJob> &jobs)
{
    QSet<JobId> ids;
    for (const RestoreJob &job : jobs)
        ids.insert(job.id);
    return ids;
}

std::vector<JobId> listOf(const std::vector<RestoreJob> &jobs)
{
    std::vector<JobId> ids;
    std::ranges::transform(jobs, std::back_inserter(ids), &RestoreJob::id);
    return ids;
}

QJsonArray jobsDetails(const std::vector<RestoreJob> &jobs)
{
    QJsonArray array;
    for (const RestoreJob &job : jobs) {
        QJsonObject entry{{QStringLiteral("id"), job.id.value}};
        if (!job.batch.isEmpty())
            entry.insert(QStringLiteral("batchId"), job.batch.value);
        array.append(entry);
    }
    return array;
}

} // namespace

Order::Order(Means means, OrderIntent intent, QObject *parent)
    : QObject(parent)
    , m_means(std::move(means))
    , m_intent(std::move(intent))
{
}

Order::~Order()
{
    if (m_phase != Phase::Sending)
        return;
    // It has left, and nobody will hear the answer.
    const QString seen = tr("Tidemark closed the connection before the answer came.");
    m_means.pending.record(m_outcome.order.key, [seen](PendingOrder &order) {
        order.isAnswered = true;
        order.seen = seen;
        return true;
    });
    audit(orderEndWord(OrderEnd::NotKnownYet), {{QStringLiteral("seen"), seen}});
}

void Order::start()
{
    if (m_phase == Phase::Ended)
        return; // cancelled before
    const auto known = m_means.known();
    if (!known) {
        failUnsent(tr("what was ordered before could not be read."), known.error());
        return;
    }
    for (const KnownRestore &restore : *known)
        m_knownBefore.insert(restore.order);
    OrderReading::Wanted wanted{m_intent.draft, m_intent.facts, m_intent.targetClusters, {}};
    if (const auto read = m_means.pending.reload(); !read) {
        failUnsent(tr("the orders that are not known yet could not be read."), read.error());
        return;
    }
    wanted.eventsSince = oldestSince(m_means.pending.all());
    m_reading = new OrderReading(m_means.client, m_means.clock, std::move(wanted), m_means.limits, this);
    connect(m_reading, &OrderReading::changed, this, &Order::advance);
    m_reading->start();
    Q_EMIT changed();
}

void Order::failUnsent(const QString &what, const Error &why)
{
    m_outcome.error = why;
    m_outcome.error.sentence = tr("Nothing was sent: %1 %2").arg(what, why.sentence);
    end(Kind::NotSent);
}

void Order::advance()
{
    if (m_isPosting || m_phase == Phase::Ended)
        return;
    if (const Error *error = m_reading->blocked()) {
        failUnsent(tr("the job list, which tells a new job from older ones, could not be read."), *error);
        return;
    }
    switch (m_reading->state()) {
    case OrderReading::State::Fresh:
        judge();
        return;
    case OrderReading::State::Late:
        m_phase = Phase::Late;
        break;
    case OrderReading::State::Reading:
        m_phase = Phase::Reading;
        break;
    }
    Q_EMIT changed();
}

void Order::keepWaiting()
{
    if (m_phase != Phase::Late)
        return;
    if (m_isPosting)
        m_hold = Hold::Withdrawn;
    m_reading->keepWaiting();
}

bool Order::canSendAnyway() const
{
    return m_phase == Phase::Late && !m_isPosting && m_reading->canBeSent();
}

QDateTime Order::readAt() const
{
    return m_reading ? m_reading->readAt() : QDateTime();
}

QStringList Order::unread() const
{
    return m_reading ? m_reading->unread() : QStringList();
}

QStringList Order::leftOut() const
{
    return m_reading ? m_reading->leftOut() : QStringList();
}

QDateTime Order::sentAt() const
{
    return m_outcome.order.sendings.empty() ? QDateTime() : m_outcome.order.sendings.back().server;
}

void Order::sendWithWhatWasRead()
{
    if (!canSendAnyway())
        return;
    m_sendAnyway = BootClock::now();
    judge();
}

void Order::cancel()
{
    if (!canBeCancelled())
        return;
    m_hold = Hold::Cancelled; // a POST that is being made ready is held back when it would leave
    end(Kind::Cancelled);
}

Result<std::vector<OrderConflict>> Order::conflicts(PendingOrder wanted, const std::vector<PendingOrder> &pending) const
{
    const auto known = m_means.known();
    if (!known)
        return failure(known.error());
    ConflictFacts facts;
    // Of all servers: ids are theirs and unique, and what a connection calls its server may have been edited since.
    std::ranges::copy_if(pending, std::back_inserter(facts.pending),
                         [&wanted](const PendingOrder &order) { return order.key != wanted.key; });
    facts.unread = m_means.pending.unread() + m_means.unreadMemory();
    facts.sourceJobs = m_reading->sourceJobs();
    facts.targetJobs = m_reading->targetJobs();
    facts.known = *known;
    facts.knownBefore = m_knownBefore;
    for (const ProjectEvent &event : m_reading->events()) {
        if (!facts.pending.empty() && event.publicKey == wanted.user)
            facts.events.push_back({event.id, event.created, event.clusterName});
    }
    // Every job just read stands in its own listedBefore; those that appeared since an earlier order are what is asked.
    wanted.listedBefore.clear();
    return conflictsOf(wanted, facts);
}

/// Whether a person has yet to see one of them. All are shown again then, those that were accepted before, too.
bool Order::stops(const std::vector<OrderConflict> &conflicts) const
{
    return std::ranges::any_of(
        conflicts, [this](const OrderConflict &conflict) { return !m_intent.accepted.contains(conflict.key); });
}

/// The rules once more, with what was read just now.
void Order::judge()
{
    const QDateTime now = m_means.client.serverNow();
    const auto changes = [&](Running running) {
        return changesSince(m_intent.draft, m_intent.facts, m_reading->draft(), m_reading->facts(), now, running);
    };
    const auto request = buildRequest(m_reading->draft(), m_reading->facts(), now);
    if (!request) {
        m_outcome.changes = changes(Running::Counts);
        end(Kind::Changed);
        return;
    }
    const Connection &connection = m_means.client.connection();
    PendingOrder order = pendingOrderOf(*request);
    order.key = QUuid::createUuid().toString(QUuid::WithoutBraces);
    order.connection = connection.id;
    order.server = serverKey(connection);
    order.user = connection.userName;
    order.longestAnswer = connection.timeout * timeoutsOfAnExchange;
    order.listedBefore = idsOf(m_reading->sourceJobs());
    order.goalBefore = m_reading->goal();
    order.process = thisProcess();
    order.record = m_intent.record;
    const auto found = conflicts(order, m_means.pending.all());
    if (!found) {
        failUnsent(tr("what was ordered before could not be read."), found.error());
        return;
    }
    m_outcome.changes = changes(askAboutTarget(*found) ? Running::IsAskedAbout : Running::Counts);
    if (!m_outcome.changes.isEmpty()) {
        end(Kind::Changed);
        return;
    }
    m_outcome.order = std::move(order);
    m_outcome.conflicts = *found;
    if (stops(m_outcome.conflicts)) {
        end(Kind::Conflicting);
        return;
    }
    post();
}

void Order::post()
{
    m_isPosting = true;
    const PendingOrder &order = m_outcome.order;
    whenDone(this,
             m_means.client.createRestoreJobs(
                 order.project.id, order.cluster, order.body,
                 // An order that is gone, or was cancelled, sends nothing.
                 [self = QPointer<Order>(this)](int sending) { return self && self->mayLeave(sending); }),
             [this](const Result<OrderAnswer> &answer) {
                 if (answer) {
                     answered(*answer);
                     return;
                 }
                 OrderAnswer lost; // the client went away: what left, left
                 lost.left = m_phase == Phase::Sending;
                 lost.sendings = lost.left ? 1 : 0;
                 lost.error = answer.error();
                 answered(lost);
             });
    Q_EMIT changed();
}

void Order::answered(const OrderAnswer &answer)
{
    m_isPosting = false;
    if (m_phase == Phase::Ended)
        return; // cancelled meanwhile
    if (m_phase == Phase::Sending)
        settle(answer);
    else
        heldBack(answer);
}

/// Nothing has left.
void Order::heldBack(const OrderAnswer &answer)
{
    switch (std::exchange(m_hold, Hold::None)) {
    case Hold::Conflict:
        end(Kind::Conflicting);
        return;
    case Hold::Disk:
        end(Kind::NotSent);
        return;
    case Hold::Stale:
    case Hold::Withdrawn:
        m_sendAnyway.reset();
        advance();
        return;
    case Hold::None:
    case Hold::Cancelled:
        break;
    }
    // What goes before the POST failed: no nonce, no token.
    m_outcome.error = answer.error;
    m_outcome.error.sentence = tr("Nothing was sent. %1").arg(answer.error.sentence);
    end(Kind::NotSent);
}

void Order::settle(OrderAnswer answer)
{
    PendingOrder &own = m_outcome.order;
    // An answer that was kept somewhere on the way may name what came of another order, as it may name older jobs.
    if (const auto known = m_means.known()) {
        answer.jobs = withoutOthers(answer.jobs, own.key, *known);
        if (std::ranges::find(*known, answer.batch, &KnownRestore::batch) != known->end())
            answer.batch = {};
    }
    const OrderJudgement judgement = judgeOrder(answer, own.listedBefore);
    own.isAnswered = true;
    own.status = answer.status;
    own.seen = judgement.seen;
    own.mentioned = answer.mentionedIds;
    // The batch alone, of an answer that broke off: its jobs are found by it. One that was there before is none of
    // ours.
    if (std::ranges::find(m_reading->sourceJobs(), answer.batch, &RestoreJob::batch) == m_reading->sourceJobs().end())
        own.namedBatch = answer.batch;
    m_outcome.error = answer.error;
    QJsonObject details{{QStringLiteral("httpStatus"), answer.status}, {QStringLiteral("seen"), judgement.seen}};
    if (!answer.errorCode.isEmpty())
        details.insert(QStringLiteral("errorCode"), answer.errorCode);
    if (judgement.end == OrderEnd::Ordered) {
        own.named = listOf(judgement.jobs);
        own.namedBatch = judgement.jobs.front().batch;
        m_outcome.jobs = judgement.jobs;
        details = {{QStringLiteral("httpStatus"), answer.status},
                   {QStringLiteral("jobs"), jobsDetails(judgement.jobs)}};
    }
    if (judgement.end == OrderEnd::NotOrdered) {
        for (const RestoreJob &job : m_reading->sourceJobs()) {
            if (answer.mentionedIds.contains(job.id.value))
                m_outcome.jobs.push_back(job);
        }
        m_means.pending.record(own.key, [](PendingOrder &) { return false; });
    } else {
        m_means.pending.record(own.key, [own](PendingOrder &order) {
            order.isAnswered = true;
            order.status = own.status;
            order.seen = own.seen;
            order.mentioned = own.mentioned;
            order.named = own.named;
            order.namedBatch = own.namedBatch;
            return true;
        });
    }
    audit(orderEndWord(judgement.end), details);
    switch (judgement.end) {
    case OrderEnd::Ordered:
        end(Kind::Ordered);
        return;
    case OrderEnd::NotOrdered:
        end(Kind::NotOrdered);
        return;
    case OrderEnd::NotKnownYet:
        end(Kind::NotKnownYet);
        return;
    }
}

void Order::end(OrderOutcome::Kind kind)
{
    m_outcome.kind = kind;
    if (kind != Kind::Conflicting)
        m_outcome.conflicts.clear(); // those that were accepted
    m_phase = Phase::Ended;
    if (m_reading)
        m_reading->disconnect(this);
    Q_EMIT changed();
    Q_EMIT ended();
}

bool Order::audit(const QString &event, QJsonObject details)
{
    const QJsonObject order = auditDetails(m_outcome.order);
    for (auto field = order.begin(); field != order.end(); ++field)
        details.insert(field.key(), field.value());
    return m_means.audit.append(event, details, m_means.client.serverNow());
}

} // namespace tidemark
