#include "ui/jobs/job_actions.h"

#include "jobs/job_texts.h"
#include "session/download_starter.h"
#include "ui/widgets/seen_press.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QWidget>

#include <algorithm>

namespace tidemark {

QString whyNoDownload(const JobGroup *group, const QDateTime &now)
{
    if (!group)
        return JobActions::tr("Select a restore first.");
    if (group->isAutomatedRestore())
        return JobActions::tr("This restore went to a cluster: there is no archive to download.");
    if (std::ranges::any_of(group->jobs, [&now](const RestoreJob &one) { return hasUsableLink(one, now); }))
        return {};
    return JobActions::tr("There is no link that can be used now. Delivery: %1").arg(groupDeliveryText(*group, now));
}

QString whyNoLink(const JobGroup *group, const RestoreJob *job, const QDateTime &now)
{
    if (group && !job)
        return JobActions::tr("Each archive of a batch has a link of its own: select one of them.");
    if (!job || group->isAutomatedRestore() || hasUsableLink(*job, now))
        return whyNoDownload(group, now);
    return JobActions::tr("There is no link that can be used now. Delivery: %1")
        .arg(deliveryText(*job, group->kind, now));
}

QString whyNotFollowed(const JobGroup *group, const QDateTime &now)
{
    if (!group)
        return JobActions::tr("Select a restore first.");
    if (!group->isAutomatedRestore())
        return JobActions::tr("Only a restore to a cluster has agents that are followed.");
    if (!group->isOrderedHere())
        return JobActions::tr("This restore was ordered elsewhere. It is followed for a day at most.");
    if (group->stoppedFollowing)
        return JobActions::tr("This restore is not followed any more.");
    return group->isFinal(now) ? JobActions::tr("Its agents have nothing more to tell.") : QString();
}

JobActions::JobActions(const Clock &clock, QWidget *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_widget(parent)
    , m_download(make(tr("&Download"), QStringLiteral("download"), Qt::CTRL | Qt::Key_D))
    , m_copyLink(make(tr("&Copy link"), QStringLiteral("copyLink"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , m_repeat(make(tr("&Repeat as a new restore…"), QStringLiteral("repeat"), Qt::CTRL | Qt::SHIFT | Qt::Key_N))
    , m_showJson(make(tr("Show &JSON"), QStringLiteral("showJson"), Qt::CTRL | Qt::Key_J))
    , m_saveReport(make(tr("&Save report…"), QStringLiteral("saveReport"), QKeySequence::Save))
    , m_undo(make(tr("&Undo this restore…"), QStringLiteral("undoRestore"), {}))
    , m_stopFollowing(make(tr("Stop &following"), QStringLiteral("stopFollowing"), {}))
{
    connectWhileSeen(m_download, parent, this, [this] { Q_EMIT downloadRequested(m_groupKey); });
    connectWhileSeen(m_copyLink, parent, this, [this] { copyLink(); });
    connectWhileSeen(m_repeat, parent, this, [this] { Q_EMIT repeatRequested(m_groupKey); });
    connectWhileSeen(m_undo, parent, this, [this] { Q_EMIT undoRequested(m_groupKey); });
    connectWhileSeen(m_showJson, parent, this, [this] { Q_EMIT jsonRequested(m_groupKey); });
    connectWhileSeen(m_saveReport, parent, this, [this] { Q_EMIT reportRequested(m_groupKey); });
    connectWhileSeen(m_stopFollowing, parent, this, [this] { Q_EMIT stopFollowingRequested(m_groupKey); });
    setSelection(nullptr, nullptr, {});
}

QAction *JobActions::make(const QString &text, const QString &objectName, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_widget->addAction(action);
    m_actions.push_back(action);
    return action;
}

QAction *JobActions::action(JobStep step) const
{
    switch (step) {
    case JobStep::Download:
        return m_download;
    case JobStep::CopyLink:
        return m_copyLink;
    case JobStep::Repeat:
        return m_repeat;
    case JobStep::Undo:
        return m_undo;
    case JobStep::ShowJson:
        return m_showJson;
    case JobStep::SaveReport:
        return m_saveReport;
    }
    return nullptr;
}

void JobActions::setSelection(const JobGroup *group, const RestoreJob *job, const QString &whyNoUndo)
{
    m_groupKey = group ? group->key : QString();
    m_job = job ? std::optional(*job) : std::nullopt;
    const QDateTime now = m_clock.now();
    const auto enable = [](QAction *action, const QString &whyNot, const QString &tip = {}) {
        action->setEnabled(whyNot.isEmpty());
        action->setToolTip(whyNot.isEmpty() ? tip : whyNot);
    };
    const QString none = group ? QString() : tr("Select a restore first.");
    enable(m_download, whyNoDownload(group, now));
    enable(m_copyLink, whyNoLink(group, job, now),
           tr("Copies the whole link. Whoever has it can download the archive."));
    enable(m_repeat, none);
    enable(m_undo, group ? whyNoUndo : none,
           tr("Prepares a restore of the target from the safety snapshot that was taken before."));
    enable(m_showJson, none);
    enable(m_saveReport, none);
    enable(m_stopFollowing, whyNotFollowed(group, now),
           tr("The agents of this restore's target are not asked any more."));
}

/// The only way on which a link gets to the clipboard.
void JobActions::copyLink()
{
    if (!m_job)
        return;
    const Delivery &delivery = m_job->delivery;
    QGuiApplication::clipboard()->setText(delivery.url.isEmpty() ? delivery.urlV2 : delivery.url);
    Q_EMIT linkCopied();
}

} // namespace tidemark
