#include "orders/order_follower.h"

#include "base/later.h"
#include "orders/pending_orders.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr int mostMentionedLooks = 3;
/// Other programs write their orders into the file, too: so often it is read again.
constexpr std::chrono::milliseconds longestUnread{5000};
/// Times of events have whole seconds.
constexpr qint64 eventSlackSeconds = 2;

} // namespace

OrderFollower::OrderFollower(CloudClient &client, PendingOrders &pending, const Clock &clock, Rhythm rhythm,
                             std::function<QString()> current, Known known, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_pending(pending)
    , m_clock(clock)
    , m_rhythm(rhythm)
    , m_current(std::move(current))
    , m_known(std::move(known))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OrderFollower::lookAtDue);
    connect(&m_pending, &PendingOrders::changed, this, &OrderFollower::refresh);
    refresh();
}

const OrderView *OrderFollower::view(const QString &key) const
{
    const auto found = std::ranges::find(m_views, key, [](const OrderView &view) { return view.order.key; });
    return found == m_views.end() ? nullptr : &*found;
}

OrderView *OrderFollower::viewOf(const QString &key)
{
    const auto found = std::ranges::find(m_views, key, [](const OrderView &view) { return view.order.key; });
    return found == m_views.end() ? nullptr : &*found;
}

void OrderFollower::refresh()
{
    std::vector<OrderView> views;
    for (PendingOrder &order : m_pending.of(m_client.connection())) {
        OrderView view;
        if (const OrderView *known = this->view(order.key))
            view = *known;
        view.sending = sendingOf(order, m_current(), m_client.serverNow());
        std::erase_if(view.candidates, [&order](const OrderCandidate &candidate) {
            return std::ranges::all_of(candidate.jobs, [&order](const RestoreJob &job) {
                return matchOrder(job, order) == OrderMatch::Different;
            });
        });
        view.order = std::move(order);
        m_paces.try_emplace(view.order.key, Pace{m_clock.now(), m_rhythm.first, 0});
        views.push_back(std::move(view));
    }
    std::erase_if(m_paces, [&views](const auto &pace) {
        return std::ranges::none_of(views, [&pace](const OrderView &view) { return view.order.key == pace.first; });
    });
    const bool isOther = views != m_views;
    m_views = std::move(views);
    schedule();
    if (isOther)
        Q_EMIT changed();
}

void OrderFollower::schedule()
{
    QDateTime earliest;
    for (const OrderView &view : m_views) {
        const Pace &pace = m_paces.at(view.order.key);
        if (!view.isLooking && (!earliest.isValid() || pace.due < earliest))
            earliest = pace.due;
    }
    if (!earliest.isValid()) {
        m_timer.start(longestUnread);
        return;
    }
    // A clock that was set back must not stop the looking.
    const qint64 wait = std::clamp<qint64>(m_clock.now().msecsTo(earliest), 0, longestUnread.count());
    m_timer.start(std::chrono::milliseconds(wait));
}

void OrderFollower::lookAtDue()
{
    static_cast<void>(m_pending.reload()); // what other programs settled needs no look
    const QDateTime now = m_clock.now();
    QStringList due;
    for (OrderView &view : m_views) {
        const Pace &pace = m_paces.at(view.order.key);
        const bool isBackInTime = now.msecsTo(pace.due) > m_rhythm.longest.count();
        if (view.isLooking || (pace.due > now && !isBackInTime))
            continue;
        due.append(view.order.key);
    }
    for (const QString &key : std::as_const(due))
        look(key);
    schedule();
}

void OrderFollower::lookAgain(const QString &key)
{
    const OrderView *view = this->view(key);
    if (!view || view->isLooking)
        return;
    m_paces.at(key).pause = m_rhythm.first;
    look(key);
}

void OrderFollower::look(const QString &key)
{
    OrderView *view = viewOf(key);
    if (!view)
        return;
    Pace &pace = m_paces.at(key);
    view->sending = sendingOf(view->order, m_current(), m_client.serverNow());
    ++pace.looks;
    pace.due = m_clock.now().addMSecs(pace.pause.count());
    pace.pause = std::min(pace.pause * 2, m_rhythm.longest);
    view->isLooking = true;
    const PendingOrder order = view->order;
    whenDone(this, m_client.restoreJobs(order.project.id, order.cluster),
             [this, key](const Result<std::vector<RestoreJob>> &list) { listRead(key, list); });
    readEvents(order);
    Q_EMIT changed();
}

void OrderFollower::listRead(const QString &key, const Result<std::vector<RestoreJob>> &list)
{
    OrderView *view = viewOf(key);
    if (!view)
        return;
    view->isLooking = false;
    view->lookedAt = m_clock.now();
    view->error = list ? std::nullopt : std::optional(list.error());
    const PendingOrder order = view->order;
    const auto known = m_known();
    if (list && !known)
        view->error = known.error();
    else if (list)
        view->candidates = candidatesOf(order, withoutOthers(*list, key, *known));
    const std::vector<OrderCandidate> candidates = view->candidates;
    schedule();
    Q_EMIT changed();
    if (!list || !known)
        return;
    readMentioned(order, *list);
    if (!candidates.empty())
        Q_EMIT newJobsSeen(order.cluster);
    const auto same = std::ranges::find(candidates, OrderMatch::Same, &OrderCandidate::match);
    if (same != candidates.end())
        Q_EMIT found(order, same->jobs);
}

/// A second witness, where the key may read it. It settles nothing, and its absence proves nothing.
void OrderFollower::readEvents(const PendingOrder &order)
{
    std::vector<ProjectId> projects{order.project.id};
    if (!order.targetProject.isEmpty() && order.targetProject != order.project.id)
        projects.push_back(order.targetProject);
    const QDateTime since = order.since().addSecs(-eventSlackSeconds);
    for (const ProjectId &project : projects) {
        whenDone(this, m_client.events(project, {QStringLiteral("RESTORE_REQUESTED_AUDIT")}, since),
                 [this, key = order.key, user = order.user](const Result<std::vector<ProjectEvent>> &events) {
                     OrderView *view = viewOf(key);
                     if (!view || !events)
                         return;
                     bool isNew = false;
                     for (const ProjectEvent &event : *events) {
                         const bool isKnown =
                             std::ranges::find(view->events, event.id, &OrderEvent::id) != view->events.end();
                         if (event.publicKey != user || isKnown)
                             continue;
                         view->events.push_back({event.id, event.created, event.clusterName});
                         isNew = true;
                     }
                     if (isNew)
                         Q_EMIT changed();
                 });
    }
}

/// A refusal's ids are looked up: on the list, then each by itself.
void OrderFollower::readMentioned(const PendingOrder &order, const std::vector<RestoreJob> &list)
{
    const auto keep = [this, key = order.key](const RestoreJob &job) {
        OrderView *view = viewOf(key);
        if (!view || std::ranges::find(view->mentioned, job.id, &RestoreJob::id) != view->mentioned.end())
            return;
        view->mentioned.push_back(job);
        Q_EMIT changed();
    };
    const int looks = m_paces.contains(order.key) ? m_paces.at(order.key).looks : mostMentionedLooks;
    for (const QString &id : order.mentioned) {
        const auto listed = std::ranges::find(list, JobId(id), &RestoreJob::id);
        if (listed != list.end()) {
            keep(*listed);
        } else if (looks <= mostMentionedLooks) {
            whenDone(this, m_client.restoreJob(order.project.id, order.cluster, JobId(id)),
                     [keep](const Result<RestoreJob> &job) {
                         if (job)
                             keep(*job);
                     });
        }
    }
}

} // namespace tidemark
