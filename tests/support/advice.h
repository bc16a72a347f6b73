#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QMenu>

/// Follows an advice as the person who reads it does: what it names is a button of the screen, or an entry of the menu
/// of the list that is read.
namespace tidemark::test {

inline QString bareText(QString text)
{
    return text.remove(QLatin1Char('&'));
}

/// Presses it. Empty, or what is wrong: there is none, or it is disabled.
inline QString follow(QWidget *screen, QAbstractItemView *list, const QString &name)
{
    bool isDisabled = false;
    const auto buttons = screen->findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (!button->isVisible() || bareText(button->text()) != name)
            continue;
        if (button->isEnabled()) {
            QMetaObject::invokeMethod(button, &QAbstractButton::click, Qt::QueuedConnection);
            return {};
        }
        isDisabled = true;
    }
    if (list) {
        const QPoint middle = list->viewport()->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, list->viewport()->mapToGlobal(middle));
        QCoreApplication::sendEvent(list, &event);
        auto *menu = list->findChild<QMenu *>(QStringLiteral("itemViewMenu"));
        const auto entries = menu ? menu->actions() : QList<QAction *>();
        for (QAction *entry : entries) {
            if (bareText(entry->text()) != name)
                continue;
            isDisabled = !entry->isEnabled();
            if (!isDisabled)
                QMetaObject::invokeMethod(entry, &QAction::trigger, Qt::QueuedConnection);
            break;
        }
        const bool isFound =
            !entries.isEmpty() && !isDisabled &&
            std::ranges::any_of(entries, [&name](const QAction *entry) { return bareText(entry->text()) == name; });
        if (menu)
            menu->close();
        if (isFound)
            return {};
    }
    return (isDisabled ? QStringLiteral("\"%1\" is disabled") : QStringLiteral("there is no \"%1\"")).arg(name);
}

} // namespace tidemark::test
