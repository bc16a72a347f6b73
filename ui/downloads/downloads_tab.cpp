#include "ui/downloads/downloads_tab.h"

#include "session/download_texts.h"
#include "ui/downloads/download_actions.h"
#include "ui/downloads/download_details.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/download_questions.h"
#include "ui/downloads/download_settings_bar.h"
#include "ui/downloads/downloads_filter.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/name_delegate.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/downloads/overall_line.h"
#include "ui/downloads/unpack_bar.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/action_row.h"
#include "ui/widgets/advice_panel.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/pane_splitter.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/window_size.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

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
                        {DownloadsModel::NoteColumn, QStringLiteral("note"), 0, false}, // a second line of the state
                        {DownloadsModel::PlaceColumn, QStringLiteral("place"), 0, false}},
            .sort = ItemSort{DownloadsModel::PlaceColumn, Qt::AscendingOrder}}; // as they are fetched
}

DownloadsFilter *filterOver(DownloadsModel *model)
{
    auto *filter = new DownloadsFilter(model);
    filter->setSourceModel(model);
    return filter;
}

} // namespace

DownloadsTab::DownloadsTab(DownloadQueue &queue, DownloadFolder &folder, const Clock &clock, QSettings &settings,
                           QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_folder(folder)
    , m_clock(clock)
    , m_model(new DownloadsModel(queue, clock, this))
    , m_filter(filterOver(m_model))
    , m_actions(new DownloadActions(queue, this))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(QStringLiteral("download")))
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_filter, viewOptions(), settings))
    , m_filterBox(new FilterEdit(tr("Filter downloads"), m_view))
    , m_advice(new AdvicePanel)
    , m_details(new DownloadDetails)
    , m_questions(new DownloadQuestions(queue))
    , m_unpackBar(new UnpackBar)
{
    connect(m_empty, &EmptyState::buttonClicked, this, [this] {
        if (m_model->rowCount() > 0)
            m_filterBox->clear();
        else
            Q_EMIT jobsRequested();
    });
    m_unpackBar->setObjectName(QStringLiteral("unpackBar"));
    setUpView();

    auto *side = new QWidget;
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins({});
    sideLayout->addWidget(m_details, 1);
    sideLayout->addWidget(m_advice);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(new PaneSplitter(m_view, side));

    auto *body = new QWidget;
    auto *below = new QVBoxLayout(body);
    below->setContentsMargins({});
    below->addWidget(m_pages, 1);
    // Below the list, whose rows thus stay where the pointer is when something is asked or said.
    below->addWidget(m_questions);
    below->addWidget(m_unpackBar);
    below->addWidget(new DownloadSettingsBar(queue, folder, settings));
    makeScrollable(*body);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeButtons());
    layout->addWidget(new OverallLine(queue, this));
    layout->addWidget(body, 1);

    connect(m_actions, &DownloadActions::newLinkRequested, this, &DownloadsTab::newLinkRequested);
    connect(m_actions, &DownloadActions::unpackRequested, this, &DownloadsTab::chooseUnpackFolder);
    connect(m_actions, &DownloadActions::nextStepsRequested, this, &DownloadsTab::showNextSteps);
    connect(m_actions, &DownloadActions::moveRequested, m_model, &DownloadsModel::move);
    connect(m_actions, &DownloadActions::cancelRequested, m_questions, &DownloadQuestions::askAboutCancelling);
    connectQueue();
    // "Tries again in …" counts down; nothing else changes without the queue saying so.
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        m_view->viewport()->update();
        showDetails();
    });
    showPage();
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
    m_filterBox->setObjectName(QStringLiteral("downloadsFilter"));
    connect(m_filterBox, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        m_view->expandAll();
        showPage();
    });
    m_viewSetup->rememberFilter(m_filterBox);
    row->addWidget(m_filterBox);
    return row;
}

void DownloadsTab::setUpView()
{
    m_view->setObjectName(QStringLiteral("downloads"));
    m_view->setAccessibleName(tr("Downloads"));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setItemDelegateForColumn(DownloadsModel::NameColumn, new NameDelegate(m_view));
    m_view->expandAll();
    m_view->setDragDropMode(QAbstractItemView::InternalMove); // to another place in the queue
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
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &parent, int first, int last) {
        for (int row = first; row <= last; ++row)
            m_view->expand(m_filter->index(row, 0, parent));
        m_view->expand(parent);
    });
}

