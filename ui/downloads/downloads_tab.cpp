#include "ui/downloads/downloads_tab.h"

#include "base/text.h"
#include "ui/downloads/download_actions.h"
#include "ui/downloads/download_details.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/download_settings_bar.h"
#include "ui/downloads/download_texts.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/name_delegate.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/downloads/progress_delegate.h"
#include "ui/downloads/unpack_bar.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/selection.h"

#include <QAction>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

DownloadsTab::DownloadsTab(DownloadQueue &queue, DownloadFolder &folder, const Clock &clock, QSettings &settings,
                           QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_folder(folder)
    , m_clock(clock)
    , m_model(new DownloadsModel(queue, clock, this))
    , m_actions(new DownloadActions(queue, this))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyPage)
    , m_view(makeView())
    , m_details(new DownloadDetails)
    , m_question(new MessageBar)
    , m_cancelBar(new MessageBar)
    , m_unpackBar(new UnpackBar)
{
    m_empty->setTexts(tr("Nothing is being downloaded"),
                      tr("Choose a finished download under Restore jobs and press Download. Archives are fetched here, "
                         "checked against the published hash, and kept over a restart."),
                      tr("Go to the restore jobs"));
    connect(m_empty, &EmptyPage::buttonClicked, this, &DownloadsTab::jobsRequested);
    m_question->setObjectName(QStringLiteral("questionBar"));
    m_cancelBar->setObjectName(QStringLiteral("cancelBar"));
    m_unpackBar->setObjectName(QStringLiteral("unpackBar"));

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_view);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({fontMetrics().height() * 16, fontMetrics().height() * 11});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(splitter);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeButtons());
    layout->addWidget(m_question);
    layout->addWidget(m_cancelBar);
    layout->addWidget(m_unpackBar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(new DownloadSettingsBar(queue, folder, settings));

    connect(m_actions, &DownloadActions::newLinkRequested, this, &DownloadsTab::newLinkRequested);
    connect(m_actions, &DownloadActions::unpackRequested, this, &DownloadsTab::chooseUnpackFolder);
    connect(m_actions, &DownloadActions::nextStepsRequested, this, &DownloadsTab::showNextSteps);
    connect(m_actions, &DownloadActions::cancelRequested, this, &DownloadsTab::askAboutCancelling);
    connect(m_question, &MessageBar::buttonClicked, this, [this](int button) { m_queue.answer(m_asked, button == 0); });
    connect(m_cancelBar, &MessageBar::buttonClicked, this, [this](int button) {
        m_cancelBar->clear();
        if (button == 2)
            return;
        for (const DownloadId &id : std::exchange(m_toCancel, {}))
            m_queue.cancel(id, button == 1);
    });
    connectQueue();
    // "Tries again in …" counts down; nothing else changes without the queue saying so.
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] { m_view->viewport()->update(); });
    showPage();
    showQuestion();
}

DownloadsTab::~DownloadsTab() = default;

QWidget *DownloadsTab::makeButtons()
{
    auto *row = new ActionRow;
    for (QAction *action : m_actions->buttons())
        row->addAction(action);
    row->addStretch();
    row->addAction(m_actions->pauseAll());
    row->addAction(m_actions->resumeAll());
    return row;
}

QTreeView *DownloadsTab::makeView()
{
    auto *view = new QTreeView;
    view->setObjectName(QStringLiteral("downloads"));
    view->setAccessibleName(tr("Downloads"));
    view->setModel(m_model);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->setAllColumnsShowFocus(true);
    view->setItemDelegateForColumn(DownloadsModel::NameColumn, new NameDelegate(view));
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    view->setItemDelegateForColumn(DownloadsModel::ProgressColumn, new ProgressDelegate(view));
    const int character = view->fontMetrics().averageCharWidth();
    const auto widths = {std::pair{DownloadsModel::NameColumn, 40}, {DownloadsModel::ProgressColumn, 36},
                         {DownloadsModel::SpeedColumn, 12},         {DownloadsModel::TimeLeftColumn, 16},
                         {DownloadsModel::StateColumn, 28},         {DownloadsModel::NoteColumn, 40}};
    for (const auto &[column, characters] : widths)
        view->header()->resizeSection(column, characters * character);
    view->expandAll();
    connect(view, &QWidget::customContextMenuRequested, this, &DownloadsTab::showMenu);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DownloadsTab::onSelectionChanged);
    connect(m_model, &QAbstractItemModel::rowsInserted, view, [view](const QModelIndex &parent, int first, int last) {
        for (int row = first; row <= last; ++row)
            view->expand(view->model()->index(row, 0, parent));
        view->expand(parent);
    });
    return view;
}

