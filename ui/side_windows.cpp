#include "ui/side_windows.h"

#include "session/workspace.h"
#include "ui/about_dialog.h"
#include "ui/app_context.h"
#include "ui/history/history_dialog.h"
#include "ui/history/history_source.h"
#include "ui/messages/messages_dialog.h"
#include "ui/plans/plan_dialog.h"

namespace tidemark {

SideWindows::SideWindows(const AppContext &context, QWidget *mainWindow)
    : QObject(mainWindow)
    , m_context(context)
    , m_mainWindow(mainWindow)
{
}

void SideWindows::showMessages()
{
    if (!m_messages)
        m_messages = new MessagesDialog(m_context.workspace.notices(), m_context.settings, m_mainWindow);
    bringUp(m_messages);
}

void SideWindows::showHistory()
{
    Session *session = m_context.workspace.session();
    if (!session)
        return;
    if (!m_history) {
        auto *history =
            new HistoryDialog(historySource(*session, m_context.downloads), m_context.settings, m_mainWindow);
        connect(history, &HistoryDialog::planRequested, this, &SideWindows::showPlan);
        m_history = history;
    }
    bringUp(m_history);
}

void SideWindows::showPlan(const QString &path)
{
    delete m_plan;
    auto *plan = new PlanDialog(path, PlanDialog::Use::Read, m_context.clock, m_context.settings, m_mainWindow);
    plan->setSession(m_context.workspace.session());
    m_plan = plan;
    bringUp(plan);
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
    delete m_plan;
}

void SideWindows::bringUp(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace tidemark
