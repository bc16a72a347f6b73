#include "ui/look/look_style.h"

#include "ui/look/icons.h"
#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

const QString fusion = QStringLiteral("fusion");

QRectF inside(const QRect &rect, qreal pen)
{
    return QRectF(rect).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
}

void paintFieldFrame(QPainter *painter, const QStyleOption &option)
{
    const bool hasFocus = option.state & QStyle::State_HasFocus;
    const qreal pen = hasFocus ? u(0.5) : 1;
    painter->setPen(QPen(hasFocus ? roles().ink(Ink::Run) : roles().edge, pen));
    painter->drawRoundedRect(inside(option.rect, pen), u(0.75), u(0.75));
}

QPen indicatorPen(const QStyleOption &option, bool isOn)
{
    const Roles &look = roles();
    const bool isEnabled = option.state & QStyle::State_Enabled;
    return {!isEnabled ? look.line2 : isOn ? look.ink(Ink::Run) : look.edge, u(1) * 0.35};
}

void paintCheckBox(QPainter *painter, const QStyleOption &option)
{
    const Roles &look = roles();
    const bool isPartly = option.state & QStyle::State_NoChange;
    const bool isOn = isPartly || option.state & QStyle::State_On;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter->setPen(indicatorPen(option, isOn));
    painter->setBrush(!isEnabled ? look.sunken : isOn ? look.ink(Ink::Run) : look.base);
    painter->drawRoundedRect(box, u(0.625), u(0.625));
    const QColor mark = isEnabled ? look.base : look.ink(Ink::Disabled);
    if (isPartly) {
        painter->setPen(QPen(mark, u(0.5)));
        painter->drawLine(QPointF(box.left() + u(0.75), box.center().y()),
                          QPointF(box.right() - u(0.75), box.center().y()));
    } else if (isOn) {
        paintIcon(painter, box.adjusted(1.5, 1.5, -1.5, -1.5), QStringLiteral("check"), mark, Qt::LeftToRight);
    }
}

void paintRadioButton(QPainter *painter, const QStyleOption &option)
{
    const Roles &look = roles();
    const bool isOn = option.state & QStyle::State_On;
    const bool isEnabled = option.state & QStyle::State_Enabled;
    const QRectF box = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter->setPen(indicatorPen(option, isOn));
    painter->setBrush(isEnabled ? look.base : look.sunken);
    painter->drawEllipse(box);
    if (!isOn)
        return;
    const qreal inset = box.width() * 0.26;
    painter->setPen(Qt::NoPen);
    painter->setBrush(look.ink(isEnabled ? Ink::Run : Ink::Disabled));
    painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
}

/// A line alone: Fusion lays a ground over what is written there. A tree asks for it without saying that it does; it is
/// drawn there as a table's cells draw theirs.
void paintFocus(QPainter *painter, const QStyleOption &option, bool isRow)
{
    const int inset = isRow ? u(0.75) : 0;
    painter->setPen(QPen(roles().text, focusPen(), Qt::DotLine));
    painter->drawRect(option.rect.adjusted(inset, inset, -inset - 1, -inset - 1));
}

} // namespace

LookStyle::LookStyle()
    : QProxyStyle(fusion)
{
}

void LookStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const bool isOurs = element == PE_FrameFocusRect || element == PE_FrameLineEdit ||
                        element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
    if (!isOurs)
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool needsOutline = (element == PE_PanelButtonCommand || element == PE_Frame) && roles().isHighContrast();
    if (!isOurs && !needsOutline)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    if (element == PE_FrameFocusRect) {
        if (option->state & State_KeyboardFocusChange)
            paintFocus(painter, *option, widget == nullptr);
    } else if (element == PE_FrameLineEdit) {
        paintFieldFrame(painter, *option);
    } else if (element == PE_IndicatorCheckBox) {
        paintCheckBox(painter, *option);
    } else if (element == PE_IndicatorRadioButton) {
        paintRadioButton(painter, *option);
    } else {
        painter->setPen(QPen(roles().text, 1));
        painter->drawRoundedRect(inside(option->rect, 1), u(0.75), u(0.75));
    }
    painter->restore();
}

/// Fusion's outline of what holds a number or a choice is gone on dark grounds, as that of a line is.
void LookStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    const bool isFramed =
        (control == CC_SpinBox && spin && spin->frame) || (control == CC_ComboBox && combo && combo->frame);
    if (!isFramed)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    paintFieldFrame(painter, *option);
    painter->restore();
}

void LookStyle::polish(QPalette &palette)
{
    QProxyStyle::polish(palette);
    const Roles look(palette);
    palette.setColor(QPalette::PlaceholderText, look.ink(Ink::Text2));
    const QColor disabled = look.ink(Ink::Disabled);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        const QColor own = palette.color(QPalette::Disabled, role);
        const bool isPaler = std::ranges::any_of(std::array{look.base, look.window}, [&](const QColor &ground) {
            return contrast(own, ground) < contrast(disabled, ground);
        });
        if (isPaler)
            palette.setColor(QPalette::Disabled, role, disabled);
    }
}

int LookStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    const int usual = QProxyStyle::pixelMetric(metric, option, widget);
    switch (metric) {
    case PM_HeaderMargin:
        return u(1.75);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return std::max(usual, u(3.5)); // Fusion's do not grow with the font
    default:
        return usual;
    }
}

void useLookStyle()
{
    if (QApplication::style()->name().compare(fusion, Qt::CaseInsensitive) == 0)
        QApplication::setStyle(new LookStyle);
}

} // namespace tidemark
