#include "ui/wizard/checklist_dialog.h"

#include "ui/look/keep.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

ChecklistDialog::ChecklistDialog(const QString &project, const Checklist &list, QWidget *parent)
    : QDialog(parent)
    , m_hint(new FieldHint)
    , m_add(new QPushButton(tr("&Add an item")))
    , m_usual(new QPushButton(tr("&Usual list")))
{
    setObjectName(QStringLiteral("checklistDialog"));
    setWindowTitle(tr("Checklist of %1").arg(project));
    m_add->setObjectName(QStringLiteral("addChecklistItem"));
    m_usual->setObjectName(QStringLiteral("usualChecklist"));
    m_hint->setObjectName(QStringLiteral("checklistHint"));
    m_hint->setKeepsPlace(false);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = box->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(QStringLiteral("keepChecklist"));
    box->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cancelChecklist"));
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *tools = new QHBoxLayout;
    for (QPushButton *button : {m_add, m_usual}) {
        button->setAutoDefault(false);
        tools->addWidget(button);
    }
    tools->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(wrappingLabel(tr("What is asked for on Review before a cluster of this project is erased. What "
                                       "is required holds a restore up until it is ticked; the rest is asked for, "
                                       "and may be left.")));
    layout->addWidget(makeRows(), 1);
    layout->addLayout(tools);
    layout->addWidget(m_hint);
    layout->addWidget(box);
    connect(m_add, &QPushButton::clicked, this, [this] {
        add({});
        judge();
        m_rows.back().name->setFocus(Qt::OtherFocusReason);
        bringIntoView(m_rows.back().name);
    });
    connect(m_usual, &QPushButton::clicked, this, [this] { fill(usualChecklist()); });
    fitWindow(*this, {fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 24});
    fill(list);
}

QWidget *ChecklistDialog::makeRows()
{
    auto *rows = new QWidget;
    m_grid = new QGridLayout;
    m_grid->setColumnStretch(0, 1);
    auto *layout = new QVBoxLayout(rows);
    layout->setContentsMargins({});
    layout->addLayout(m_grid);
    layout->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(QStringLiteral("checklistRows"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(rows);
    return m_scroll;
}

void ChecklistDialog::add(const ChecklistItem &item)
{
    Row row{new QLineEdit(item.name), new QCheckBox(tr("with a text")), new QCheckBox(tr("required")),
            new QPushButton(tr("Remove"))};
    row.name->setObjectName(QStringLiteral("checklistItem"));
    row.name->setMaxLength(int(LongestChecklistName));
    row.takesText->setObjectName(QStringLiteral("checklistTakesText"));
    row.takesText->setChecked(item.takesText);
    row.isRequired->setObjectName(QStringLiteral("checklistRequired"));
    row.isRequired->setChecked(item.isRequired);
    row.remove->setObjectName(QStringLiteral("removeChecklistItem"));
    row.remove->setAutoDefault(false);
    connect(row.name, &QLineEdit::textChanged, this, &ChecklistDialog::judge);
    connect(row.remove, &QPushButton::clicked, this, [this, name = row.name] { remove(name); });
    int column = 0;
    QWidget *before = m_rows.empty() ? nullptr : m_rows.back().remove;
    for (QWidget *part : std::initializer_list<QWidget *>{row.name, row.takesText, row.isRequired, row.remove}) {
        m_grid->addWidget(part, m_gridRow, column++);
        part->show(); // at once: it may get the keyboard
        if (before != nullptr)
            setTabOrder(before, part);
        before = part;
    }
    setTabOrder(before, m_add);
    ++m_gridRow;
    m_rows.push_back(row);
}

void ChecklistDialog::remove(const QLineEdit *name)
{
    const auto found = std::ranges::find(m_rows, name, &Row::name);
    if (found == m_rows.end())
        return;
    const Row gone = *found;
    const auto place = found - m_rows.begin();
    m_rows.erase(found);
    // The keyboard stays where the item was.
    QWidget *next = m_rows.empty() ? m_add : m_rows[std::min(size_t(place), m_rows.size() - 1)].remove;
    next->setFocus(Qt::OtherFocusReason);
    for (QWidget *part : std::initializer_list<QWidget *>{gone.name, gone.takesText, gone.isRequired, gone.remove}) {
        m_grid->removeWidget(part);
        part->hide();
        part->deleteLater(); // one of them is being clicked
    }
    judge();
}

void ChecklistDialog::fill(const Checklist &list)
{
    while (!m_rows.empty())
        remove(m_rows.back().name);
    for (const ChecklistItem &item : list)
        add(item);
    judge();
    (m_rows.empty() ? static_cast<QWidget *>(m_add) : m_rows.front().name)->setFocus(Qt::OtherFocusReason);
}

Checklist ChecklistDialog::list() const
{
    Checklist list;
    for (const Row &row : m_rows)
        list.push_back({row.name->text().trimmed(), row.takesText->isChecked(), row.isRequired->isChecked()});
    return list;
}

/// Each control says which item it is of.
void ChecklistDialog::nameRows()
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const QString number = QString::number(i + 1);
        nameControl(row.name, tr("Item %1").arg(number));
        nameControl(row.takesText, tr("Item %1 with a text").arg(number));
        nameControl(row.isRequired, tr("Item %1 required").arg(number));
        nameControl(row.remove, tr("Remove item %1").arg(number));
    }
}

void ChecklistDialog::judge()
{
    nameRows();
    const QString objection = objectionTo(list());
    m_ok->setEnabled(objection.isEmpty());
    m_add->setEnabled(m_rows.size() < MostChecklistItems);
    m_hint->say(objection.isEmpty() ? FieldHint::Level::None : FieldHint::Level::Calm, objection);
}

} // namespace tidemark
