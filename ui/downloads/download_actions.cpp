#include "ui/downloads/download_actions.h"

#include "ui/widgets/seen_press.h"

#include <QAction>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QGuiApplication>
#include <QUrl>
#include <QWidget>

#include <algorithm>

namespace tidemark {

namespace {

bool canPause(const Download &download)
{
    return !isEnd(download.state) && download.state != DownloadState::Paused;
}

bool canResume(const Download &download)
{
    return download.state == DownloadState::Paused && download.question == Question::None;
}

bool isPaused(const Download &download)
{
    return download.state == DownloadState::Paused;
}

bool canRetry(const Download &download)
{
    if (download.source.fileName.isEmpty())
        return false; // the server has never named it
    switch (download.state) {
    case DownloadState::Failed:
    case DownloadState::LinkExpired:
    case DownloadState::UsedUp:
    case DownloadState::Corrupt:
        return true;
    default:
        return false;
    }
}

bool isUsable(const Download &download)
{
    return download.state == DownloadState::Verified || download.state == DownloadState::IntactNotVerified;
}

bool hasEnded(const Download &download)
{
    return isEnd(download.state);
}

bool canCancel(const Download &download)
{
    return !isEnd(download.state);
}

bool hasHash(const Download &download)
{
    return !download.sha1.isEmpty();
}

} // namespace

DownloadActions::DownloadActions(DownloadQueue &queue, QWidget *parent)
    : QObject(parent)
    , m_queue(queue)
    , m_widget(parent)
    , m_pause(make(tr("&Pause"), QStringLiteral("pause")))
    , m_resume(make(tr("&Resume"), QStringLiteral("resume")))
    , m_retry(make(tr("Retr&y"), QStringLiteral("retry")))
    , m_openFolder(make(tr("&Open folder"), QStringLiteral("openFolder")))
    , m_unpack(make(tr("&Unpack…"), QStringLiteral("unpack")))
    , m_nextSteps(make(tr("&Next steps…"), QStringLiteral("nextSteps")))
    , m_newLink(make(tr("Request a new &link…"), QStringLiteral("requestNewLink")))
    , m_cancel(make(tr("&Cancel…"), QStringLiteral("cancelDownload")))
    , m_remove(make(tr("&Take off the list"), QStringLiteral("removeDownload")))
    , m_copyHash(make(tr("Copy &hash"), QStringLiteral("copyHash")))
    , m_startFirst(make(tr("Move to the &front"), QStringLiteral("moveToFront")))
    , m_moveUp(make(tr("Mo&ve up"), QStringLiteral("moveUp")))
    , m_moveDown(make(tr("Move do&wn"), QStringLiteral("moveDown")))
    , m_moveFolder(make(tr("&Move to another folder…"), QStringLiteral("moveToFolder")))
    , m_pauseAll(make(tr("Pause &all"), QStringLiteral("pauseAll")))
    , m_resumeAll(make(tr("R&esume all"), QStringLiteral("resumeAll")))
{
    m_remove->setShortcut(QKeySequence::Delete);
    m_moveUp->setShortcut(Qt::ALT | Qt::Key_Up);
    m_moveDown->setShortcut(Qt::ALT | Qt::Key_Down);
    m_openFolder->setShortcut(Qt::CTRL | Qt::Key_O);
    m_pauseAll->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    m_resumeAll->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R);

    const auto each = [this](QAction *action, auto test, auto operation) {
        connectWhileSeen(action, m_widget, this, [this, test, operation] {
            for (const DownloadId &id : selectedIf(test))
                operation(id);
        });
    };
    each(m_pause, canPause, [this](const DownloadId &id) { m_queue.pause(id); });
    each(m_resume, canResume, [this](const DownloadId &id) { m_queue.resume(id); });
    each(m_retry, canRetry, [this](const DownloadId &id) { m_queue.retry(id); });
    each(m_remove, hasEnded, [this](const DownloadId &id) { m_queue.remove(id); });
    connectWhileSeen(m_startFirst, parent, this, [this] {
        const std::vector<DownloadId> ids = selectedIf(canCancel);
        for (auto id = ids.rbegin(); id != ids.rend(); ++id)
            m_queue.move(*id, 0);
    });
    connectWhileSeen(m_moveUp, parent, this, [this] { Q_EMIT moveRequested(m_selection, -1); });
    connectWhileSeen(m_moveDown, parent, this, [this] { Q_EMIT moveRequested(m_selection, 1); });
    connectWhileSeen(m_moveFolder, parent, this, [this] { chooseOtherFolder(); });
    connectWhileSeen(m_unpack, parent, this, [this] { Q_EMIT unpackRequested(selectedIf(isUsable)); });
    connectWhileSeen(m_nextSteps, parent, this, [this] {
        const std::vector<DownloadId> ids = selectedIf(isUsable);
        if (!ids.empty())
            Q_EMIT nextStepsRequested(ids.front());
    });
    connectWhileSeen(m_newLink, parent, this, [this] {
        const std::vector<DownloadId> ids = selectedIf(needsNewLink);
        if (!ids.empty())
            Q_EMIT newLinkRequested(m_queue.download(ids.front())->source);
    });
    connectWhileSeen(m_cancel, parent, this, [this] { Q_EMIT cancelRequested(selectedIf(canCancel)); });
    connectWhileSeen(m_openFolder, parent, this, [this] { showFolder(); });
    connectWhileSeen(m_copyHash, parent, this, [this] { copyHash(); });
    connect(m_pauseAll, &QAction::triggered, &queue, &DownloadQueue::pauseAll);
    connect(m_resumeAll, &QAction::triggered, &queue, &DownloadQueue::resumeAll);
    refresh();
}

