#pragma once

#include "ui/widgets/timeline.h"

#include <QCoreApplication>
#include <QWheelEvent>

namespace tidemark::test {

inline constexpr qint64 Start = 1795500000; // 2026-11-24 06:00:00 UTC

inline QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

inline RestorableRange range(qint64 from, qint64 to)
{
    return {{from, 1}, {to, 1}, {}};
}

/// Two ranges with a gap of an hour between them.
inline std::vector<RestorableRange> withGap()
{
    return {range(Start, Start + 3 * 3600), range(Start + 4 * 3600, Start + 8 * 3600)};
}

inline void wheel(QWidget &widget, int delta, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const QPointF middle(widget.width() / 2.0, widget.height() / 3.0);
    QWheelEvent event(middle, widget.mapToGlobal(middle), {}, QPoint(0, delta), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace tidemark::test
