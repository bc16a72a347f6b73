#include "ui/jobs/job_actions.h"

#include "session/download_starter.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QWidget>

#include <algorithm>

namespace tidemark {

JobActions::JobActions(const Clock &clock, QWidget *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_widget(parent)
    , m_download(make(tr("Download"), QStringLiteral("download"), Qt::CTRL | Qt::Key_D))
    , m_copyLink(make(tr("Copy link"), QStringLiteral("copyLink"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , m_repeat(make(tr("Repeat as a new restore…"), QStringLiteral("repeat"), Qt::CTRL | Qt::SHIFT | Qt::Key_N))
    , m_showJson(make(tr("Show JSON"), QStringLiteral("showJson"), Qt::CTRL | Qt::Key_J))
    , m_saveReport(make(tr("Save report…"), QStringLiteral("saveReport"), QKeySequence::Save))
    , m_stopFollowing(make(tr("Stop following"), QStringLiteral("stopFollowing"), {}))
{
    connect(m_download, &QAction::triggered, this, [this] { Q_EMIT downloadRequested(m_groupKey); });
    connect(m_copyLink, &QAction::triggered, this, &JobActions::copyLink);
    connect(m_repeat, &QAction::triggered, this, [this] { Q_EMIT repeatRequested(m_groupKey); });
    connect(m_showJson, &QAction::triggered, this, [this] { Q_EMIT jsonRequested(m_groupKey); });
    connect(m_saveReport, &QAction::triggered, this, [this] { Q_EMIT reportRequested(m_groupKey); });
    connect(m_stopFollowing, &QAction::triggered, this, [this] { Q_EMIT stopFollowingRequested(m_groupKey); });
    m_stopFollowing->setToolTip(tr("The agents of this restore's target are not asked any more."));
    setSelection(nullptr, nullptr);
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

void JobActions::setSelection(const JobGroup *group, const RestoreJob *job)
{
    m_groupKey = group ? group->key : QString();
    m_job = job ? std::optional(*job) : std::nullopt;
    const QDateTime now = m_clock.now();
    const auto usable = [&now](const RestoreJob &one) { return hasUsableLink(one, now); };
    m_download->setEnabled(group && std::ranges::any_of(group->jobs, usable));
    m_copyLink->setEnabled(job && usable(*job));
    m_copyLink->setToolTip(group && !job ? tr("Each archive of a batch has a link of its own: select one of them.")
                                         : tr("Copies the whole link. Whoever has it can download the archive."));
    m_repeat->setEnabled(group);
    m_showJson->setEnabled(group);
    m_saveReport->setEnabled(group);
    m_stopFollowing->setEnabled(group && group->isOrderedHere() && group->isAutomatedRestore() &&
                                !group->stoppedFollowing && !group->isFinal(now));
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
