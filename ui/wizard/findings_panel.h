#pragma once

#include "ui/look/panel.h"
#include "ui/wizard/finding_lines.h"

#include <QSet>

class QCheckBox;
class QVBoxLayout;

namespace tidemark {

class LookLabel;

/// A list of findings under a title. Where they are to be ticked, each warning and each thing that is not known has a
/// box of its own. What was ticked stays so while the sentence is the same; another sentence is another finding. Rows
/// that stay keep the keyboard.
class FindingsPanel : public Panel
{
    Q_OBJECT

public:
    enum class Ticks { No, Yes };

    FindingsPanel(const QString &title, Ticks ticks, QWidget *parent = nullptr);

    void setEntries(const std::vector<FindingEntry> &entries);
    const std::vector<FindingEntry> &entries() const { return m_entries; }
    /// Beside the title, where there are no ticks to count: when it was read.
    void setMoment(const QString &text);
    /// Every box that there is, is ticked.
    bool isSeen() const;
    /// Sentences of those that are listed and ticked.
    QStringList ticked() const;
    /// The Tab key goes from this widget, which takes the keyboard, to the first box.
    void setTabStopBefore(QWidget *widget) { m_before = widget; }
    /// Takes away all ticks, also of what is not listed at the moment.
    void forgetTicks();

Q_SIGNALS:
    void seenChanged();

private:
    FindingRow *makeRow(const FindingEntry &entry);
    void place(const std::vector<FindingRow *> &rows);
    void tick(const QString &sentence, bool isTicked);
    void showCount();
    void announce(FindingRow *row, const FindingEntry &entry);

    Ticks m_ticks;
    std::vector<FindingEntry> m_entries;
    std::vector<FindingRow *> m_rows; ///< of m_entries, in their order
    QSet<QString> m_ticked;           ///< sentences
    LookLabel *m_title;
    LookLabel *m_count;
    QVBoxLayout *m_list;
    QWidget *m_before = nullptr;
};

} // namespace tidemark
