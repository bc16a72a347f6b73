#include "ui/wizard/log_finder.h"

#include "logs/log_texts.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/file_drop.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"
#include "ui/wizard/chooser_table.h"
#include "ui/wizard/log_collect_bar.h"
#include "ui/wizard/log_progress.h"
#include "ui/wizard/loss_model.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QKeyEvent>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

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

/// The newest; where clocks were wrong, the newest that is not yet to come.
const LogFinding &newestUntil(const std::vector<LogFinding> &found, const QDateTime &now)
{
    const qint64 latest = now.addDays(1).toMSecsSinceEpoch(); // a zone may be misjudged
    const auto newest = std::find_if(found.begin(), found.end(),
                                     [latest](const LogFinding &one) { return one.milliseconds <= latest; });
    return newest == found.end() ? found.front() : *newest;
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
    , m_readZone(m_zone)
    , m_collector(context.session().client(), m_search)
    , m_collectBar(new LogCollectBar)
    , m_progress(new LogProgress(m_search, m_collector, momentOf(context, use), m_zone))
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
    layout->addWidget(m_progress);
    layout->addWidget(makeFindings(), 1);
    makeScrollable(*content);
    auto *outer = new QVBoxLayout(this);
    outer->addWidget(content, 1);
    outer->addWidget(makeButtons());

    new FileDrop(this, [this](const QStringList &paths) { searchPaths(paths); });
    m_collectBar->setSource(context.draft().cluster, momentOf(context, use), context.now());
    connect(m_collectBar, &LogCollectBar::wanted, this, &LogFinderDialog::collect);
    connect(m_progress, &LogProgress::stopped, this, &LogFinderDialog::stop);
    connect(m_progress, &LogProgress::zoneChosen, this, &LogFinderDialog::readIn);
    connect(&m_search, &LogSearch::moved, this, &LogFinderDialog::refresh);
    connect(&m_search, &LogSearch::finished, this, &LogFinderDialog::refresh);
    connect(&m_collector, &LogCollector::changed, this, &LogFinderDialog::refresh);
    new WindowSize(this, QStringLiteral("logFinder"),
                   {fontMetrics().averageCharWidth() * 130, fontMetrics().height() * 40}, context.settings());
    refresh();
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

QWidget *LogFinderDialog::makeFindings()
{
    m_table->setObjectName(QStringLiteral("losses"));
    nameControl(m_table, tr("Found in the logs"));
    m_table->setup().setActivate([this] {
        if (!isJustOffered())
            useMoment();
    });
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_table);
    auto *findings = new QWidget;
    auto *layout = new QVBoxLayout(findings);
    layout->setContentsMargins({});
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_details);
    connect(m_table, &ChooserTable::chosen, this, [this](const QModelIndex &row) {
        const LogFinding *finding = m_model->finding(row);
        m_chosen = finding ? std::optional(*finding) : std::nullopt;
        m_isByPerson = true;
        m_details->show(finding, m_readZone);
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

void LogFinderDialog::begin()
{
    m_hasSearched = true;
    m_wasStopped = false;
    m_chosen.reset();
    m_isByPerson = false;
    m_progress->begin();
    m_readZone = m_zone;
}

void LogFinderDialog::searchPaths(const QStringList &paths)
{
    m_collector.forget();
    m_collectBar->showProblem({});
    begin();
    m_paths = paths;
    m_search.searchPaths(paths, reading());
    refresh();
}

void LogFinderDialog::collect(const LogRequest &request)
{
    m_search.clear();
    begin();
    m_paths.clear();
    m_collector.start(m_context.draft().project.id, request, reading());
}

/// What is chosen stays so.
void LogFinderDialog::readIn(const QTimeZone &zone)
{
    m_zone = zone;
    if (!m_paths.isEmpty()) {
        m_readZone = zone;
        m_search.searchPaths(m_paths, reading());
    } else if (m_collector.canReadAgain()) {
        m_readZone = zone;
        m_collector.readAgain(reading());
    }
    refresh();
}

void LogFinderDialog::stop()
{
    m_wasStopped = true;
    m_collector.stop();
    m_search.stop();
    refresh();
}

LogPhase LogFinderDialog::phase() const
{
    if (m_search.isRunning() || m_collector.state() != LogCollector::State::Idle)
        return LogPhase::Running;
    if (!m_hasSearched)
        return LogPhase::Before;
    return m_wasStopped ? LogPhase::Stopped : LogPhase::Ended;
}

void LogFinderDialog::refresh()
{
    const LogPhase now = phase();
    m_collectBar->setBusy(now == LogPhase::Running);
    if (now != LogPhase::Running && m_collector.error())
        m_collectBar->showProblem(collectionProblem(*m_collector.error()));
    showFindings();
    const QWidget *focus = focusWidget();
    const bool hadFocus = focus && m_progress->isAncestorOf(focus);
    m_progress->setCanReadAgain(!m_paths.isEmpty() || m_collector.canReadAgain());
    m_progress->showPhase(now);
    if (hadFocus && !focus->isVisible()) // the button that stops
        m_table->setFocus(Qt::OtherFocusReason);
    m_empty->say(emptyLossTexts(now, m_search.findings()));
}

void LogFinderDialog::showFindings()
{
    const auto &found = m_search.findings().list;
    m_model->setFindings(found);
    if (!m_chosen && !m_isByPerson && phase() != LogPhase::Running && !found.empty()) {
        // Where the keyboard is in the table, its row stays the one.
        const LogFinding *current = m_table->hasFocus() ? m_model->finding(m_table->currentRow()) : nullptr;
        m_chosen = current ? *current : newestUntil(found, m_context.now());
        m_offered.start();
    }
    choose();
    m_pages->setCurrentWidget(found.empty() ? static_cast<QWidget *>(m_empty) : m_table);
}

/// Shows what is chosen, wherever it is now.
void LogFinderDialog::choose()
{
    const QModelIndex row = m_chosen ? m_model->indexOf(*m_chosen) : QModelIndex();
    const LogFinding *finding = m_model->finding(row);
    if (finding)
        m_chosen = *finding;
    m_table->setChosen(row);
    m_details->show(finding, m_readZone);
    m_useMoment->setEnabled(finding != nullptr);
}

/// Nobody reads a line so soon: the key was meant for what was there before.
bool LogFinderDialog::isJustOffered() const
{
    constexpr qint64 tooSoon = 500;
    return !m_isByPerson && m_offered.isValid() && !m_offered.hasExpired(tooSoon);
}

void LogFinderDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && (event->isAutoRepeat() || isJustOffered()))
        return;
    QDialog::keyPressEvent(event);
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
    new FileDrop(page, open);
    return button;
}

} // namespace tidemark
