#include "ui/history/history_dialog.h"

#include "base/background.h"
#include "base/result.h"
#include "ui/history/history_model.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/selection.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
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

HistoryDialog::HistoryDialog(QString file, QSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_file(std::move(file))
    , m_model(new HistoryModel(this))
    , m_filter(new HistoryFilter(this))
    , m_view(new QTreeView)
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(QStringLiteral("history")))
    , m_verdict(new QLabel)
    , m_details(new CodeView(tr("Entry")))
    , m_saved(new SavedFileBar)
    , m_message(new MessageBar)
    , m_export(new QPushButton(tr("&Export…")))
{
    setObjectName(QStringLiteral("historyDialog"));
    setWindowTitle(tr("History"));
    m_filter->setSourceModel(m_model);
    m_verdict->setObjectName(QStringLiteral("historyVerdict"));
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setWordWrap(true);
    m_export->setObjectName(QStringLiteral("exportHistory"));
    m_export->setAutoDefault(false);
    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(makeList(settings));
    split->addWidget(m_details);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    box->addButton(m_export, QDialogButtonBox::ActionRole);
    auto *again = box->addButton(tr("&Read again"), QDialogButtonBox::ActionRole);
    again->setObjectName(QStringLiteral("readHistory"));
    again->setAutoDefault(false);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &HistoryDialog::chooseFile);
    connect(again, &QPushButton::clicked, this, &HistoryDialog::read);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(split, 1);
    layout->addWidget(m_verdict);
    layout->addWidget(m_message);
    layout->addWidget(m_saved);
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

/// On a thread of its own: the file may be long, and its disk a network's.
void HistoryDialog::read()
{
    inOwnThread(
        this, [file = m_file] { return readHistory(file); }, [this](const History &history) { take(history); });
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
    m_details->setVisible(entry != nullptr);
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
