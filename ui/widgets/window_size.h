#pragma once

#include <QObject>
#include <QSize>
#include <QString>

class QLabel;
class QSettings;
class QWidget;

namespace tidemark {

/// `wanted`, as far as it fits on a screen with this room, with some left for the window's frame.
QSize boundedSize(const QSize &wanted, const QSize &room);

/// Gives the window its usual size, as far as the screen has room for it.
void fitWindow(QWidget &window, const QSize &usual);

/// The same, and remembers what the person made of it. Belongs to the window.
class WindowSize : public QObject
{
    Q_OBJECT

public:
    WindowSize(QWidget *window, const QString &name, const QSize &usual, QSettings &settings);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
    QString m_key;
    QSettings &m_settings;
};

/// A wrapping label breaks between words only: without this a long path or name would widen its window.
void letNoNameWiden(QLabel &label);

/// Puts what stands in the widget into a scroll area, so that a window may be smaller than all of it: on a small screen
/// with a large font the buttons below stay in reach.
void makeScrollable(QWidget &page);

/// What has the keyboard, or has just been said, in a window that has no room for all.
void bringIntoView(QWidget *part);

} // namespace tidemark
