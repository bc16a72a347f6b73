#pragma once

#include "preparation/facts_loader.h"
#include "preparation/shown_ranges.h"
#include "series/series_detail.h"

#include <QWidget>

#include <optional>

class QDateTime;
class QLabel;

namespace tidemark {

class LoadView;
class ReadingLine;
class TimelineTools;
class TimelineWidget;
class WizardContext;

/// What can be restored to, on a timeline and in words, with its loading and error states; with what monitoring tells
/// of that time, where the key may read it.
class RangesView : public QWidget
{
    Q_OBJECT

public:
    explicit RangesView(WizardContext &context, QWidget *parent = nullptr);

    void showFacts(const std::optional<QDateTime> &chosen);
    TimelineWidget *timeline() const { return m_timeline; }

Q_SIGNALS:
    void chosen(const QDateTime &time);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QString words() const;
    QString gapWords(qint64 from, qint64 to) const;
    void showSnapshots();
    void showRanges();
    void needSeries();
    void lookCloser();
    void showSeries();
    void showCurve();
    void showEdgeAndLosses();

    WizardContext &m_context;
    TimelineWidget *m_timeline;
    TimelineTools *m_tools;
    QLabel *m_edge;
    QLabel *m_losses;
    QLabel *m_note;
    QLabel *m_words;
    LoadView *m_load;
    ReadingLine *m_reading;
    int m_shownRevision = -1; ///< of the facts whose snapshots are shown
    ShownRanges m_ranges;
    SeriesReader m_series;                                          ///< of the whole
    SeriesDetail m_detail;                                          ///< of what is in view
    FactsLoader::State m_shownState = FactsLoader::State::NotAsked; ///< of the ranges
};

} // namespace tidemark