QAction *DownloadActions::make(const QString &text, const QString &objectName)
{
    auto *action = new QAction(text, this);
    action->setObjectName(objectName);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_widget->addAction(action);
    return action;
}

void DownloadActions::setSelection(std::vector<DownloadId> selection)
{
    m_selection = std::move(selection);
    refresh();
}

std::vector<Download> DownloadActions::selected() const
{
    std::vector<Download> downloads;
    for (const DownloadId &id : m_selection) {
        if (const Download *download = m_queue.download(id))
            downloads.push_back(*download);
    }
    return downloads;
}

template<typename Test>
std::vector<DownloadId> DownloadActions::selectedIf(Test test) const
{
    std::vector<DownloadId> ids;
    for (const Download &download : selected()) {
        if (test(download))
            ids.push_back(download.id);
    }
    return ids;
}

void DownloadActions::refresh()
{
    const std::vector<Download> chosen = selected();
    const auto any = [&chosen](auto test) { return std::ranges::any_of(chosen, test); };
    m_pause->setEnabled(any(canPause));
    m_resume->setEnabled(any(canResume));
    m_retry->setEnabled(any(canRetry));
    for (QAction *action : {m_openFolder, m_moveUp, m_moveDown})
        action->setEnabled(!chosen.empty());
    m_unpack->setEnabled(any(isUsable));
    m_nextSteps->setEnabled(any(isUsable));
    m_newLink->setEnabled(any(needsNewLink));
    m_cancel->setEnabled(any(canCancel));
    m_remove->setEnabled(any(hasEnded));
    m_copyHash->setEnabled(any(hasHash));
    m_moveFolder->setEnabled(any(isPaused));
    m_startFirst->setEnabled(any([](const Download &download) { return download.state == DownloadState::Queued; }));
    const auto anyAtAll = [this](auto test) { return std::ranges::any_of(m_queue.downloads(), test); };
    m_pauseAll->setEnabled(anyAtAll(canPause));
    m_resumeAll->setEnabled(anyAtAll(canResume));
}

std::vector<QAction *> DownloadActions::buttons() const
{
    return {m_pause, m_resume, m_retry, m_openFolder, m_unpack, m_nextSteps, m_newLink};
}

std::vector<QAction *> DownloadActions::menuActions() const
{
    return {m_pause,      m_resume, m_retry, nullptr,     m_startFirst, m_moveUp,   m_moveDown, m_moveFolder, nullptr,
            m_openFolder, m_unpack, nullptr, m_nextSteps, m_newLink,    m_copyHash, nullptr,    m_cancel,     m_remove};
}

QAction *DownloadActions::action(DownloadStep step) const
{
    switch (step) {
    case DownloadStep::Resume:
        return m_resume;
    case DownloadStep::Retry:
        return m_retry;
    case DownloadStep::MoveFolder:
        return m_moveFolder;
    case DownloadStep::OpenFolder:
        return m_openFolder;
    case DownloadStep::Unpack:
        return m_unpack;
    case DownloadStep::NextSteps:
        return m_nextSteps;
    case DownloadStep::NewLink:
        return m_newLink;
    }
    return nullptr;
}

void DownloadActions::showFolder() const
{
    const std::vector<Download> chosen = selected();
    if (!chosen.empty())
        QDesktopServices::openUrl(QUrl::fromLocalFile(chosen.front().folder));
}

void DownloadActions::chooseOtherFolder()
{
    const std::vector<DownloadId> ids = selectedIf(isPaused);
    if (ids.empty())
        return;
    auto *dialog =
        new QFileDialog(m_widget, tr("Another folder for this download"), m_queue.download(ids.front())->folder);
    dialog->setObjectName(QStringLiteral("otherFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this, ids](const QString &folder) {
        for (const DownloadId &id : ids)
            m_queue.moveToFolder(id, folder);
    });
    dialog->open();
}

void DownloadActions::copyHash() const
{
    QStringList lines;
    for (const Download &download : selected()) {
        if (hasHash(download))
            lines << QStringLiteral("%1  %2").arg(download.sha1, download.localName); // the form of sha1sum
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace tidemark
