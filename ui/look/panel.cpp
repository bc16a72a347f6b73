#include "ui/look/panel.h"

#include "ui/look/keep.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

namespace tidemark {

namespace {

constexpr double radius = 1.5;
constexpr double barWidth = 1;

} // namespace

Panel::Panel(double pad, QWidget *parent)
    : QFrame(parent)
    , m_pad(pad)
{
    keepMeasures(this, [this] { setMargins(); });
}

void Panel::setTone(std::optional<Ink> tone, bool hasBar)
{
    m_tone = tone;
    m_hasBar = hasBar && tone;
    setMargins();
    update();
}

void Panel::setMargins()
{
    const int pad = u(m_pad);
    const int leading = pad + (m_hasBar ? u(barWidth) : 0);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    setContentsMargins(isRtl ? pad : leading, pad, isRtl ? leading : pad, pad);
}

void Panel::paintEvent(QPaintEvent *)
{
    const Roles &look = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(m_tone ? look.tintLine(*m_tone) : look.line, 1));
    painter.setBrush(m_tone ? look.tint(*m_tone) : look.base);
    painter.drawRoundedRect(box, u(radius), u(radius));
    if (!m_hasBar)
        return;
    QPainterPath shape;
    shape.addRoundedRect(box, u(radius), u(radius));
    painter.setClipPath(shape);
    const int left = layoutDirection() == Qt::RightToLeft ? width() - u(barWidth) : 0;
    painter.fillRect(QRect(left, 0, u(barWidth), height()), look.ink(*m_tone));
}

void Panel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LayoutDirectionChange)
        setMargins();
    QFrame::changeEvent(event);
}

} // namespace tidemark