std::vector<QAction *> DownloadsTab::actions() const
{
    std::vector<QAction *> actions = m_actions->menuActions();
    actions.insert(actions.end(), {nullptr, m_actions->pauseAll(), m_actions->resumeAll()});
    return actions;
}

void DownloadsTab::tellCounts()
{
    const auto count = [this](auto is) {
        return static_cast<int>(
            std::ranges::count_if(m_queue.downloads(), [is](const Download &download) { return is(download.state); }));
    };
    Q_EMIT countsChanged(
        count([](DownloadState state) { return !isEnd(state) && state != DownloadState::Paused; }),
        count([](DownloadState state) { return state == DownloadState::Failed || state == DownloadState::Corrupt; }));
}

void DownloadsTab::connectQueue()
{
    connect(&m_queue, &DownloadQueue::added, this, &DownloadsTab::onAdded);
    connect(&m_queue, &DownloadQueue::changed, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::ended, this, &DownloadsTab::onChanged);
    connect(&m_queue, &DownloadQueue::removed, this, [this] {
        showPage();
        onSelectionChanged();
        m_questions->update();
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
    const QModelIndex index = shownRow(id);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

/// A filter from earlier must not hide what is looked for now.
QModelIndex DownloadsTab::shownRow(const DownloadId &id)
{
    const QModelIndex row = m_model->indexOf(id);
    if (row.isValid() && !m_filter->mapFromSource(row).isValid())
        m_filterBox->clear();
    return m_filter->mapFromSource(row);
}

QModelIndex DownloadsTab::chosen() const
{
    return m_filter->mapToSource(selectedRow(m_view));
}

/// What was just begun elsewhere is what the person looks for here. Whoever works in this list keeps what is chosen.
void DownloadsTab::onAdded(const DownloadId &id)
{
    showPage();
    onChanged(id);
    if (isVisible() && selectedRow(m_view).isValid())
        return;
    const QModelIndex row = shownRow(id);
    const QModelIndex heading = row.parent();
    m_view->setCurrentIndex(heading.isValid() ? heading : row);
    m_view->scrollTo(row);
}

void DownloadsTab::onChanged(const DownloadId &id)
{
    m_actions->refresh();
    tellCounts();
    const std::vector<DownloadId> shown = m_model->downloadsAt(chosen());
    if (std::ranges::find(shown, id) != shown.end())
        showDetails();
    m_questions->update();
}

void DownloadsTab::onSelectionChanged()
{
    std::vector<DownloadId> ids;
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        for (const DownloadId &id : m_model->downloadsAt(m_filter->mapToSource(row))) {
            if (std::ranges::find(ids, id) == ids.end())
                ids.push_back(id);
        }
    }
    m_actions->setSelection(std::move(ids));
    showDetails();
}

void DownloadsTab::showDetails()
{
    const QModelIndex row = chosen();
    showAdvice(m_model->download(row));
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
    tellCounts();
    const int hidden = m_model->rowCount();
    m_pages->setCurrentIndex(m_filter->rowCount() > 0 ? 1 : 0);
    if (hidden > 0)
        m_empty->say({tr("Nothing matches the filter"), tr("%n downloads are hidden.", nullptr, hidden),
                      tr("Clear the filter"), QStringLiteral("search")});
    else
        m_empty->say({tr("Nothing is being downloaded"),
                      tr("Choose a finished download under Restore jobs and press Download. Archives are fetched here, "
                         "checked against the published hash, and kept over a restart."),
                      tr("Go to the restore jobs"),
                      {}});
}

void DownloadsTab::showAdvice(const Download *download)
{
    const auto advice = download ? adviceFor(*download) : std::nullopt;
    if (!advice) {
        m_advice->clear();
        return;
    }
    std::vector<QAction *> actions;
    for (const DownloadStep step : advice->steps)
        actions.push_back(m_actions->action(step));
    static const std::map<DownloadAdvice::Kind, NoticeKind> kinds{{DownloadAdvice::Kind::Good, NoticeKind::Good},
                                                                  {DownloadAdvice::Kind::Note, NoticeKind::Note},
                                                                  {DownloadAdvice::Kind::Soon, NoticeKind::Soon},
                                                                  {DownloadAdvice::Kind::Lost, NoticeKind::Lost}};
    m_advice->say(kinds.at(advice->kind), advice->title, advice->sentence, actions);
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
