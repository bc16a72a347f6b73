#pragma once

#include <QAccessible>
#include <QComboBox>
#include <QStringList>
#include <QWidget>

namespace tidemark::test {

/// What a screen reader would call it.
inline QString spokenName(QWidget *widget)
{
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
    if (!accessible)
        return {};
    // A combo box answers with its current text; its name is its label's.
    if (accessible->role() == QAccessible::ComboBox) {
        const auto relations = accessible->relations(QAccessible::Label);
        return relations.isEmpty() ? widget->accessibleName() : relations.constFirst().first->text(QAccessible::Name);
    }
    return accessible->text(QAccessible::Name);
}

/// The things in this window that the Tab key reaches and that have no name, as class and object name.
inline QStringList unnamedStops(QWidget *window)
{
    QStringList unnamed;
    for (QWidget *widget : window->findChildren<QWidget *>()) {
        const bool isStop = (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr &&
                            widget->isVisibleTo(window);
        if (isStop && spokenName(widget).isEmpty())
            unnamed << QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                           widget->objectName() + QStringLiteral(" in ") +
                           QString::fromLatin1(widget->parentWidget()->metaObject()->className());
    }
    return unnamed;
}

} // namespace tidemark::test
