#include "ui/plans/plan_windows.h"

#include "plans/plan_disk.h"
#include "session/workspace.h"
#include "ui/plans/plan_dialog.h"
#include "ui/widgets/file_drop.h"

#include <QDir>
#include <QFileDialog>

namespace tidemark {

PlanWindows::PlanWindows(Workspace &workspace, const Clock &clock, QSettings &settings, Begin begin,
                         QWidget *mainWindow)
    : QObject(mainWindow)
    , m_workspace(workspace)
    , m_clock(clock)
    , m_settings(settings)
    , m_begin(std::move(begin))
    , m_mainWindow(mainWindow)
{
    new FileDrop(mainWindow, [this](const QStringList &paths) { open(paths.front()); });
    connect(&workspace, &Workspace::sessionOpened, this, [this](Session *session) {
        if (m_dialog)
            m_dialog->setSession(session);
    });
    connect(&workspace, &Workspace::sessionAboutToEnd, this, [this] {
        if (m_dialog)
            m_dialog->setSession(nullptr);
    });
}

void PlanWindows::choose()
{
    auto *dialog = new QFileDialog(m_mainWindow, tr("Open plan"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("openPlanDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Plan (*.%1)").arg(QLatin1String(PlanSuffix)), tr("Any file (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &PlanWindows::open);
    dialog->open();
}

void PlanWindows::open(const QString &path)
{
    delete m_dialog;
    m_dialog = new PlanDialog(path, PlanDialog::Use::Decide, m_clock, m_settings, m_mainWindow);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setSession(m_workspace.session());
    connect(m_dialog, &PlanDialog::otherFileRequested, this, &PlanWindows::choose);
    connect(m_dialog, &PlanDialog::restoreRequested, this, [this](const RestoreDraft &draft, const PlanInHand &plan) {
        if (m_begin(draft, plan))
            m_dialog->close();
    });
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace tidemark
