#include "ui/look/stage_line.h"

#include "ui/look/icons.h"
#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <QPainter>
#include <QPainterPath>

namespace tidemark {

namespace {

constexpr double barWidth = 4.5;
constexpr double barHeight = 1.25;
constexpr double barGap = 0.6;

QColor solidOf(StageState state)
{
    const Roles &look = roles();
    switch (state) {
    case StageState::Done:
        return look.ink(Ink::Ok);
    case StageState::Now:
        return look.ink(Ink::Run);
    case StageState::Failed:
        return look.ink(Ink::Danger);
    case StageState::Over:
        return look.ink(Ink::Idle);
    case StageState::ToCome:
        break;
    }
    return look.track;
}

void paintOne(QPainter *painter, const QRectF &box, const StageBar &bar, bool isRtl)
{
    const Roles &look = roles();
    const qreal radius = box.height() / 2;
    // In high contrast there is no track to be seen.
    painter->setPen(look.isHighContrast() ? QPen(look.text, 1) : QPen(Qt::NoPen));
    painter->setBrush(look.track);
    painter->drawRoundedRect(box, radius, radius);
    if (bar.state == StageState::ToCome)
        return;
    QRectF filled = box;
    if (bar.state == StageState::Now) {
        filled.setWidth(std::max(box.height(), box.width() * std::clamp(bar.fraction.value_or(0), 0.0, 1.0)));
        if (isRtl)
            filled.moveRight(box.right());
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(solidOf(bar.state));
    painter->drawRoundedRect(filled, radius, radius);
    if (bar.state == StageState::Failed) {
        painter->setPen(QPen(look.base, u(0.5)));
        const QPointF middle = box.center();
        const qreal half = box.height() * 0.7;
        painter->drawLine(middle + QPointF(-half / 2, half), middle + QPointF(half / 2, -half));
    }
}

} // namespace

QList<StageBar> stageBars(const StageLine &line)
{
    QList<StageBar> bars;
    for (const Stage &stage : line.stages)
        bars.append({stage.state, stage.fraction});
    return bars;
}

int stagesWidth(qsizetype bars)
{
    return int(bars) * u(barWidth) + int(std::max<qsizetype>(bars - 1, 0)) * u(barGap);
}

void paintStages(QPainter *painter, const QRectF &rect, const QList<StageBar> &bars, Qt::LayoutDirection direction)
{
    const bool isRtl = direction == Qt::RightToLeft;
    QRectF box(rect.left(), qRound(rect.center().y() - u(barHeight) / 2.0), u(barWidth), u(barHeight));
    if (isRtl)
        box.moveRight(rect.right());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const StageBar &bar : bars) {
        paintOne(painter, box, bar, isRtl);
        box.translate((isRtl ? -1 : 1) * (u(barWidth) + u(barGap)), 0);
    }
    painter->restore();
}

void paintNode(QPainter *painter, const QRectF &rect, StageState state)
{
    const Roles &look = roles();
    const qreal thin = std::max(1.0, u(1) * 0.375);
    const qreal thick = u(0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(solidOf(state));
    switch (state) {
    case StageState::Done: {
        painter->drawEllipse(rect);
        const qreal inset = rect.width() * 0.22;
        paintIcon(painter, rect.adjusted(inset, inset, -inset, -inset), QStringLiteral("check"), look.base,
                  Qt::LeftToRight);
        break;
    }
    case StageState::Now: {
        const qreal inset = rect.width() * 0.31;
        painter->setBrush(look.sel);
        painter->setPen(QPen(look.ink(Ink::Run), thick));
        painter->drawEllipse(rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2));
        painter->setPen(Qt::NoPen);
        painter->setBrush(look.ink(Ink::Run));
        painter->drawEllipse(rect.adjusted(inset, inset, -inset, -inset));
        break;
    }
    case StageState::Failed:
    case StageState::Over: {
        painter->drawEllipse(rect);
        // An exclamation mark, or a dash.
        painter->setPen(QPen(look.base, thick, Qt::SolidLine, Qt::RoundCap));
        const QPointF c = rect.center();
        const qreal r = rect.height();
        if (state == StageState::Over) {
            painter->drawLine(c - QPointF(r * 0.2, 0), c + QPointF(r * 0.2, 0));
        } else {
            painter->drawLine(c - QPointF(0, r * 0.24), c + QPointF(0, r * 0.04));
            painter->drawPoint(c + QPointF(0, r * 0.25));
        }
        break;
    }
    case StageState::ToCome:
        painter->setBrush(look.base);
        painter->setPen(QPen(look.line2, thin));
        painter->drawEllipse(rect.adjusted(1, 1, -1, -1));
        break;
    }
    painter->restore();
}

void paintConnector(QPainter *painter, const QPointF &from, const QPointF &to, StageState state)
{
    const Roles &look = roles();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor colour = state == StageState::Done  ? look.ink(Ink::Ok)
                          : state == StageState::Now ? look.ink(Ink::Run)
                                                     : look.line2;
    painter->setPen(QPen(colour, u(0.5), state == StageState::Done ? Qt::SolidLine : Qt::DotLine));
    painter->drawLine(from, to);
    painter->restore();
}

} // namespace tidemark
