#include "ui/widgets/pane_splitter.h"

#include "ui/look/keep.h"

#include <algorithm>

namespace tidemark {

PaneSplitter::PaneSplitter(QWidget *list, QWidget *pane, QWidget *parent)
    : QSplitter(Qt::Vertical, parent)
{
    addWidget(list);
    addWidget(pane);
    setStretchFactor(0, 1);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] { m_isMoved = true; });
    keepMeasures(this, [this] {
        setHandleWidth(u(3));
        arrange();
    });
}

void PaneSplitter::resizeEvent(QResizeEvent *event)
{
    arrange();
    QSplitter::resizeEvent(event);
}

void PaneSplitter::arrange()
{
    const Qt::Orientation wanted = width() < u(200) ? Qt::Vertical : Qt::Horizontal;
    if (orientation() != wanted) {
        setOrientation(wanted);
        m_isMoved = false; // what was a width is no height
    }
    if (m_isMoved)
        return;
    const bool isBeside = wanted == Qt::Horizontal;
    const int room = isBeside ? width() : height();
    const int pane = isBeside ? std::clamp(room - u(190), u(72), u(100)) : room * 2 / 5;
    setSizes({std::max(1, room - pane), std::max(1, pane)});
}

} // namespace tidemark
