#include "ui/history/history_dialog.h"

#include "base/background.h"
#include "base/result.h"
#include "plans/kept_plans.h"
#include "ui/history/history_model.h"
#include "ui/history/report_dialog.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/current_stack.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QScreen>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

ItemViewOptions viewOptions()
{
    using M = HistoryModel;
    return {.name = QStringLiteral("history"),
            .columns = {{M::Time, QStringLiteral("time")},
                        {M::Event, QStringLiteral("event")},
                        {M::Source, QStringLiteral("source")},
                        {M::Target, QStringLiteral("target")},
                        {M::Point, QStringLiteral("point")},
                        {M::Outcome, QStringLiteral("outcome")},
                        {M::Person, QStringLiteral("person")},
                        {M::User, QStringLiteral("key")},
                        {M::Line, QStringLiteral("line")}},
            .sort = ItemSort{M::Line, Qt::DescendingOrder}};
}

Result<bool> writeHistory(const QString &path, const std::vector<HistoryEntry> &entries)
{
    QSaveFile file(path);
    const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    const QByteArray bytes = isJson ? historyJson(entries) : historyCsv(entries);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush() && file.commit())
        return true;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = HistoryDialog::tr("The history could not be written to %1: %2.")
                         .arg(QDir::toNativeSeparators(path), file.errorString());
    error.hint = HistoryDialog::tr("Choose another folder.");
    return failure(error);
}

} // namespace

HistoryDialog::HistoryDialog(HistorySource source, QSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_source(std::move(source))
    , m_model(new HistoryModel(this))
    , m_filter(new HistoryFilter(this))
    , m_view(new QTreeView)
    , m_pages(new CurrentStack)
    , m_empty(new EmptyState(QStringLiteral("history")))
    , m_verdict(new QLabel)
    , m_chosen(new QWidget)
    , m_details(new CodeView(tr("Entry")))
    , m_saved(new SavedFileBar)
    , m_message(new MessageBar)
    , m_plan(new QPushButton(tr("Open &plan")))
    , m_report(new QPushButton(tr("Open repo&rt")))
    , m_export(new QPushButton(tr("&Export…")))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("History"));
    m_filter->setSourceModel(m_model);
    m_verdict->setObjectName(QStringLiteral("historyVerdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_export->setObjectName(QStringLiteral("exportHistory"));
    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(makeList(settings));
    split->addWidget(makeChosen());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    m_export->setAutoDefault(false);
    box->addButton(m_export, QDialogButtonBox::ActionRole);
    auto *again = box->addButton(tr("&Read again"), QDialogButtonBox::ActionRole);
    again->setObjectName(QStringLiteral("readHistory"));
    again->setAutoDefault(false);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &HistoryDialog::chooseFile);
    connect(again, &QPushButton::clicked, this, &HistoryDialog::read);
    auto *page = new QWidget;
    auto *parts = new QVBoxLayout(page);
    parts->setContentsMargins({});
    parts->addWidget(m_search);
    parts->addWidget(split, 1);
    parts->addWidget(m_verdict);
    parts->addWidget(m_message);
    parts->addWidget(m_saved);
    makeScrollable(*page); // on a small screen with a large font
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(page, 1);
    layout->addWidget(box);
    const QSize usual(fontMetrics().averageCharWidth() * 160, fontMetrics().height() * 34);
    resize(usual.boundedTo(screen()->availableSize() * 0.9));
    read();
}

QWidget *HistoryDialog::makeList(QSettings &settings)
{
    m_view->setObjectName(QStringLiteral("history"));
    m_view->setAccessibleName(tr("History"));
    m_view->setRootIsDecorated(false);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection); // to be copied
    new ItemViewSetup(m_view, m_filter, viewOptions(), settings);
    m_search = new FilterEdit(tr("Search the history"), m_view);
    m_search->setObjectName(QStringLiteral("historyFilter"));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        showPage();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryDialog::showDetails);
    connect(m_empty, &EmptyState::buttonClicked, m_search, &QLineEdit::clear);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    showPage();
    return m_pages;
}

