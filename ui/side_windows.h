#pragma once

#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace tidemark {

struct AppContext;

/// The windows that stay open beside the main one and that nothing waits for: **Messages**, **History**, **About**.
class SideWindows : public QObject
{
    Q_OBJECT

public:
    SideWindows(const AppContext &context, QWidget *mainWindow);

    void showMessages();
    /// Of the open connection; without one, nothing.
    void showHistory();
    void showAbout();
    /// Closes what is of the connection that ends.
    void letGo();

private:
    static void bringUp(QDialog *dialog);
    void showPlan(const QString &path);

    const AppContext &m_context; ///< of the main window
    QWidget *m_mainWindow;
    QPointer<QDialog> m_messages;
    QPointer<QDialog> m_history;
    QPointer<QDialog> m_plan;
};

} // namespace tidemark
