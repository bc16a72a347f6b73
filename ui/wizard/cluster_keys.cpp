#include "ui/wizard/cluster_keys.h"

#include "ui/wizard/cluster_model.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeView>

namespace tidemark {

static bool isEnter(const QKeyEvent &event)
{
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

ClusterKeys::ClusterKeys(QTreeView *view, QLineEdit *filter, const ClusterModel &model)
    : QObject(view)
    , m_view(view)
    , m_filter(filter)
    , m_model(model)
{
    view->installEventFilter(this);
    filter->installEventFilter(this);
}

bool ClusterKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    auto &key = *static_cast<QKeyEvent *>(event);
    return watched == m_filter ? onFilterKey(key) : onViewKey(key);
}

bool ClusterKeys::onFilterKey(const QKeyEvent &event)
{
    if (event.key() == Qt::Key_Down && m_view->isVisible()) {
        goToFound();
        return true;
    }
    // It must not go on with a cluster that is not what is looked for; an empty field leaves it to the window.
    if (!isEnter(event) || (m_filter->text().isEmpty() && !event.isAutoRepeat()))
        return false;
    if (!event.isAutoRepeat() && m_view->isVisible())
        goToFound();
    return true;
}

bool ClusterKeys::onViewKey(QKeyEvent &event)
{
    if (isEnter(event))
        return onViewEnter(event);
    const QString text = event.text();
    const bool isCommand = (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier;
    const bool isTyped = !text.isEmpty() && text.at(0).isPrint() && !text.at(0).isSpace();
    const bool isErased = event.key() == Qt::Key_Backspace && !m_filter->text().isEmpty();
    if (isCommand || (!isTyped && !isErased) || !m_filter->isEnabled())
        return false;
    m_filter->setFocus(Qt::OtherFocusReason);
    m_filter->end(false);
    m_filter->event(&event);
    return true;
}

/// What is chosen is gone on with, see ItemViewSetup.
bool ClusterKeys::onViewEnter(const QKeyEvent &event)
{
    const QModelIndex current = m_view->currentIndex().siblingAtColumn(0);
    if (event.isAutoRepeat())
        return true;
    if (!current.isValid() || isChoosable(current))
        return false;
    m_view->setExpanded(current, !m_view->isExpanded(current));
    return true;
}

bool ClusterKeys::isChoosable(const QModelIndex &index) const
{
    return m_model.flags(index).testFlag(Qt::ItemIsSelectable);
}

QModelIndex ClusterKeys::firstFound() const
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex top = m_model.index(row, 0);
        if (isChoosable(top) && m_model.isFound(top))
            return top;
        for (int i = 0; i < m_model.rowCount(top); ++i) {
            const QModelIndex cluster = m_model.index(i, 0, top);
            if (isChoosable(cluster) && m_model.isFound(cluster))
                return cluster;
        }
    }
    return {};
}

/// What is chosen where it is looked for, else the first that is; without a search the first row.
void ClusterKeys::goToFound()
{
    QModelIndex found = m_view->currentIndex().siblingAtColumn(0);
    if (m_model.isFiltered() && !(isChoosable(found) && m_model.isFound(found)))
        found = firstFound();
    else if (!found.isValid())
        found = m_model.index(0, 0);
    if (found.isValid()) {
        m_view->setCurrentIndex(found);
        m_view->scrollTo(found);
    }
    m_view->setFocus(Qt::TabFocusReason);
}

} // namespace tidemark
