#include "ui/wizard/log_finder.h"

#include "base/text.h"
#include "logs/log_texts.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/wizard/chooser_table.h"
#include "ui/wizard/log_collect_bar.h"
#include "ui/wizard/log_drop.h"
#include "ui/wizard/loss_model.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace tidemark {

namespace {

QPushButton *plainButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

/// The moment that stands on the page already, where there is one.
std::optional<QDateTime> momentOf(const WizardContext &context, MomentUse use)
{
    const RestoreDraft &draft = context.draft();
    if (use == MomentUse::Oplog) {
        bool isNumber = false;
        const qint64 seconds = draft.oplogSeconds.trimmed().toLongLong(&isNumber);
        return isNumber ? std::optional(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)) : std::nullopt;
    }
    const MomentAnswer answer = readPoint(draft, context.now());
    const auto *moment = std::get_if<Moment>(&answer);
    return moment ? std::optional(moment->time()) : std::nullopt;
}

QTimeZone zoneOf(const WizardContext &context, MomentUse use)
{
    const QTimeZone zone(context.draft().pointZone.toLatin1());
    return use == MomentUse::PointInTime && zone.isValid() ? zone : QTimeZone::utc();
}

} // namespace

LogFinderDialog::LogFinderDialog(WizardContext &context, MomentUse use, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_use(use)
    , m_zone(zoneOf(context, use))
    , m_collector(context.session().client(), m_search)
    , m_collectBar(new LogCollectBar)
    , m_state(wrappingLabel())
    , m_progress(new QProgressBar)
    , m_stop(plainButton(tr("&Stop"), QStringLiteral("stopSearch")))
    , m_model(new LossModel(this))
    , m_table(new ChooserTable(m_model, LossModel::SortRole, lossViewOptions(), context.settings()))
    , m_empty(new EmptyState(QStringLiteral("search")))
    , m_pages(new QStackedWidget)
    , m_details(new LossDetails(use))
    , m_useMoment(new QPushButton(tr("&Use this moment")))
{
    setObjectName(QStringLiteral("logFinder"));
    setWindowTitle(tr("Find in the logs"));
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addWidget(makeWays());
    layout->addWidget(makeProgress());
    layout->addWidget(makeFindings(), 1);
    makeScrollable(*content);
    auto *outer = new QVBoxLayout(this);
    outer->addWidget(content, 1);
    outer->addWidget(makeButtons());

    new LogDrop(this, [this](const QStringList &paths) { searchPaths(paths); });
    m_collectBar->setSource(context.draft().cluster, momentOf(context, use), context.now());
    connect(m_collectBar, &LogCollectBar::wanted, this, &LogFinderDialog::collect);
    connect(&m_search, &LogSearch::moved, this, [this] {
        showFindings();
        showState();
    });
    connect(&m_search, &LogSearch::finished, this, [this] {
        showFindings();
        showState();
    });
    connect(&m_collector, &LogCollector::changed, this, &LogFinderDialog::showState);
    new WindowSize(this, QStringLiteral("logFinder"),
                   {fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 40}, context.settings());
    showFindings();
    showState();
}

QWidget *LogFinderDialog::makeWays()
{
    auto *ways = new QWidget;
    auto *layout = new QVBoxLayout(ways);
    layout->setContentsMargins({});
    layout->addWidget(wrappingLabel(tr("A drop is a command: no curve shows it, but mongod writes it into its log, to "
                                       "the second. Have the logs collected, or drop log files, archives of logs or "
                                       "folders here.")));
    layout->addWidget(m_collectBar);
    auto *files = new QWidget;
    auto *line = new WrapLayout(files);
    auto *open = plainButton(tr("&Open files…"), QStringLiteral("openLogFiles"));
    auto *folder = plainButton(tr("Open &folder…"), QStringLiteral("openLogFolder"));
    line->addWidget(open);
    line->addWidget(folder);
    layout->addWidget(files);
    connect(open, &QPushButton::clicked, this, [this] { openFiles(false); });
    connect(folder, &QPushButton::clicked, this, [this] { openFiles(true); });
    return ways;
}

QWidget *LogFinderDialog::makeProgress()
{
    m_state->setObjectName(QStringLiteral("searchState"));
    letNoNameWiden(*m_state);
    m_progress->setObjectName(QStringLiteral("searchProgress"));
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_progress->setTextVisible(false);
    auto *progress = new QWidget;
    auto *layout = new QVBoxLayout(progress);
    layout->setContentsMargins({});
    auto *line = new QHBoxLayout;
    line->addWidget(m_progress, 1);
    line->addWidget(m_stop);
    layout->addWidget(m_state);
    layout->addLayout(line);
    connect(m_stop, &QPushButton::clicked, this, &LogFinderDialog::stop);
    return progress;
}

QWidget *LogFinderDialog::makeFindings()
{
    m_table->setObjectName(QStringLiteral("losses"));
    nameControl(m_table, tr("Found in the logs"));
    m_table->setup().setActivate([this] { useMoment(); });
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    auto *findings = new QWidget;
    auto *layout = new QVBoxLayout(findings);
    layout->setContentsMargins({});
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    connect(m_table, &ChooserTable::chosen, this, [this](const QModelIndex &row) {
        const LogFinding *finding = m_model->finding(row);
        m_chosen = finding ? std::optional(finding->place) : std::nullopt;
        m_details->show(finding, m_zone);
        m_useMoment->setEnabled(finding != nullptr);
    });
    return findings;
}

QWidget *LogFinderDialog::makeButtons()
{
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    m_useMoment->setObjectName(QStringLiteral("useMoment"));
    box->addButton(m_useMoment, QDialogButtonBox::AcceptRole);
    m_useMoment->setDefault(true);
    connect(m_useMoment, &QPushButton::clicked, this, &LogFinderDialog::useMoment);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return box;
}

LogReading LogFinderDialog::reading() const
{
    return {m_zone, m_context.now()};
}

void LogFinderDialog::openFiles(bool areFolders)
{
    auto *dialog = new QFileDialog(this, areFolders ? tr("Open folder") : tr("Open files"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(areFolders ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    dialog->setOption(QFileDialog::ShowDirsOnly, areFolders);
    connect(dialog, &QFileDialog::filesSelected, this, &LogFinderDialog::searchPaths);
    dialog->open();
}

void LogFinderDialog::searchPaths(const QStringList &paths)
{
    m_collector.stop();
    m_collectBar->showProblem({});
    m_hasSearched = true;
    m_wasStopped = false;
    m_search.searchPaths(paths, reading());
    showState();
}

void LogFinderDialog::collect(const LogRequest &request)
{
    m_search.stop();
    m_hasSearched = true;
    m_wasStopped = false;
    m_collector.start(m_context.draft().project.id, request, reading());
}

void LogFinderDialog::stop()
{
    m_wasStopped = true;
    m_collector.stop();
    m_search.stop();
    showState();
}

static QString collectorText(const LogCollector &collector)
{
    switch (collector.state()) {
    case LogCollector::State::Asking:
        return LogFinderDialog::tr("Asking the server for the logs…");
    case LogCollector::State::Collecting:
        return collector.parts() > 0
                   ? LogFinderDialog::tr("The agents collect the logs: %1 of %2 parts are there.")
                         .arg(QString::number(collector.partsDone()), QString::number(collector.parts()))
                   : LogFinderDialog::tr("The agents collect the logs…");
    default:
        return {};
    }
}

void LogFinderDialog::showState()
{
    const bool isBusy = m_search.isRunning() || m_collector.state() != LogCollector::State::Idle;
    m_collectBar->setBusy(isBusy);
    if (!isBusy && m_collector.error() && !m_search.isRunning())
        m_collectBar->showProblem(collectionProblem(*m_collector.error()));
    const bool hadFocus = m_stop->hasFocus();
    m_progress->setVisible(isBusy);
    m_stop->setVisible(isBusy);
    if (hadFocus && !isBusy)
        m_table->setFocus(Qt::OtherFocusReason);
    const qint64 total = m_search.totalBytes();
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(std::min<qint64>(m_search.readBytes() * 1000 / total, 1000)));
    QStringList texts;
    if (m_search.isRunning())
        texts << (total > 0 ? tr("Searched %1 of %2.").arg(bytesText(m_search.readBytes()), bytesText(total))
                            : tr("Searched %1.").arg(bytesText(m_search.readBytes())));
    else if (isBusy)
        texts << collectorText(m_collector);
    else if (m_hasSearched)
        texts << (m_wasStopped ? QStringList{tr("Stopped.")} : QStringList()) << searchNotes(m_search.findings());
    for (const QString &part : m_collector.partFailures())
        texts << tr("Not collected: %1.").arg(part.endsWith(QLatin1Char('.')) ? part.chopped(1) : part);
    m_state->setText(texts.join(QLatin1Char(' ')));
    m_state->setVisible(!texts.isEmpty());
    if (m_hasSearched && !isBusy)
        m_empty->say({tr("Nothing found"),
                      tr("What was read tells of no drop, rename or large delete. Another time or another member's log "
                         "may. A delete is in the log only if it was slow."),
                      {},
                      {}});
    else
        m_empty->say({isBusy ? tr("Nothing found yet") : tr("No log has been read"),
                      tr("What lost data is listed here: drops, renames and large deletes, with who did it."),
                      {},
                      {}});
}

void LogFinderDialog::showFindings()
{
    const auto &found = m_search.findings().list;
    m_model->setFindings(found);
    QModelIndex row = m_chosen ? m_model->indexOf(*m_chosen) : QModelIndex();
    if (!row.isValid() && !found.empty())
        row = m_model->index(0, 0); // the newest
    m_table->setChosen(row);
    m_details->show(m_model->finding(row), m_zone);
    m_useMoment->setEnabled(row.isValid());
    m_pages->setCurrentWidget(found.empty() ? static_cast<QWidget *>(m_empty) : m_table);
}

void LogFinderDialog::useMoment()
{
    const QModelIndex row = m_table->chosenRow();
    const LogFinding *finding = m_model->finding(row);
    if (!finding)
        return;
    const QDateTime moment = lossMoment(*finding);
    const QDateTime second = QDateTime::fromSecsSinceEpoch(moment.toSecsSinceEpoch(), Qt::UTC);
    accept();
    Q_EMIT momentChosen(second);
}

QPushButton *logFinderButton(WizardContext &context, MomentUse use, QWidget *page,
                             std::function<void(const QDateTime &)> take)
{
    auto *button = plainButton(LogFinderDialog::tr("&Find in the logs…"), QStringLiteral("findInLogs"));
    const auto open = [&context, use, page, take = std::move(take)](const QStringList &paths) {
        auto *dialog = new LogFinderDialog(context, use, page->window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &LogFinderDialog::momentChosen, page, take);
        dialog->open();
        if (!paths.isEmpty())
            dialog->searchPaths(paths);
    };
    QObject::connect(button, &QPushButton::clicked, page, [open] { open({}); });
    new LogDrop(page, open);
    return button;
}

} // namespace tidemark
