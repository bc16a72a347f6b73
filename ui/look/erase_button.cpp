#include "ui/look/erase_button.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/text_cache.h"

#include <QPainter>

namespace tidemark {

namespace {

constexpr double buttonHeight = 7.5;
constexpr double iconSide = 4;
constexpr double radius = 0.75;

/// Without the mark of a mnemonic.
QString plain(QString text)
{
    text.replace(QStringLiteral("&&"), QString(QChar::Null)).remove(QLatin1Char('&'));
    return text.replace(QChar::Null, QLatin1Char('&'));
}

} // namespace

EraseButton::EraseButton(QWidget *parent)
    : QPushButton(parent)
{
    QPushButton::setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
    keepFont(this, TypeRole::Strong);
    keepMeasures(this, [this] { updateGeometry(); });
}

void EraseButton::setWords(const QString &text)
{
    setText(text);
    setAccessibleName(tr("Restore: %1").arg(plain(text)));
    updateGeometry();
}

QSize EraseButton::sizeHint() const
{
    return {textWidth(plain(text()), TypeRole::Strong) + u(13), u(buttonHeight)};
}

void EraseButton::paintEvent(QPaintEvent *)
{
    const Roles &look = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor fill = !isEnabled()               ? look.sunken
                        : isDown() || underMouse() ? mix(look.eraseFill, look.eraseEdge, isDown() ? 1 : 0.5)
                                                   : look.eraseFill;
    const bool isOutlined = look.isHighContrast() && isEnabled();
    const QColor ground = isOutlined ? look.eraseFill : fill;
    const QColor ink = look.ink(isEnabled() ? Ink::OnErase : Ink::Disabled);
    painter.setPen(QPen(isEnabled() ? look.eraseEdge : look.line2, isOutlined && underMouse() ? u(0.5) : 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), u(radius), u(radius));
    if (hasFocus()) {
        const int inset = u(1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, focusPen(), Qt::DotLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), u(radius), u(radius));
    }
    const QString words = plain(text());
    const int room = width() - u(6) - u(iconSide);
    const int wide = std::min(textWidth(words, TypeRole::Strong), room);
    const int all = u(iconSide) + u(2) + wide;
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    QRect icon((width() - all) / 2, (height() - u(iconSide)) / 2, u(iconSide), u(iconSide));
    QRect label(icon.right() + 1 + u(2), 0, wide, height());
    if (isRtl) {
        icon.moveLeft(width() - icon.left() - icon.width());
        label.moveLeft(width() - label.left() - label.width());
    }
    paintIcon(&painter, icon, QStringLiteral("erase"), ink, layoutDirection());
    paintText(&painter, label, words, {TypeRole::Strong, ink, Qt::AlignHCenter | Qt::AlignVCenter});
}

} // namespace tidemark