/// What the chosen line tells, and the ways to more of its restore.
QWidget *HistoryDialog::makeChosen()
{
    m_plan->setObjectName(QStringLiteral("openHistoryPlan"));
    m_plan->setToolTip(tr("What was sent with the chosen restore, as it was decided."));
    m_report->setObjectName(QStringLiteral("openHistoryReport"));
    auto *buttons = new WrapLayout;
    for (QPushButton *button : {m_plan, m_report}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(m_chosen);
    layout->setContentsMargins({});
    layout->addWidget(m_details, 1);
    layout->addLayout(buttons);
    connect(m_plan, &QPushButton::clicked, this, &HistoryDialog::openPlan);
    connect(m_report, &QPushButton::clicked, this, &HistoryDialog::openReport);
    return m_chosen;
}

/// On a thread of its own: the file may be long, and its disk a network's.
void HistoryDialog::read()
{
    inOwnThread(
        this, [file = m_source.auditFile] { return readHistory(file); },
        [this](const History &history) { take(history); });
}

void HistoryDialog::take(const History &history)
{
    m_isRead = true;
    m_isUnreadable = history.entries.empty() && history.verdict.trouble;
    m_older = history.older;
    m_model->setEntries(history.entries);
    const int lines = static_cast<int>(std::min<qint64>(history.verdict.lines, std::numeric_limits<int>::max()));
    QStringList said;
    if (history.verdict.trouble)
        said << history.verdict.trouble->sentence << history.verdict.trouble->hint;
    else if (lines > 0)
        said << tr("%n lines, and each follows from the one before it.", nullptr, lines);
    if (m_older > 0)
        said << tr("The older %n of them are checked and not shown: they are in the file.", nullptr,
                   static_cast<int>(std::min<qint64>(m_older, std::numeric_limits<int>::max())));
    m_verdict->setText(said.join(QLatin1Char(' ')));
    m_verdict->setVisible(!said.isEmpty() && !m_isUnreadable);
    showPage();
    showDetails();
}

void HistoryDialog::showPage()
{
    m_pages->setCurrentIndex(m_filter->rowCount() > 0 ? 1 : 0);
    m_export->setEnabled(m_filter->rowCount() > 0);
    if (!m_isRead)
        m_empty->say({tr("The history is being read"), {}, {}, {}});
    else if (m_isUnreadable)
        m_empty->say({tr("The history could not be read"), m_verdict->text(), {}, QStringLiteral("warning")});
    else if (m_model->rowCount() > 0)
        m_empty->say({tr("Nothing matches the search"), tr("%n entries are hidden.", nullptr, m_model->rowCount()),
                      tr("Clear the search"), QStringLiteral("search")});
    else
        m_empty->say({tr("Nothing was ordered here yet"),
                      tr("Each restore that is ordered over this connection is written down here, with who asked for "
                         "it and what came of it."),
                      {},
                      {}});
}

void HistoryDialog::showDetails()
{
    const HistoryEntry *entry = m_model->entry(m_filter->mapToSource(selectedRow(m_view)));
    if (!entry)
        m_details->setText({});
    else if (!entry->verbatim.isEmpty())
        m_details->setText(QString::fromUtf8(entry->verbatim));
    else
        m_details->setText(QString::fromUtf8(QJsonDocument(entry->details).toJson(QJsonDocument::Indented)));
    m_chosen->setVisible(entry != nullptr);
    const std::vector<HistoryEntry> restore = chosenRestore();
    m_report->setEnabled(!restore.empty());
    m_plan->setEnabled(std::ranges::any_of(restore, [this](const HistoryEntry &line) {
        return !KeptPlans(m_source.plansFolder).pathOf(line.planHash()).isEmpty();
    }));
}

/// All lines of the restore that the chosen one is about; none where it is about none.
std::vector<HistoryEntry> HistoryDialog::chosenRestore() const
{
    const HistoryEntry *entry = m_model->entry(m_filter->mapToSource(selectedRow(m_view)));
    return entry ? linesOfRestore(m_model->entries(), *entry) : std::vector<HistoryEntry>();
}

/// Where an order was sent again after it had been held back, the last plan is the one that left.
void HistoryDialog::openPlan()
{
    QString path;
    for (const HistoryEntry &line : chosenRestore()) {
        const QString named = KeptPlans(m_source.plansFolder).pathOf(line.planHash());
        path = named.isEmpty() ? path : named;
    }
    if (!path.isEmpty())
        Q_EMIT planRequested(path);
}

void HistoryDialog::openReport()
{
    auto *dialog = new ReportDialog(m_source.report(chosenRestore()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HistoryDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export the history"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("exportHistoryDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV (*.csv)"), tr("JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("json")) ? QStringLiteral("json")
                                                                        : QStringLiteral("csv"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &HistoryDialog::save);
    dialog->open();
}

/// What is shown is what is written.
void HistoryDialog::save(const QString &path)
{
    std::vector<HistoryEntry> entries;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        entries.push_back(*m_model->entry(m_filter->mapToSource(m_filter->index(row, 0))));
    const auto count = static_cast<int>(entries.size());
    inOwnThread(
        this, [path, entries = std::move(entries)] { return writeHistory(path, entries); },
        [this, path, count](const Result<bool> &written) {
            m_message->clear();
            m_saved->clear();
            if (written)
                m_saved->showSaved(tr("%n entries are in %1.", nullptr, count).arg(QDir::toNativeSeparators(path)),
                                   path);
            else
                m_message->say(MessageBar::Kind::Error,
                               written.error().sentence + QLatin1Char(' ') + written.error().hint);
        });
}

} // namespace tidemark
