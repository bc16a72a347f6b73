#pragma once

#include <QModelIndex>
#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace tidemark {

/// Uses a window as a person's script would: controls are found by their accessible names, and everything is done with
/// key and mouse events. Each function returns what went wrong, in words; empty when it was done.
namespace driver {

/// The visible widget of this accessible name in the window; nullptr when there is none. An ampersand in a label is no
/// part of its name.
QWidget *find(QWidget *window, const QString &name);

/// The topmost visible window whose title starts with this text; nullptr when there is none.
QWidget *window(const QString &title);

/// Clicks a button (or the toolbar's) of this name. A disabled one is a problem.
QString press(QWidget *window, const QString &name);
bool canPress(QWidget *window, const QString &name);

/// Presses Tab until the widget of this object name has the keyboard.
bool tabTo(QWidget &window, const QString &objectName);

/// Replaces the text of a field.
QString type(QWidget *window, const QString &name, const QString &text);

/// Picks the entry of a combo box that contains this text.
QString choose(QWidget *window, const QString &name, const QString &text);

/// Clicks the row that contains this text in any column, at any depth; `accept` can ask for more than the text.
QString selectRow(QWidget *window, const QString &viewName, const QString &text,
                  const std::function<bool(const QModelIndex &)> &accept = {});
/// How many rows contain the text.
int countRows(QWidget *window, const QString &viewName, const QString &text);

/// Each row's texts, column by column, at any depth.
void forEachRow(QWidget *window, const QString &viewName, const std::function<void(const QStringList &cells)> &visit);

QString selectTab(QWidget *window, const QString &title);

/// The texts of all visible labels, one a line: what a person can read.
QString visibleText(QWidget *window);

} // namespace driver
} // namespace tidemark
