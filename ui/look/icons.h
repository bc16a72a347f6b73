#pragma once

#include "ui/look/roles.h"

#include <QIcon>
#include <QString>

class QPainter;

namespace tidemark {

/// An icon of resources/icons, without a colour of its own: it is drawn in the role's colour of the palette at the time
/// of painting, so that it follows the palette, Disabled, and Selected (HighlightedText: on Highlight). 4/5 of its box
/// are used, since Fusion glues an icon to its text; ask for u(5). Null where there is no icon of that name.
QIcon lookIcon(const QString &name, Ink ink = Ink::Text);

/// Fills `rect` with the icon, to whole device pixels. Painted pixmaps are kept by name, colour, size and ratio.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &colour,
               Qt::LayoutDirection direction);

/// Whether it shows a direction of reading, and is turned round where one reads from right to left.
bool isMirrored(const QString &iconName);

} // namespace tidemark
