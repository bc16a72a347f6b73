#pragma once

#include "preparation/shown_ranges.h"

#include <QWidget>

#include <optional>

class QDateTime;
class QLabel;

namespace tidemark {

class LoadView;
class ReadingLine;
class TimelineWidget;
class WizardContext;

/// What can be restored to, on a timeline and in words, with its loading and error states.
class RangesView : public QWidget
{
    Q_OBJECT

public:
    explicit RangesView(WizardContext &context, QWidget *parent = nullptr);

    void showFacts(const std::optional<QDateTime> &chosen);
    TimelineWidget *timeline() const { return m_timeline; }

Q_SIGNALS:
    void chosen(const QDateTime &time);

private:
    QString words() const;
    void showSnapshots();
    void showRanges();

    WizardContext &m_context;
    TimelineWidget *m_timeline;
    QLabel *m_words;
    LoadView *m_load;
    ReadingLine *m_reading;
    int m_shownRevision = -1; ///< of the facts whose snapshots are shown
    ShownRanges m_ranges;
};

} // namespace tidemark
