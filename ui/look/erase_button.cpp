#include "ui/look/erase_button.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/text_cache.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace tidemark {

namespace {

constexpr double buttonHeight = 7.5;
constexpr double iconSide = 4;
constexpr double around = 13; ///< the icon and what is left free
constexpr double most = 90;   ///< of the words
constexpr double least = 22;
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

void EraseButton::say(const QString &text, const QString &accessibleName, bool erases)
{
    if (m_erases == erases && this->text() == text && this->accessibleName() == accessibleName)
        return;
    m_erases = erases;
    setText(text);
    setAccessibleName(accessibleName);
    updateGeometry();
    update();
}

void EraseButton::setWords(const QString &text)
{
    say(text, tr("Restore: %1").arg(plain(text)), true);
}

void EraseButton::setHarmlessWords(const QString &text)
{
    say(text, plain(text), false);
}

QSize EraseButton::sizeHint() const
{
    return {std::min(textWidth(plain(text()), TypeRole::Strong), u(most)) + u(around), u(buttonHeight)};
}

QSize EraseButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), u(least + around)), u(buttonHeight)};
}

/// For the words.
int EraseButton::room() const
{
    return width() - u(6) - u(iconSide);
}

bool EraseButton::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPushButton::event(event);
    const QString words = plain(text());
    const bool isElided = textWidth(words, TypeRole::Strong) > room();
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), isElided ? words.toHtmlEscaped() : QString(),
                       this);
    return true;
}

void EraseButton::paintEvent(QPaintEvent *)
{
    const Roles &look = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isOver = isDown() || underMouse();
    const QColor own = m_erases ? look.eraseFill : look.isHighContrast() ? look.base : look.ink(Ink::Run);
    const QColor edge = m_erases || look.isHighContrast() ? look.eraseEdge : look.ink(Ink::Run);
    const QColor over = m_erases ? look.eraseEdge : look.text;
    const double share = m_erases ? (isDown() ? 1 : 0.5) : (isDown() ? 0.3 : 0.15);
    const QColor fill = !isEnabled() ? look.sunken : isOver ? mix(own, over, share) : own;
    const bool isOutlined = look.isHighContrast() && isEnabled();
    const QColor ground = isOutlined ? own : fill;
    const QColor ink = !isEnabled() ? look.ink(Ink::Disabled)
                       : m_erases   ? look.ink(Ink::OnErase)
                       : isOutlined ? look.text
                                    : look.base;
    painter.setPen(QPen(isEnabled() ? edge : look.line2, isOutlined && underMouse() ? u(0.5) : 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), u(radius), u(radius));
    if (hasFocus()) {
        const int inset = u(1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, focusPen(), Qt::DotLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), u(radius), u(radius));
    }
    const QString words = plain(text());
    const int wide = std::min(textWidth(words, TypeRole::Strong), room());
    const int all = u(iconSide) + u(2) + wide;
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    QRect icon((width() - all) / 2, (height() - u(iconSide)) / 2, u(iconSide), u(iconSide));
    QRect label(icon.right() + 1 + u(2), 0, wide, height());
    if (isRtl) {
        icon.moveLeft(width() - icon.left() - icon.width());
        label.moveLeft(width() - label.left() - label.width());
    }
    paintIcon(&painter, icon, m_erases ? QStringLiteral("erase") : QStringLiteral("copy-link"), ink, layoutDirection());
    paintText(&painter, label, words, {TypeRole::Strong, ink, Qt::AlignHCenter | Qt::AlignVCenter, Qt::ElideMiddle});
}

} // namespace tidemark
