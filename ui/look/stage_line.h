#pragma once

#include "jobs/stages.h"

#include <QList>
#include <QMetaType>
#include <QPointF>
#include <QRectF>

class QPainter;

namespace tidemark {

/// One bar of the short stage line in a row.
struct StageBar
{
    StageState state = StageState::ToCome;
    std::optional<double> fraction; ///< of a counted stage that is under way
    bool operator==(const StageBar &) const = default;
};

QList<StageBar> stageBars(const StageLine &line);

/// The width that so many bars take.
int stagesWidth(qsizetype bars);
/// Short bars from the leading edge of `rect`, centred in its height: done is full, under way is filled as far as it
/// was counted, failed is broken in the middle, over is grey.
void paintStages(QPainter *painter, const QRectF &rect, const QList<StageBar> &bars, Qt::LayoutDirection direction);

/// The round mark of a stage: done has a tick, under way is a ring with a dot, to come is hollow, failed has an
/// exclamation mark, over a dash.
void paintNode(QPainter *painter, const QRectF &rect, StageState state);
/// From one node to the next: solid where the first was passed, dotted to what is not reached.
void paintConnector(QPainter *painter, const QPointF &from, const QPointF &to, StageState state);

} // namespace tidemark

Q_DECLARE_METATYPE(QList<tidemark::StageBar>)
