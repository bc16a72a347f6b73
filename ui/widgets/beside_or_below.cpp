#include "ui/widgets/beside_or_below.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>

namespace tidemark {

BesideOrBelow::BesideOrBelow(QWidget *text, QWidget *controls, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_text(text)
    , m_controls(controls)
{
    m_layout->setContentsMargins({});
    m_layout->addWidget(text, 1);
    m_layout->addWidget(controls);
}

QSize BesideOrBelow::minimumSizeHint() const
{
    const int width = std::max(m_text->minimumSizeHint().width(), m_controls->minimumSizeHint().width());
    return {width, m_layout->minimumSize().height()};
}

void BesideOrBelow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool BesideOrBelow::event(QEvent *event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        arrange(); // the controls are others
    return done;
}

void BesideOrBelow::arrange()
{
    const bool isBelow = m_controls->sizeHint().width() > width() / 2;
    const auto direction = isBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_layout->direction() != direction)
        m_layout->setDirection(direction);
}

} // namespace tidemark
