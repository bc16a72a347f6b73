#include "ui/wizard/checklist_panel.h"

#include "base/honest_text.h"
#include "preparation/wizard_context.h"
#include "restore/checklists.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/breakable.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/window_size.h"
#include "ui/wizard/checklist_dialog.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace tidemark {

static constexpr double besideEachOther = 130; ///< units of width from which there is room for all columns
static constexpr int mostColumns = 3;
static constexpr qsizetype longestBeside = 20; ///< characters of a name that stands beside others

ChecklistPanel::ChecklistPanel(WizardContext &context, QWidget *parent)
    : Panel(2.5, parent)
    , m_context(context)
    , m_count(new LookLabel({}, TypeRole::Caption, Ink::Text2))
    , m_rowsLayout(new QGridLayout)
    , m_missing(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_change(new QPushButton(tr("Chan&ge this list…")))
    , m_message(new MessageBar)
{
    setObjectName(QStringLiteral("checklist"));
    setAccessibleName(tr("Checklist"));
    m_count->setObjectName(QStringLiteral("checklistCount"));
    m_missing->setObjectName(QStringLiteral("checklistMissing"));
    m_missing->setAlignment((m_missing->alignment() & ~Qt::AlignVertical_Mask) | Qt::AlignVCenter);
    m_change->setObjectName(QStringLiteral("changeChecklist"));
    m_change->setAutoDefault(false);
    m_message->setObjectName(QStringLiteral("checklistMessage"));
    auto *head = new QHBoxLayout;
    head->addWidget(new LookLabel(tr("Checklist"), TypeRole::Strong));
    head->addWidget(m_missing, 1);
    head->addWidget(m_count);
    head->addWidget(m_change);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(head);
    layout->addLayout(m_rowsLayout);
    layout->addWidget(m_message);
    keepMeasures(this, [this, layout, head] {
        layout->setSpacing(u(1));
        head->setSpacing(u(3));
        m_rowsLayout->setHorizontalSpacing(u(4));
        m_rowsLayout->setVerticalSpacing(u(1));
    });
    connect(m_change, &QPushButton::clicked, this, &ChecklistPanel::changeList);
    hide();
}

void ChecklistPanel::showProject(const Project &project)
{
    const bool isOther = project.id != m_project.id;
    m_project = project;
    if (isOther)
        rebuild();
    setVisible(!project.id.isEmpty());
}

void ChecklistPanel::startAnew()
{
    m_unread = m_context.session().checklists().read();
    rebuild();
}

void ChecklistPanel::rebuild()
{
    sayTrouble();
    build(m_context.session().checklists().of(m_project.id));
}

QString ChecklistPanel::trouble() const
{
    if (m_project.id.isEmpty())
        return {};
    if (m_unread)
        return tr("Whether this project has a list of its own could not be read: this is the last one that is known. "
                  "%1")
            .arg(m_unread->sentence);
    const auto strange = m_context.session().checklists().trouble(m_project.id);
    return strange ? tr("%1 Until then this is the usual one. %2").arg(strange->sentence, strange->hint) : QString();
}

void ChecklistPanel::sayTrouble()
{
    if (const QString text = trouble(); text.isEmpty())
        m_message->clear();
    else
        m_message->sayForNow(MessageBar::Kind::Warning, text);
}

std::vector<Finding> ChecklistPanel::findings() const
{
    if (trouble().isEmpty())
        return {};
    return {{Severity::Warning, Field::Confirmation,
             tr("What “%1” requires before it is sent could not be read: the checklist may be another.")
                 .arg(m_project.name),
             true}};
}

ChecklistPanel::Row ChecklistPanel::makeRow(const ChecklistItem &item)
{
    Row row;
    row.widget = new QWidget;
    row.box = new QCheckBox;
    row.box->setObjectName(QStringLiteral("checklistTick"));
    row.box->setAccessibleName(item.isRequired ? tr("%1 (required)").arg(item.name) : item.name);
    auto *label = new LookLabel(breakable(row.box->accessibleName()), TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes);
    label->setTextFormat(Qt::PlainText);
    label->setObjectName(QStringLiteral("checklistName"));
    letNoNameWiden(*label);
    label->setAlignment((label->alignment() & ~Qt::AlignVertical_Mask) | Qt::AlignVCenter);
    auto *line = new QHBoxLayout(row.widget);
    line->setContentsMargins({});
    line->addWidget(row.box);
    line->addWidget(label, 1);
    connect(row.box, &QCheckBox::toggled, this, &ChecklistPanel::tell);
    if (item.takesText) {
        auto *text = row.text = new QLineEdit;
        text->setObjectName(QStringLiteral("checklistText"));
        text->setAccessibleName(item.name);
        text->setMaxLength(int(LongestChecklistText));
        line->addWidget(text, 1);
        connect(text, &QLineEdit::textChanged, this, [this, text, box = row.box] {
            // What was pasted is one line of what is seen: it is written down as it stands here.
            const QString seen = asTypedLine(text->text(), LongestChecklistText);
            if (seen != text->text()) {
                const int cursor = text->cursorPosition();
                const QSignalBlocker blocker(text);
                text->setText(seen);
                text->setCursorPosition(std::min(cursor, int(seen.size())));
            }
            if (!seen.trimmed().isEmpty())
                box->setChecked(true); // who types the ticket's number says that there is one
            tell();
        });
    }
    keepMeasures(row.widget, [line] { line->setSpacing(u(2.5)); });
    return row;
}

/// All rows are made anew: what was ticked was for another restore, or for another list.
void ChecklistPanel::build(const Checklist &list)
{
    for (const Row &row : m_rows) {
        m_rowsLayout->removeWidget(row.widget);
        row.widget->hide();
        row.widget->deleteLater();
    }
    m_rows.clear();
    m_list = list;
    for (const ChecklistItem &item : list)
        m_rows.push_back(makeRow(item));
    place();
    QWidget *before = m_change; // whose place among the page's stops the rows take, with it behind them
    for (const Row &row : m_rows) {
        for (QWidget *stop : std::initializer_list<QWidget *>{row.box, row.text}) {
            if (stop == nullptr)
                continue;
            setTabOrder(before, stop);
            before = stop;
        }
    }
    if (before != m_change)
        setTabOrder(before, m_change);
    tell();
}

/// Beside each other where there is room: what follows is seen without scrolling.
void ChecklistPanel::place()
{
    for (const Row &row : m_rows)
        m_rowsLayout->removeWidget(row.widget);
    const bool areShort =
        std::ranges::all_of(m_list, [](const ChecklistItem &item) { return item.name.size() <= longestBeside; });
    const int columns = m_isWide && areShort ? mostColumns : 1;
    for (int column = 0; column < mostColumns; ++column)
        m_rowsLayout->setColumnStretch(column, column < columns ? 1 : 0);
    for (size_t n = 0; n < m_rows.size(); ++n)
        m_rowsLayout->addWidget(m_rows[n].widget, int(n) / columns, int(n) % columns);
}

void ChecklistPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    const bool isWide = width() >= u(besideEachOther);
    if (std::exchange(m_isWide, isWide) != isWide)
        place();
}

