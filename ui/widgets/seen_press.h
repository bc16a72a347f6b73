#pragma once

#include <QAction>
#include <QWidget>

#include <utility>

namespace tidemark {

/// Has the action do this with what is chosen in `list`, but only while the list is seen. The menu bar has the actions
/// of every tab: what a person does not see is not what he means, so that a first press there only shows the tab.
template<typename Does>
void connectWhileSeen(const QAction *action, const QWidget *list, QObject *context, Does does)
{
    QObject::connect(action, &QAction::triggered, context, [list, does = std::move(does)] {
        if (list->isVisible())
            does();
    });
}

} // namespace tidemark
