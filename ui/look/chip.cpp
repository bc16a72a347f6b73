#include "ui/look/chip.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/text_cache.h"

#include <QPainter>

#include <array>

namespace tidemark {

namespace {

struct Look
{
    Ink ink;
    const char *icon;
};

constexpr std::array<Look, size_t(ChipKind::Erases) + 1> looks{{{Ink::Idle, "waiting"},
                                                                {Ink::Run, "handed-over"},
                                                                {Ink::Run, "agents"},
                                                                {Ink::Ok, "verified"},
                                                                {Ink::Danger, "error"},
                                                                {Ink::Ok, "download"},
                                                                {Ink::Idle, "hourglass"},
                                                                {Ink::Idle, "cancelled"},
                                                                {Ink::Run, "running"},
                                                                {Ink::Ok, "shield"},
                                                                {Ink::Warn, "intact"},
                                                                {Ink::Danger, "corrupt"},
                                                                {Ink::Idle, "pause"},
                                                                {Ink::Idle, "unchecked"},
                                                                {Ink::Warn, "warning"},
                                                                {Ink::Ok, "shield"},
                                                                {Ink::Idle, "snapshot"},
                                                                {Ink::Danger, "erase"}}};

constexpr double leadingPad = 1.75;
constexpr double trailingPad = 2;
constexpr double iconSide = 3.25;
constexpr double gap = 1;

} // namespace

Ink inkOf(ChipKind kind)
{
    return looks[size_t(kind)].ink;
}

QString iconOf(ChipKind kind)
{
    return QLatin1String(looks[size_t(kind)].icon);
}

ChipKind chipKindOf(RestoreState state)
{
    switch (state) {
    case RestoreState::NotKnownYet:
    case RestoreState::AtUnknownGoal:
    case RestoreState::PartlyReady:
        return ChipKind::Attention;
    case RestoreState::Ordered:
        return ChipKind::Waiting;
    case RestoreState::Preparing:
        return ChipKind::Running;
    case RestoreState::HandedOver:
    case RestoreState::ServerPartDone:
        return ChipKind::HandedOver;
    case RestoreState::AgentsAtWork:
        return ChipKind::Agents;
    case RestoreState::InPlace:
        return ChipKind::InPlace;
    case RestoreState::Ready:
        return ChipKind::Ready;
    case RestoreState::Expired:
    case RestoreState::UsedUp:
        return ChipKind::Expired;
    case RestoreState::Cancelled:
        return ChipKind::Cancelled;
    case RestoreState::AgentError:
    case RestoreState::Interrupted:
    case RestoreState::Failed:
        break;
    }
    return ChipKind::Error;
}

QSize chipSize(const QString &text)
{
    return {textWidth(text, TypeRole::CaptionMedium) + u(leadingPad) + u(iconSide) + u(gap) + u(trailingPad),
            typeMetrics(TypeRole::Caption).height() + u(1)};
}

QRectF paintChip(QPainter *painter, const QRectF &rect, const ChipData &chip, Qt::LayoutDirection direction)
{
    const QSize size = chipSize(chip.text);
    const bool isRtl = direction == Qt::RightToLeft;
    QRectF box(rect.left(), qRound(rect.center().y() - size.height() / 2.0),
               std::min<qreal>(size.width(), rect.width()), size.height());
    if (isRtl)
        box.moveRight(rect.right());
    const Roles &look = roles();
    const Ink ink = inkOf(chip.kind);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(look.tint(ink));
    painter->setPen(QPen(look.tintLine(ink), 1));
    painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), u(1), u(1));

    const int side = u(iconSide);
    QRectF icon(box.left() + u(leadingPad), box.top() + (box.height() - side) / 2, side, side);
    QRectF text(icon.right() + u(gap), box.top(), box.right() - u(trailingPad) - icon.right() - u(gap), box.height());
    if (isRtl) {
        icon.moveRight(box.right() - u(leadingPad));
        text.moveRight(icon.left() - u(gap));
    }
    paintIcon(painter, icon, iconOf(chip.kind), look.ink(ink), direction);
    paintText(painter, text, chip.text,
              {TypeRole::CaptionMedium, look.ink(ink), (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter});
    painter->restore();
    return box;
}

Chip::Chip(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    keepMeasures(this, [this] { updateGeometry(); });
}

void Chip::setChip(const ChipData &chip)
{
    if (chip == m_chip)
        return;
    m_chip = chip;
    setAccessibleName(chip.text);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return m_chip.text.isEmpty() ? QSize() : chipSize(m_chip.text);
}

QSize Chip::minimumSizeHint() const
{
    return sizeHint();
}

void Chip::paintEvent(QPaintEvent *)
{
    if (m_chip.text.isEmpty())
        return;
    QPainter painter(this);
    paintChip(&painter, rect(), m_chip, layoutDirection());
}

} // namespace tidemark
