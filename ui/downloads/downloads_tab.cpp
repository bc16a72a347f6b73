#include "ui/downloads/downloads_tab.h"

#include "base/text.h"
#include "session/download_texts.h"
#include "ui/downloads/download_actions.h"
#include "ui/downloads/download_details.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/download_settings_bar.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/name_delegate.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/downloads/unpack_bar.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/empty_page.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/selection.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

ItemViewOptions viewOptions()
{
    return {.name = QStringLiteral("downloads"),
            .columns = {{DownloadsModel::NameColumn, QStringLiteral("archive")},
                        {DownloadsModel::ProgressColumn, QStringLiteral("progress"), 32},
                        {DownloadsModel::SpeedColumn, QStringLiteral("speed"), 12},
                        {DownloadsModel::TimeLeftColumn, QStringLiteral("timeLeft"), 16},
                        {DownloadsModel::StateColumn, QStringLiteral("state"), 24},
                        {DownloadsModel::NoteColumn, QStringLiteral("note")}},
            .sort = {}}; // the queue's order is what is seen
}

} // namespace

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
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_model, viewOptions(), settings))
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
    setUpView();

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
    layout->addWidget(m_pages, 1);
    // Below the list, whose rows thus stay where the pointer is when something is asked or said.
    layout->addWidget(m_question);
    layout->addWidget(m_cancelBar);
    layout->addWidget(m_unpackBar);
    layout->addWidget(new DownloadSettingsBar(queue, folder, settings));

    connect(m_actions, &DownloadActions::newLinkRequested, this, &DownloadsTab::newLinkRequested);
    connect(m_actions, &DownloadActions::unpackRequested, this, &DownloadsTab::chooseUnpackFolder);
    connect(m_actions, &DownloadActions::nextStepsRequested, this, &DownloadsTab::showNextSteps);
    connect(m_actions, &DownloadActions::cancelRequested, this, &DownloadsTab::askAboutCancelling);
    connectQueue();
    // "Tries again in …" counts down; nothing else changes without the queue saying so.
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_view->viewport()->update();
        showDetails();
    });
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

void DownloadsTab::setUpView()
{
    m_view->setObjectName(QStringLiteral("downloads"));
    m_view->setAccessibleName(tr("Downloads"));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setItemDelegateForColumn(DownloadsModel::NameColumn, new NameDelegate(m_view));
    m_view->expandAll();
    m_viewSetup->setDefaultAction(m_actions->openFolder());
    m_viewSetup->setMenu([this](QMenu &menu) {
        for (QAction *action : m_actions->menuActions()) {
            if (action)
                menu.addAction(action);
            else
                menu.addSeparator();
        }
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DownloadsTab::onSelectionChanged);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent, int first, int last) {
        for (int row = first; row <= last; ++row)
            m_view->expand(m_model->index(row, 0, parent));
        m_view->expand(parent);
    });
}

void DownloadsTab::connectQueue()
{
    connect(&m_queue, &DownloadQueue::added, this, &DownloadsTab::onAdded);
    connect(&m_queue, &DownloadQueue::changed, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::ended, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::removed, this, [this] {
        showPage();
        onSelectionChanged();
        showQuestion();
        endCancelQuestion();
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

/// What was just begun elsewhere is what the person looks for here. Whoever works in this list keeps what is chosen.
void DownloadsTab::onAdded(const DownloadId &id)
{
    showPage();
    onChanged(id);
    if (isVisible() && selectedRow(m_view).isValid())
        return;
    const QModelIndex row = m_model->indexOf(id);
    const QModelIndex heading = row.parent();
    m_view->setCurrentIndex(heading.isValid() ? heading : row);
    m_view->scrollTo(row);
}

void DownloadsTab::onChanged(const DownloadId &id)
{
    m_actions->refresh();
    const std::vector<DownloadId> shown = m_model->downloadsAt(selectedRow(m_view));
    if (std::ranges::find(shown, id) != shown.end())
        showDetails();
    showQuestion();
    endCancelQuestion();
}

/// A question ends with what it asks about.
void DownloadsTab::endCancelQuestion()
{
    if (m_toCancel.empty())
        return;
    std::erase_if(m_toCancel, [this](const DownloadId &id) {
        const Download *download = m_queue.download(id);
        return !download || isEnd(download->state);
    });
    if (m_toCancel.empty())
        m_cancelBar->clear();
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

void DownloadsTab::showDetails()
{
    const QModelIndex row = selectedRow(m_view);
    if (const Download *download = m_model->download(row)) {
        m_details->show(*download, m_clock.now());
        return;
    }
    std::vector<Download> batch;
    for (const DownloadId &id : m_model->downloadsAt(row)) {
        if (const Download *download = m_queue.download(id))
            batch.push_back(*download);
    }
    if (batch.empty())
        m_details->clear();
    else
        m_details->show(batch);
}

void DownloadsTab::showPage()
{
    m_pages->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
}

/// One question at a time, the first in the queue. The one that stands there stays until it is answered or ends: a
/// press on its way is meant for it.
void DownloadsTab::showQuestion()
{
    const std::vector<Download> &downloads = m_queue.downloads();
    const auto asks = [](const Download &download) { return download.question != Question::None; };
    auto asking = std::ranges::find_if(downloads, [this, &asks](const Download &download) {
        return asks(download) && download.id == m_asked && download.question == m_askedQuestion;
    });
    if (asking == downloads.end())
        asking = std::ranges::find_if(downloads, asks);
    if (asking == downloads.end()) {
        m_question->clear();
        return;
    }
    m_asked = asking->id;
    m_askedQuestion = asking->question;
    const bool usesADownload = asking->question == Question::RestartUsesADownload;
    m_question->ask(
        MessageBar::Kind::Warning, questionText(*asking),
        {{usesADownload ? tr("Start again") : tr("Go on"), [this, id = asking->id] { m_queue.answer(id, true); }},
         {tr("Leave it paused"), [this, id = asking->id] { m_queue.answer(id, false); }}},
        asking->id.value);
}

void DownloadsTab::askAboutCancelling(const std::vector<DownloadId> &ids)
{
    qint64 bytes = 0;
    for (const DownloadId &id : ids) {
        if (const Download *download = m_queue.download(id))
            bytes += download->bytesReceived;
    }
    m_toCancel = ids;
    const auto cancel = [this](bool deletesParts) {
        for (const DownloadId &id : std::exchange(m_toCancel, {}))
            m_queue.cancel(id, deletesParts);
    };
    QStringList about;
    for (const DownloadId &id : ids)
        about << id.value;
    m_cancelBar->ask(
        MessageBar::Kind::Warning,
        tr("Cancel %n downloads? %1 are already here.", nullptr, static_cast<int>(ids.size())).arg(bytesText(bytes)),
        {{tr("Cancel, keep the part files"), [cancel] { cancel(false); }},
         {tr("Cancel, delete the part files"), [cancel] { cancel(true); }},
         {tr("Do not cancel"), {}}},
        about.join(QLatin1Char(' ')));
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
