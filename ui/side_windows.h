#pragma once

#include <QObject>
#include <QPointer>

class QDialog;
class QSettings;
class QWidget;

namespace tidemark {

class Workspace;

/// The windows that stay open beside the main one and that nothing waits for: **Messages**, **History**, **About**.
class SideWindows : public QObject
{
    Q_OBJECT

public:
    SideWindows(Workspace &workspace, QSettings &settings, QWidget *mainWindow);

    void showMessages();
    /// Of the open connection; without one, nothing.
    void showHistory();
    void showAbout();
    /// Closes what is of the connection that ends.
    void letGo();

private:
    static void bringUp(QDialog *dialog);

    Workspace &m_workspace;
    QSettings &m_settings;
    QWidget *m_mainWindow;
    QPointer<QDialog> m_messages;
    QPointer<QDialog> m_history;
};

} // namespace tidemark
