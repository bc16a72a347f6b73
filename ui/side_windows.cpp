#include "ui/side_windows.h"

#include "session/workspace.h"
#include "ui/about_dialog.h"
#include "ui/history/history_dialog.h"
#include "ui/messages/messages_dialog.h"

namespace tidemark {

SideWindows::SideWindows(Workspace &workspace, QSettings &settings, QWidget *mainWindow)
    : QObject(mainWindow)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_mainWindow(mainWindow)
{
}

void SideWindows::showMessages()
{
    if (!m_messages)
        m_messages = new MessagesDialog(m_workspace.notices(), m_settings, m_mainWindow);
    bringUp(m_messages);
}

void SideWindows::showHistory()
{
    const Session *session = m_workspace.session();
    if (!session)
        return;
    if (!m_history)
        m_history = new HistoryDialog(session->auditFile(), m_settings, m_mainWindow);
    bringUp(m_history);
}

void SideWindows::showAbout()
{
    auto *about = new AboutDialog(m_mainWindow);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

void SideWindows::letGo()
{
    delete m_history;
}

void SideWindows::bringUp(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace tidemark
