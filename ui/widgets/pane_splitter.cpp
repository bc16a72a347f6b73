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
    if (orientation() == wanted)
        return;
    setOrientation(wanted);
    // What was the width of each is no height.
    if (wanted == Qt::Horizontal) {
        const int pane = std::clamp(width() * 3 / 10, u(60), u(86));
        setSizes({std::max(1, width() - pane), pane});
    } else
        setSizes({std::max(1, height() * 3 / 5), std::max(1, height() * 2 / 5)});
}

} // namespace tidemark
