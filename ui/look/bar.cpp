#include "ui/look/bar.h"

#include "ui/look/keep.h"

#include <QPainter>
#include <QPainterPath>

namespace tidemark {

namespace {

/// Its fill alone, clipped to the shape of the bar.
void fill(QPainter *painter, const QRectF &box, BarKind kind)
{
    const Roles &look = roles();
    switch (kind) {
    case BarKind::Run:
        painter->fillRect(box, look.ink(Ink::Run));
        return;
    case BarKind::Verified:
        painter->fillRect(box, look.ink(Ink::Ok));
        return;
    case BarKind::Paused:
        painter->fillRect(box, mix(look.base, look.ink(Ink::Text2), 0.55));
        return;
    case BarKind::Intact:
        painter->fillRect(box, mix(look.base, look.ink(Ink::Warn), look.isHighContrast() ? 0 : 0.30));
        painter->fillRect(QRectF(box.left(), box.top(), box.width(), box.height() / 2), look.ink(Ink::Warn));
        return;
    case BarKind::Corrupt: {
        painter->fillRect(box, look.ink(Ink::Danger));
        painter->setPen(QPen(look.base, u(0.5)));
        const qreal slant = box.height() + u(0.5);
        for (qreal x = box.left() - slant; x < box.right(); x += u(1.75))
            painter->drawLine(QPointF(x, box.bottom() + 1), QPointF(x + slant, box.top() - 1));
        return;
    }
    case BarKind::Waiting:
        break;
    }
}

double shareOf(const BarData &bar)
{
    switch (bar.kind) {
    case BarKind::Run:
    case BarKind::Paused:
        return std::clamp(bar.fraction, 0.0, 1.0);
    case BarKind::Waiting:
        return 0;
    case BarKind::Verified:
    case BarKind::Intact:
    case BarKind::Corrupt:
        break;
    }
    return 1;
}

} // namespace

void paintBar(QPainter *painter, const QRectF &rect, const BarData &bar, Qt::LayoutDirection direction)
{
    const Roles &look = roles();
    const qreal radius = rect.height() / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(look.line2, 1));
    painter->setBrush(look.track);
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (const double share = shareOf(bar); share > 0) {
        QRectF filled = rect;
        filled.setWidth(std::max(rect.height(), rect.width() * share));
        if (direction == Qt::RightToLeft)
            filled.moveRight(rect.right());
        QPainterPath shape;
        shape.addRoundedRect(filled, radius, radius);
        painter->save();
        painter->setClipPath(shape);
        fill(painter, filled, bar.kind);
        painter->restore();
    }
    if (bar.kind == BarKind::Intact) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(look.ink(Ink::Warn), 1));
        painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    painter->restore();
}

ProgressLine::ProgressLine(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    keepMeasures(this, [this] { updateGeometry(); });
}

void ProgressLine::setBar(const BarData &bar)
{
    if (bar == m_bar)
        return;
    m_bar = bar;
    update();
}

QSize ProgressLine::sizeHint() const
{
    return {u(40), u(2)};
}

QSize ProgressLine::minimumSizeHint() const
{
    return {u(8), u(2)};
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintBar(&painter, rect(), m_bar, layoutDirection());
}

} // namespace tidemark
