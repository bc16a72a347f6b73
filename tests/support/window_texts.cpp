#include "support/window_texts.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMetaProperty>

namespace tidemark::test {

namespace {

constexpr int DeepestTree = 40;

void addProperties(const QObject *object, QStringList &texts)
{
    const auto *edit = qobject_cast<const QLineEdit *>(object);
    const bool hidden = edit && edit->echoMode() != QLineEdit::Normal;
    const QMetaObject *meta = object->metaObject();
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QMetaProperty property = meta->property(i);
        if (hidden && qstrcmp(property.name(), "text") == 0)
            continue;
        const int type = property.metaType().id();
        if (type == QMetaType::QString)
            texts << property.read(object).toString();
        else if (type == QMetaType::QStringList)
            texts << property.read(object).toStringList();
        else if (type == QMetaType::QUrl)
            texts << property.read(object).toUrl().toString();
    }
}

void addCells(const QAbstractItemModel *model, const QModelIndex &parent, QStringList &texts)
{
    for (int row = 0; row < model->rowCount(parent); ++row) {
        for (int column = 0; column < model->columnCount(parent); ++column) {
            const QModelIndex index = model->index(row, column, parent);
            for (const int role : {Qt::DisplayRole, Qt::EditRole, Qt::ToolTipRole, Qt::StatusTipRole, Qt::WhatsThisRole,
                                   Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                texts << index.data(role).toString();
        }
        addCells(model, model->index(row, 0, parent), texts);
    }
}

void addAccessible(QAccessibleInterface *interface, int depth, QStringList &texts)
{
    if (interface == nullptr || !interface->isValid() || depth > DeepestTree)
        return;
    for (const auto kind :
         {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help, QAccessible::Accelerator})
        texts << interface->text(kind);
    if (QAccessibleTextInterface *content = interface->textInterface())
        texts << content->text(0, content->characterCount());
    for (int i = 0; i < interface->childCount(); ++i)
        addAccessible(interface->child(i), depth + 1, texts);
}

} // namespace

QStringList windowTexts()
{
    QStringList texts;
    for (QWidget *widget : QApplication::allWidgets()) {
        addProperties(widget, texts);
        for (const QAction *action : widget->actions())
            addProperties(action, texts);
        if (const auto *view = qobject_cast<QAbstractItemView *>(widget); view && view->model())
            addCells(view->model(), view->rootIndex(), texts);
    }
    for (QWidget *window : QApplication::topLevelWidgets())
        addAccessible(QAccessible::queryAccessibleInterface(window), 0, texts);
    texts.removeAll(QString());
    texts.removeDuplicates();
    return texts;
}

} // namespace tidemark::test
