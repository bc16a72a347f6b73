#pragma once

#include "series/curve.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace tidemark {

class TimelineWidget;

/// Below a timeline: what its curve shows, and what its keys do, as buttons.
class TimelineTools : public QWidget
{
    Q_OBJECT

public:
    explicit TimelineTools(TimelineWidget *timeline, QWidget *parent = nullptr);

    /// Those that there are; without any the chooser is not shown. What was chosen stays where it is among them.
    void setCurves(const std::vector<CurveKind> &kinds);
    /// What is chosen; of no meaning without curves.
    CurveKind curve() const;
    /// Which buttons do anything at present.
    void showState();

Q_SIGNALS:
    void curveChosen();

private:
    TimelineWidget *m_timeline;
    QWidget *m_chooser;
    QComboBox *m_curves;
    QPushButton *m_zoomOut;
    QPushButton *m_showAll;
    QPushButton *m_earlier;
    QPushButton *m_incident;
};

} // namespace tidemark
