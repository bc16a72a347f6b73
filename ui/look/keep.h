#pragma once

#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <functional>

class QPalette;
class QWidget;

namespace tidemark {

/// Changes the widget's palette now, and again whenever the desktop's changes.
void keepPalette(QWidget *widget, std::function<void(QPalette &)> change);
/// Writes the ink of a text into the palette, for Window and Base alike.
void giveInk(QPalette &palette, Ink ink);
/// The ink of its text, whether it stands on Window or on Base.
void keepInk(QWidget *widget, Ink ink);
/// The widget's ground is the page's, not the window's.
void keepPageGround(QWidget *widget);
/// The widget's font is the role's, now and whenever the application's changes.
void keepFont(QWidget *widget, TypeRole role);
/// What is measured in u() is set now, and again whenever the application's font changes.
void keepMeasures(QWidget *widget, const std::function<void()> &measure);

} // namespace tidemark
