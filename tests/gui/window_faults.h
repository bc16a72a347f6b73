#pragma once

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QCoreApplication>
#include <QSize>
#include <QStringList>
#include <QTest>
#include <QToolButton>
#include <QWidget>

/// Whether a window can be used on a small screen with a large font.
namespace tidemark::test {

inline bool isScrolled(const QWidget *widget)
{
    for (const QWidget *at = widget->parentWidget(); at; at = at->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea *>(at))
            return true;
    }
    return false;
}

/// A button of the window that a person presses: not one of a tab bar or of a field.
inline bool isPressed(const QAbstractButton *button)
{
    if (!button->isVisible() || button->text().isEmpty())
        return false;
    const auto *tool = qobject_cast<const QToolButton *>(button);
    return tool == nullptr || tool->toolButtonStyle() != Qt::ToolButtonIconOnly;
}

/// What is wrong with the window at this size: larger than the screen, buttons that are cut, outside of it, or (in what
/// scrolls up and down) beside it.
inline QStringList faultsOf(QWidget &window, const QSize &screen)
{
    window.resize(screen);
    QCoreApplication::sendPostedEvents();
    QTest::qWait(30);
    QStringList found;
    const QSize size = window.size();
    if (size.width() > screen.width() || size.height() > screen.height())
        found << QStringLiteral("is %1 x %2").arg(size.width()).arg(size.height());
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        if (!isPressed(button))
            continue;
        QRect place(button->mapTo(&window, QPoint(0, 0)), button->size());
        if (isScrolled(button))
            place.moveTop(0);
        if (!QRect(QPoint(0, 0), screen).contains(place))
            found << QStringLiteral("“%1” is outside").arg(button->text());
        if (button->width() < button->minimumSizeHint().width())
            found << QStringLiteral("“%1” is cut").arg(button->text());
    }
    return found;
}

} // namespace tidemark::test
