#include "ui/wizard/findings_panel.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QAccessible>
#include <QCheckBox>
#include <QHBoxLayout>

#include <algorithm>

namespace tidemark {

namespace {

QString spoken(const FindingEntry &entry)
{
    switch (entry.kind) {
    case FindingKind::Error:
        return FindingsPanel::tr("Problem: %1").arg(entry.sentence);
    case FindingKind::Warning:
        return FindingsPanel::tr("Warning: %1").arg(entry.sentence);
    case FindingKind::Unchecked:
        return FindingsPanel::tr("Not known: %1").arg(entry.sentence);
    case FindingKind::Note:
        return FindingsPanel::tr("Note: %1").arg(entry.sentence);
    case FindingKind::Passed:
        break;
    }
    return entry.sentence;
}

} // namespace

FindingsPanel::FindingsPanel(const QString &title, Ticks ticks, QWidget *parent)
    : Panel(2.5, parent)
    , m_ticks(ticks)
    , m_title(new LookLabel(title, ticks == Ticks::Yes ? TypeRole::Strong : TypeRole::Heading))
    , m_count(new LookLabel({}, TypeRole::Caption, Ink::Text2))
    , m_list(new QVBoxLayout)
{
    setAccessibleName(title);
    m_count->setObjectName(QStringLiteral("findingsCount"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_title);
    head->addStretch(1);
    head->addWidget(m_count);
    m_list->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(m_list);
    layout->addStretch(1);
}

FindingRow *FindingsPanel::makeRow(const FindingEntry &entry)
{
    auto *row = new FindingRow;
    row->setAccessibleName(spoken(entry));
    if (m_ticks == Ticks::Yes && needsTick(entry)) {
        row->setTickable();
        row->checkBox()->setChecked(m_ticked.contains(entry.sentence));
        connect(row->checkBox(), &QCheckBox::toggled, this,
                [this, sentence = entry.sentence](bool isTicked) { tick(sentence, isTicked); });
    }
    row->setFinding(entry.kind, entry.sentence);
    return row;
}

void FindingsPanel::setEntries(const std::vector<FindingEntry> &entries)
{
    if (entries == m_entries)
        return;
    std::vector<FindingRow *> rows;
    std::vector<FindingRow *> left = m_rows;
    for (const FindingEntry &entry : entries) {
        const auto known = std::ranges::find(m_entries, entry);
        const auto at =
            known == m_entries.end() ? left.end() : std::ranges::find(left, m_rows[size_t(known - m_entries.begin())]);
        if (at != left.end()) {
            rows.push_back(*at);
            left.erase(at);
        } else {
            rows.push_back(makeRow(entry));
            announce(rows.back(), entry);
        }
    }
    for (FindingRow *row : left) {
        m_list->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    m_entries = entries;
    m_rows = rows;
    place(rows);
    showCount();
    Q_EMIT seenChanged();
}

/// The boxes follow each other with the Tab key, wherever they came from: what is made later is the last stop else.
void FindingsPanel::place(const std::vector<FindingRow *> &rows)
{
    QWidget *before = m_before;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (m_list->indexOf(rows[i]) != int(i))
            m_list->insertWidget(int(i), rows[i]);
        rows[i]->show();
        if (QCheckBox *box = rows[i]->checkBox()) {
            if (before != nullptr)
                setTabOrder(before, box);
            before = box;
        }
    }
}

void FindingsPanel::announce(FindingRow *row, const FindingEntry &entry)
{
    if (!isVisible() || entry.kind > FindingKind::Unchecked)
        return;
    QAccessibleEvent event(row, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void FindingsPanel::tick(const QString &sentence, bool isTicked)
{
    if (isTicked)
        m_ticked.insert(sentence);
    else
        m_ticked.remove(sentence);
    showCount();
    Q_EMIT seenChanged();
}

void FindingsPanel::setMoment(const QString &text)
{
    m_count->setText(text);
}

bool FindingsPanel::isSeen() const
{
    return std::ranges::all_of(
        m_rows, [](const FindingRow *row) { return row->checkBox() == nullptr || row->checkBox()->isChecked(); });
}

QStringList FindingsPanel::ticked() const
{
    QStringList sentences;
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i]->checkBox() != nullptr && m_rows[i]->checkBox()->isChecked())
            sentences.append(m_entries[i].sentence);
    }
    return sentences;
}

void FindingsPanel::forgetTicks()
{
    m_ticked.clear();
    for (FindingRow *row : m_rows) {
        if (row->checkBox() != nullptr)
            row->checkBox()->setChecked(false);
    }
}

void FindingsPanel::showCount()
{
    if (m_ticks == Ticks::No)
        return;
    int all = 0;
    int seen = 0;
    for (const FindingRow *row : m_rows) {
        all += row->checkBox() != nullptr ? 1 : 0;
        seen += row->checkBox() != nullptr && row->checkBox()->isChecked() ? 1 : 0;
    }
    m_count->setText(all == 0 ? QString() : tr("%1 of %2 ticked").arg(seen).arg(all));
}

} // namespace tidemark
