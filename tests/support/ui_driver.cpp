#include "support/ui_driver.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QTabBar>
#include <QTreeView>

namespace tidemark::driver {

namespace {

QString bare(QString text)
{
    return text.remove(QLatin1Char('&'));
}

QString nameOf(QWidget *widget)
{
    // A combo box answers with its current text, whatever it is called; its buddy label has the name.
    if (qobject_cast<QComboBox *>(widget) != nullptr)
        return {};
    const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface == nullptr ? QString() : bare(interface->text(QAccessible::Name));
}

void sendKey(QWidget *widget, int key, const QString &text = {}, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QCoreApplication::sendEvent(widget, &event);
    }
}

void click(QWidget *widget, const QPoint &position)
{
    for (const QEvent::Type type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        QMouseEvent event(type, position, widget->mapToGlobal(position), Qt::LeftButton,
                          type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(widget, &event);
    }
}

QAbstractItemView *findView(QWidget *window, const QString &name)
{
    return qobject_cast<QAbstractItemView *>(find(window, name));
}

bool rowContains(const QModelIndex &index, const QString &text)
{
    const QAbstractItemModel *model = index.model();
    for (int column = 0; column < model->columnCount(index.parent()); ++column) {
        if (index.siblingAtColumn(column).data().toString().contains(text))
            return true;
    }
    return false;
}

void visitRows(const QAbstractItemModel *model, const QModelIndex &parent,
               const std::function<bool(const QModelIndex &)> &visit, bool &goOn)
{
    for (int row = 0; goOn && row < model->rowCount(parent); ++row) {
        const QModelIndex index = model->index(row, 0, parent);
        goOn = visit(index);
        if (goOn)
            visitRows(model, index, visit, goOn);
    }
}

} // namespace

QWidget *find(QWidget *window, const QString &name)
{
    if (window == nullptr)
        return nullptr;
    const auto widgets = window->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        const auto *label = qobject_cast<QLabel *>(widget);
        if (label != nullptr && label->buddy() != nullptr && label->isVisible() && bare(label->text()) == name)
            return label->buddy();
    }
    for (QWidget *widget : widgets) {
        if (widget->isVisible() && qobject_cast<QLabel *>(widget) == nullptr && nameOf(widget) == name)
            return widget;
    }
    return nullptr;
}

QWidget *window(const QString &title)
{
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *candidate : windows) {
        if (candidate->isVisible() && candidate->windowTitle().startsWith(title))
            return candidate;
    }
    return nullptr;
}

bool canPress(QWidget *window, const QString &name)
{
    const auto *button = qobject_cast<QAbstractButton *>(find(window, name));
    return button != nullptr && button->isEnabled();
}

QString press(QWidget *window, const QString &name)
{
    auto *button = qobject_cast<QAbstractButton *>(find(window, name));
    if (button == nullptr)
        return QStringLiteral("there is no button \"%1\"").arg(name);
    if (!button->isEnabled())
        return QStringLiteral("the button \"%1\" is disabled").arg(name);
    // Later, so that a dialog which the button opens does not hold up the one who pressed it.
    QMetaObject::invokeMethod(button, &QAbstractButton::click, Qt::QueuedConnection);
    return {};
}

bool tabTo(QWidget &window, const QString &objectName)
{
    constexpr int mostStops = 200;
    for (int stop = 0; stop < mostStops; ++stop) {
        QWidget *at = window.focusWidget();
        if (at && at->objectName() == objectName)
            return true;
        sendKey(at ? at : &window, Qt::Key_Tab);
    }
    return false;
}

QString type(QWidget *window, const QString &name, const QString &text)
{
    QWidget *field = find(window, name);
    if (field == nullptr)
        return QStringLiteral("there is no field \"%1\"").arg(name);
    if (!field->isEnabled())
        return QStringLiteral("the field \"%1\" is disabled").arg(name);
    if (field->focusProxy() != nullptr)
        field = field->focusProxy();
    field->setFocus();
    sendKey(field, Qt::Key_A, {}, Qt::ControlModifier);
    sendKey(field, Qt::Key_Delete);
    for (const QChar character : text)
        sendKey(field, character.toUpper().unicode(), character);
    return {};
}

QString choose(QWidget *window, const QString &name, const QString &text)
{
    auto *combo = qobject_cast<QComboBox *>(find(window, name));
    if (combo == nullptr)
        return QStringLiteral("there is no list \"%1\"").arg(name);
    combo->setFocus();
    sendKey(combo, Qt::Key_Home);
    for (int i = 0; i < combo->count(); ++i) {
        if (combo->currentText().contains(text))
            return {};
        sendKey(combo, Qt::Key_Down);
    }
    return combo->currentText().contains(text) ? QString()
                                               : QStringLiteral("\"%1\" has no entry \"%2\"").arg(name, text);
}

QString selectRow(QWidget *window, const QString &viewName, const QString &text,
                  const std::function<bool(const QModelIndex &)> &accept)
{
    QAbstractItemView *view = findView(window, viewName);
    if (view == nullptr)
        return QStringLiteral("there is no list \"%1\"").arg(viewName);
    QModelIndex found;
    bool goOn = true;
    visitRows(
        view->model(), view->rootIndex(),
        [&](const QModelIndex &index) {
            if (rowContains(index, text) && (!accept || accept(index)))
                found = index;
            return !found.isValid();
        },
        goOn);
    if (!found.isValid())
        return QStringLiteral("\"%1\" has no row \"%2\"").arg(viewName, text);
    if (auto *tree = qobject_cast<QTreeView *>(view)) {
        for (QModelIndex parent = found.parent(); parent.isValid(); parent = parent.parent())
            tree->expand(parent);
    }
    view->setFocus();
    view->scrollTo(found);
    click(view->viewport(), view->visualRect(found).center());
    return view->currentIndex().row() == found.row() ? QString()
                                                     : QStringLiteral("the row \"%1\" cannot be chosen").arg(text);
}

void forEachRow(QWidget *window, const QString &viewName, const std::function<void(const QStringList &cells)> &visit)
{
    const QAbstractItemView *view = findView(window, viewName);
    if (view == nullptr)
        return;
    bool goOn = true;
    visitRows(
        view->model(), view->rootIndex(),
        [&](const QModelIndex &index) {
            QStringList cells;
            for (int column = 0; column < index.model()->columnCount(index.parent()); ++column)
                cells << index.siblingAtColumn(column).data().toString();
            visit(cells);
            return true;
        },
        goOn);
}

int countRows(QWidget *window, const QString &viewName, const QString &text)
{
    int count = 0;
    forEachRow(window, viewName, [&](const QStringList &cells) { count += cells.filter(text).isEmpty() ? 0 : 1; });
    return count;
}

QString selectTab(QWidget *window, const QString &title)
{
    const auto bars = window->findChildren<QTabBar *>();
    for (QTabBar *bar : bars) {
        for (int i = 0; i < bar->count(); ++i) {
            if (bar->isVisible() && bare(bar->tabText(i)).startsWith(title)) {
                click(bar, bar->tabRect(i).center());
                return bar->currentIndex() == i ? QString() : QStringLiteral("the tab \"%1\" does not open").arg(title);
            }
        }
    }
    return QStringLiteral("there is no tab \"%1\"").arg(title);
}

QString visibleText(QWidget *window)
{
    QStringList texts;
    const auto labels = window->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible() && !label->text().isEmpty())
            texts << label->text();
    }
    return texts.join(QLatin1Char('\n'));
}

} // namespace tidemark::driver
