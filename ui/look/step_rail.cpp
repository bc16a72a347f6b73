#include "ui/look/step_rail.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/stage_line.h"
#include "ui/look/text_cache.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace tidemark {

namespace {

constexpr double wideWidth = 49;
constexpr double narrowWidth = 15;
constexpr double margin = 5;
constexpr double node = 5;
constexpr double textGap = 2.5;
constexpr double firstTop = 6;

/// A step is as high as its two lines and what is between it and the next.
int stepHeight()
{
    return std::max(u(14), typeMetrics(TypeRole::Body).height() + typeMetrics(TypeRole::Caption).height() + u(4));
}

TextLook lookOf(TypeRole type, Ink ink, Qt::LayoutDirection direction)
{
    return {type, roles().ink(ink), (direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter};
}

} // namespace

StepRail::StepRail(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    keepMeasures(this, [this] { updateGeometry(); });
}

void StepRail::setSteps(const std::vector<RailStep> &steps, size_t current)
{
    if (steps == m_steps && current == m_current)
        return;
    m_steps = steps;
    m_current = current;
    describe();
    updateGeometry();
    update();
}

void StepRail::setFoot(const QString &icon, Ink ink, const QString &text)
{
    m_footIcon = icon;
    m_footInk = ink;
    m_foot = text;
    describe();
    update();
}

void StepRail::setNarrow(bool isNarrow)
{
    if (isNarrow == m_isNarrow)
        return;
    m_isNarrow = isNarrow;
    updateGeometry();
    update();
}

void StepRail::describe()
{
    QStringList words;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        const RailStep &step = m_steps[i];
        QString word = i < m_current    ? tr("%1, done").arg(step.title)
                       : i == m_current ? tr("%1, current step").arg(step.title)
                                        : step.title;
        words << (step.chosen.isEmpty() ? word : tr("%1: %2").arg(word, step.chosen));
    }
    setAccessibleName(tr("Steps"));
    setAccessibleDescription((words << m_foot).join(QStringLiteral("; ")));
}

QSize StepRail::sizeHint() const
{
    return {u(m_isNarrow ? narrowWidth : wideWidth), u(firstTop) + int(m_steps.size()) * stepHeight() + u(8)};
}

/// From one step to the next: less than it would be where the window has not the height for all of them and the foot.
int StepRail::pitch() const
{
    const int foot = m_foot.isEmpty() ? 0 : typeMetrics(TypeRole::Caption).height() + u(6);
    const int room = height() - u(firstTop) - foot;
    return m_steps.empty() ? stepHeight() : std::clamp(room / int(m_steps.size()), u(node) + u(1.5), stepHeight());
}

QRect StepRail::seen(const QRect &place) const
{
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

QRect StepRail::stepRect(size_t step) const
{
    const int above = std::min(u(2.5), (pitch() - u(node)) / 2);
    return {u(2), u(firstTop) - above + int(step) * pitch(), width() - u(4), std::max(pitch() - u(2), u(node))};
}

void StepRail::paintStep(QPainter &painter, size_t step) const
{
    const Roles &look = roles();
    const RailStep &shown = m_steps[step];
    const bool isCurrent = step == m_current;
    const QRect place = stepRect(step);
    if (isCurrent) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.base);
        painter.drawRoundedRect(seen(place), u(1.5), u(1.5));
        painter.fillRect(seen(QRect(place.left(), place.top(), u(0.75), place.height())), look.ink(Ink::Run));
    }
    const int top = u(firstTop) + int(step) * pitch();
    const QRect mark = seen(QRect(u(margin), top, u(node), u(node)));
    const StageState state = step < m_current ? StageState::Done : isCurrent ? StageState::Now : StageState::ToCome;
    if (step + 1 < m_steps.size())
        paintConnector(&painter, QPointF(QRectF(mark).center().x(), mark.bottom() + 1 + u(0.75)),
                       QPointF(QRectF(mark).center().x(), mark.top() + pitch() - u(0.75)),
                       state == StageState::Done ? state : StageState::ToCome);
    paintNode(&painter, mark, state);
    if (state == StageState::ToCome)
        paintText(&painter, mark, QString::number(step + 1),
                  {TypeRole::Caption, look.ink(Ink::Text2), Qt::AlignHCenter | Qt::AlignVCenter});
    if (m_isNarrow)
        return;
    const int left = u(margin) + u(node) + u(textGap);
    const int wide = width() - left - u(4);
    const int line = typeMetrics(TypeRole::Body).height();
    const int caption = typeMetrics(TypeRole::Caption).height();
    const bool isTwo = !shown.chosen.isEmpty() && pitch() >= line + caption + u(1);
    const QRect title = isTwo ? QRect(left, top - u(1), wide, line) : QRect(left, top - u(0.5), wide, u(node) + u(1));
    paintText(&painter, seen(title), shown.title,
              lookOf(isCurrent ? TypeRole::Strong : TypeRole::Body,
                     state == StageState::ToCome ? Ink::Text2 : Ink::Text, layoutDirection()));
    if (isTwo)
        paintText(&painter, seen(QRect(left, title.bottom() + 1, wide, caption)), shown.chosen,
                  lookOf(TypeRole::Caption, Ink::Text2, layoutDirection()));
}

void StepRail::paintFoot(QPainter &painter) const
{
    if (m_foot.isEmpty())
        return;
    const int line = typeMetrics(TypeRole::Caption).height();
    const int top = height() - u(4) - line;
    const int side = u(4);
    paintIcon(&painter, seen(QRect(u(margin) + (u(node) - side) / 2, top + (line - side) / 2, side, side)), m_footIcon,
              roles().ink(m_footInk), layoutDirection());
    const int left = u(margin) + u(node) + u(textGap);
    if (!m_isNarrow)
        paintText(&painter, seen(QRect(left, top, width() - left - u(2), line)), m_foot,
                  lookOf(TypeRole::Caption, Ink::Text2, layoutDirection()));
}

void StepRail::paintEvent(QPaintEvent *)
{
    const Roles &look = roles();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), look.window);
    painter.fillRect(seen(QRect(width() - 1, 0, 1, height())), look.line);
    for (size_t i = 0; i < m_steps.size(); ++i)
        paintStep(painter, i);
    paintFoot(painter);
}

bool StepRail::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !m_isNarrow)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString tip = help->pos().y() > height() - u(10) ? m_foot : QString();
    for (size_t i = 0; i < m_steps.size(); ++i) {
        if (stepRect(i).contains(help->pos()))
            tip =
                m_steps[i].chosen.isEmpty() ? m_steps[i].title : tr("%1: %2").arg(m_steps[i].title, m_steps[i].chosen);
    }
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

} // namespace tidemark