void DownloadsTab::connectQueue()
{
    connect(&m_queue, &DownloadQueue::added, this, [this](const DownloadId &id) {
        showPage();
        onChanged(id);
        if (!selectedRow(m_view).isValid())
            select(id);
    });
    connect(&m_queue, &DownloadQueue::changed, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::ended, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::removed, this, [this] {
        showPage();
        onSelectionChanged();
        showQuestion();
    });
}

void DownloadsTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_second.start();
}

void DownloadsTab::hideEvent(QHideEvent *event)
{
    m_second.stop();
    QWidget::hideEvent(event);
}

void DownloadsTab::select(const DownloadId &id)
{
    const QModelIndex index = m_model->indexOf(id);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void DownloadsTab::onChanged(const DownloadId &id)
{
    m_actions->refresh();
    if (id == current())
        showDetails();
    showQuestion();
}

void DownloadsTab::onSelectionChanged()
{
    std::vector<DownloadId> ids;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        for (const DownloadId &id : m_model->downloadsAt(row)) {
            if (std::ranges::find(ids, id) == ids.end())
                ids.push_back(id);
        }
    }
    m_actions->setSelection(std::move(ids));
    showDetails();
}

DownloadId DownloadsTab::current() const
{
    const Download *download = m_model->download(selectedRow(m_view));
    return download ? download->id : DownloadId();
}

void DownloadsTab::showDetails()
{
    if (const Download *download = m_model->download(selectedRow(m_view)))
        m_details->show(*download, m_clock.now());
    else
        m_details->clear();
}

void DownloadsTab::showPage()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
}

void DownloadsTab::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction *action : m_actions->menuActions()) {
        if (action)
            menu->addAction(action);
        else
            menu->addSeparator();
    }
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

/// One question at a time, the first in the queue.
void DownloadsTab::showQuestion()
{
    const std::vector<Download> &downloads = m_queue.downloads();
    const auto asking =
        std::ranges::find_if(downloads, [](const Download &download) { return download.question != Question::None; });
    if (asking == downloads.end()) {
        m_asked = {};
        m_question->clear();
        return;
    }
    m_asked = asking->id;
    const QStringList answers = asking->question == Question::RestartUsesADownload
                                    ? QStringList{tr("Start again"), tr("Leave it paused")}
                                    : QStringList{tr("Go on"), tr("Leave it paused")};
    m_question->showMessage(MessageBar::Kind::Warning, questionText(*asking), answers);
}

void DownloadsTab::askAboutCancelling(const std::vector<DownloadId> &ids)
{
    m_toCancel = ids;
    qint64 bytes = 0;
    for (const DownloadId &id : ids) {
        if (const Download *download = m_queue.download(id))
            bytes += download->bytesReceived;
    }
    m_cancelBar->showMessage(
        MessageBar::Kind::Warning,
        tr("Cancel %n downloads? %1 are already here.", nullptr, static_cast<int>(ids.size())).arg(bytesText(bytes)),
        {tr("Cancel, keep the part files"), tr("Cancel, delete the part files"), tr("Do not cancel")});
}

void DownloadsTab::chooseUnpackFolder(const std::vector<DownloadId> &ids)
{
    QStringList archives;
    QString proposed = m_folder.path();
    for (const DownloadId &id : ids) {
        if (const Download *download = m_queue.download(id)) {
            archives << download->filePath;
            proposed = download->folder;
        }
    }
    auto *dialog = new QFileDialog(window(), tr("Unpack into"), proposed);
    dialog->setObjectName(QStringLiteral("unpackDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, archives](const QString &folder) { m_unpackBar->add(archives, folder); });
    dialog->open();
}

void DownloadsTab::showNextSteps(const DownloadId &id)
{
    const Download *download = m_queue.download(id);
    if (!download)
        return;
    const DownloadSource &source = download->source;
    ArchiveOrder order;
    order.fileName = source.fileName;
    order.jobId = source.job.value;
    order.isPartOfBatch = !source.batch.isEmpty();
    order.batchTitle = source.batchTitle;
    order.batchArchives = source.batchArchives;
    auto *dialog = new NextStepsDialog(download->filePath, order, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

QStringList DownloadsTab::runningWork() const
{
    QStringList sentences;
    const auto isRunning = [](const Download &download) {
        return !isEnd(download.state) && download.state != DownloadState::Paused;
    };
    const auto running = std::ranges::count_if(m_queue.downloads(), isRunning);
    if (running > 0)
        sentences.append(
            tr("%n downloads are under way. They go on at the next start.", nullptr, static_cast<int>(running)));
    if (m_unpackBar->isRunning())
        sentences.append(tr("An archive is being unpacked. It would have to be unpacked again."));
    return sentences;
}

} // namespace tidemark
