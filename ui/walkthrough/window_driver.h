#pragma once

#include "ui/look/chip.h"

#include <QModelIndex>
#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace tidemark {

/// Uses a window as a script of any language would: controls are found by their object names, and everything is done
/// with key and mouse events. What rows say of a state is read from their chips' kinds, not from words. Each function
/// that does something returns what went wrong, in words; empty when it was done.
namespace window_driver {

/// The visible widget of this object name in the window; nullptr when there is none.
QWidget *find(QWidget *window, const QString &objectName);

/// The visible window of this object name; nullptr when there is none.
QWidget *window(const QString &objectName);

/// Clicks a button. A disabled one is a problem.
QString press(QWidget *window, const QString &button);
bool canPress(QWidget *window, const QString &button);

/// Ticks every box of this object name that is not ticked; there may be none.
void tickAll(QWidget *window, const QString &boxes);

/// Replaces the text of a field.
QString type(QWidget *window, const QString &field, const QString &text);

/// Presses a key in a widget.
QString pressKey(QWidget *window, const QString &widget, Qt::Key key);

/// Drops files on a window.
QString drop(QWidget *window, const QStringList &paths);

/// Types a path into the file dialog of this object name and accepts it.
QString chooseFile(const QString &dialog, const QString &path);

/// What a label, a field or a text for machines shows; empty when it is not there.
QString textOf(QWidget *window, const QString &widget);

/// Picks the entry of a combo box that contains this text.
QString choose(QWidget *window, const QString &combo, const QString &text);

/// Whether this text stands in one of the row's columns.
bool rowContains(const QModelIndex &row, const QString &text);
/// Whether one of the row's columns has a chip of this kind.
bool rowHasChip(const QModelIndex &row, ChipKind kind);

using Accept = std::function<bool(const QModelIndex &row)>;
/// Clicks the first row, at any depth, that is accepted.
QString selectRow(QWidget *window, const QString &view, const Accept &accept);
/// How many rows, at any depth, are accepted.
int countRows(QWidget *window, const QString &view, const Accept &accept);

/// Clicks a tab of the tab widget; `page` counts from 0.
QString selectTab(QWidget *window, const QString &tabWidget, int page);

/// The texts of all visible labels, one a line: what a person can read.
QString visibleText(QWidget *window);

} // namespace window_driver
} // namespace tidemark
