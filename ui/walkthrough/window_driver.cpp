#include "ui/walkthrough/window_driver.h"

#include "ui/look/row_delegate.h"
#include "ui/widgets/code_view.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>
#include <QUrl>

#include <algorithm>

namespace tidemark::window_driver {

namespace {

QString missing(const char *what, const QString &objectName)
{
    return QStringLiteral("there is no %1 \"%2\"").arg(QLatin1String(what), objectName);
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

QAbstractItemView *findView(QWidget *window, const QString &objectName)
{
    return qobject_cast<QAbstractItemView *>(find(window, objectName));
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

QWidget *find(QWidget *window, const QString &objectName)
{
    if (window == nullptr)
        return nullptr;
    const auto widgets = window->findChildren<QWidget *>(objectName);
    const auto found = std::ranges::find_if(widgets, &QWidget::isVisible);
    return found == widgets.end() ? nullptr : *found;
}

QWidget *window(const QString &objectName)
{
    const auto windows = QApplication::topLevelWidgets();
    const auto found = std::ranges::find_if(windows, [&](const QWidget *candidate) {
        return candidate->isVisible() && candidate->objectName() == objectName;
    });
    return found == windows.end() ? nullptr : *found;
}

bool canPress(QWidget *window, const QString &button)
{
    const auto *found = qobject_cast<QAbstractButton *>(find(window, button));
    return found != nullptr && found->isEnabled();
}

QString press(QWidget *window, const QString &button)
{
    auto *found = qobject_cast<QAbstractButton *>(find(window, button));
    if (found == nullptr)
        return missing("button", button);
    if (!found->isEnabled())
        return QStringLiteral("the button \"%1\" is disabled").arg(button);
    // Later, so that a dialog which the button opens does not hold up the one who pressed it.
    QMetaObject::invokeMethod(found, &QAbstractButton::click, Qt::QueuedConnection);
    return {};
}

void tickAll(QWidget *window, const QString &boxes)
{
    for (QAbstractButton *box : window->findChildren<QAbstractButton *>(boxes)) {
        if (box->isVisible() && box->isEnabled() && !box->isChecked())
            box->click();
    }
}

QString type(QWidget *window, const QString &field, const QString &text)
{
    QWidget *found = find(window, field);
    if (found == nullptr)
        return missing("field", field);
    if (!found->isEnabled())
        return QStringLiteral("the field \"%1\" is disabled").arg(field);
    if (found->focusProxy() != nullptr)
        found = found->focusProxy();
    found->setFocus();
    sendKey(found, Qt::Key_A, {}, Qt::ControlModifier);
    sendKey(found, Qt::Key_Delete);
    for (const QChar character : text)
        sendKey(found, character.toUpper().unicode(), character);
    return {};
}

QString pressKey(QWidget *window, const QString &widget, Qt::Key key)
{
    QWidget *found = find(window, widget);
    if (found == nullptr)
        return missing("widget", widget);
    found->setFocus();
    sendKey(found, key);
    return {};
}

QString drop(QWidget *window, const QStringList &paths)
{
    if (window == nullptr)
        return QStringLiteral("there is no window to drop it on");
    QMimeData files;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls << QUrl::fromLocalFile(path);
    files.setUrls(urls);
    const QPoint middle = window->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(window, &enter);
    QDropEvent event(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    event.ignore(); // until somebody takes it
    QCoreApplication::sendEvent(window, &event);
    return event.isAccepted() ? QString() : QStringLiteral("the window does not take what is dropped on it");
}

QString chooseFile(const QString &dialog, const QString &path)
{
    QWidget *found = window(dialog);
    if (found == nullptr)
        return missing("file dialog", dialog);
    const QString field = QStringLiteral("fileNameEdit"); // of QFileDialog
    if (QString problem = type(found, field, path); !problem.isEmpty())
        return problem;
    return pressKey(found, field, Qt::Key_Return);
}

QString textOf(QWidget *window, const QString &widget)
{
    const QWidget *found = find(window, widget);
    if (found == nullptr)
        return {};
    if (const auto *code = qobject_cast<const CodeView *>(found))
        return code->text();
    return found->property("text").toString();
}

QString choose(QWidget *window, const QString &combo, const QString &text)
{
    auto *found = qobject_cast<QComboBox *>(find(window, combo));
    if (found == nullptr)
        return missing("list", combo);
    found->setFocus();
    sendKey(found, Qt::Key_Home);
    for (int i = 0; i < found->count() && !found->currentText().contains(text); ++i)
        sendKey(found, Qt::Key_Down);
    return found->currentText().contains(text) ? QString()
                                               : QStringLiteral("\"%1\" has no entry \"%2\"").arg(combo, text);
}

bool rowContains(const QModelIndex &row, const QString &text)
{
    for (int column = 0; column < row.model()->columnCount(row.parent()); ++column) {
        if (row.siblingAtColumn(column).data().toString().contains(text))
            return true;
    }
    return false;
}

bool rowHasChip(const QModelIndex &row, ChipKind kind)
{
    for (int column = 0; column < row.model()->columnCount(row.parent()); ++column) {
        const QVariant chip = row.siblingAtColumn(column).data(LookRole::Chip);
        if (chip.isValid() && chip.value<ChipData>().kind == kind)
            return true;
    }
    return false;
}

QString selectRow(QWidget *window, const QString &view, const Accept &accept)
{
    QAbstractItemView *list = findView(window, view);
    if (list == nullptr)
        return missing("list", view);
    QModelIndex found;
    bool goOn = true;
    visitRows(
        list->model(), list->rootIndex(),
        [&](const QModelIndex &row) {
            if (accept(row))
                found = row;
            return !found.isValid();
        },
        goOn);
    if (!found.isValid())
        return QStringLiteral("\"%1\" does not have the row").arg(view);
    if (auto *tree = qobject_cast<QTreeView *>(list)) {
        for (QModelIndex parent = found.parent(); parent.isValid(); parent = parent.parent())
            tree->expand(parent);
    }
    list->setFocus();
    list->scrollTo(found);
    click(list->viewport(), list->visualRect(found).center());
    return list->currentIndex().siblingAtColumn(0) == found ? QString() : QStringLiteral("the row cannot be chosen");
}

int countRows(QWidget *window, const QString &view, const Accept &accept)
{
    const QAbstractItemView *list = findView(window, view);
    if (list == nullptr)
        return 0;
    int count = 0;
    bool goOn = true;
    visitRows(
        list->model(), list->rootIndex(),
        [&](const QModelIndex &row) {
            count += accept(row) ? 1 : 0;
            return true;
        },
        goOn);
    return count;
}

QString selectTab(QWidget *window, const QString &tabWidget, int page)
{
    auto *tabs = qobject_cast<QTabWidget *>(find(window, tabWidget));
    if (tabs == nullptr)
        return missing("tab widget", tabWidget);
    click(tabs->tabBar(), tabs->tabBar()->tabRect(page).center());
    return tabs->currentIndex() == page ? QString() : QStringLiteral("the tab %1 does not open").arg(page + 1);
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

} // namespace tidemark::window_driver
