#include "ui/widgets/filter_edit.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QShortcut>

namespace tidemark {

FilterEdit::FilterEdit(const QString &name, QAbstractItemView *view, QWidget *parent)
    : QLineEdit(parent)
    , m_view(view)
{
    setPlaceholderText(name);
    setAccessibleName(name);
    setClearButtonEnabled(true);
    // From anywhere in the window, as long as the list is seen.
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, this, [this] {
        setFocus(Qt::ShortcutFocusReason);
        selectAll();
    });
}

void FilterEdit::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && m_view != nullptr && m_view->isVisible()) {
        if (!m_view->currentIndex().isValid())
            m_view->setCurrentIndex(m_view->model()->index(0, 0));
        m_view->setFocus(Qt::TabFocusReason);
        return;
    }
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace tidemark
