#pragma once

#include "ui/look/metrics.h"

#include <QColor>
#include <QString>

class QPainter;
class QRectF;

namespace tidemark {

/// How one line of text is drawn.
struct TextLook
{
    TypeRole type = TypeRole::Body;
    QColor colour;
    Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter; ///< absolute, not turned round
    Qt::TextElideMode elide = Qt::ElideRight;
};

/// Draws one line, elided to the rectangle. Its letters decide its direction, not the painter's: host names, times and
/// sizes stay left-to-right in a window that is not. What was laid out is kept, so that a line that is painted again
/// costs its glyphs alone. GUI thread only.
void paintText(QPainter *painter, const QRectF &rect, const QString &text, const TextLook &look);

/// Its width in one line; kept too.
int textWidth(const QString &text, TypeRole type);

/// How many lines were laid out or measured since the start: what is kept is not counted again.
int linesLaidOut();

} // namespace tidemark