std::vector<ChecklistTick> ChecklistPanel::ticks() const
{
    if (m_project.id.isEmpty())
        return {};
    std::vector<bool> ticked;
    std::vector<QString> texts;
    for (const Row &row : m_rows) {
        ticked.push_back(row.box->isChecked());
        texts.push_back(row.text != nullptr ? row.text->text() : QString());
    }
    return answered(m_list, ticked, texts);
}

QWidget *ChecklistPanel::lastStop() const
{
    return m_change;
}

bool ChecklistPanel::isDone() const
{
    return m_project.id.isEmpty() || stillRequired(m_list, ticks()).isEmpty();
}

void ChecklistPanel::tell()
{
    const std::vector<ChecklistTick> ticks = this->ticks();
    const auto ticked = std::ranges::count_if(ticks, &ChecklistTick::isTicked);
    m_count->setText(ticks.empty() ? QString() : tr("%1 of %2 ticked").arg(ticked).arg(ticks.size()));
    const QStringList missing = stillRequired(m_list, ticks);
    m_missing->setText(
        m_list.empty() ? tr("“%1” asks for nothing.").arg(m_project.name)
        : missing.isEmpty()
            ? tr("What is ticked goes into the audit log and the report.")
            : breakable(tr("“%1” requires before it is sent: %2.").arg(m_project.name, missing.join(tr(", ")))));
    Q_EMIT changed();
}

void ChecklistPanel::changeList()
{
    sayTrouble(); // in place of what was said of the last change
    auto *dialog = new ChecklistDialog(m_project.name, m_list, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { keep(dialog->list()); });
    dialog->open();
}

void ChecklistPanel::keep(const Checklist &list)
{
    if (list == m_list)
        return;
    const auto written = m_context.session().checklists().put(m_project.id, list);
    if (written)
        build(list);
    else
        m_message->say(MessageBar::Kind::Error, (tr("The list was not changed. %1").arg(written.error().sentence) +
                                                 QLatin1Char(' ') + written.error().hint)
                                                    .trimmed());
}

} // namespace tidemark
