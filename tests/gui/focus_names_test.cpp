#include "focus_names.h"

#include "base/clock.h"
#include "connection/memory_secret_store.h"
#include "downloads/download_queue.h"
#include "session/profiles.h"
#include "support/fake_jobs.h"
#include "ui/connections/connection_editor.h"
#include "ui/connections/connection_test_dialog.h"
#include "ui/connections/connections_dialog.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_tab.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/jobs/forget_dialog.h"
#include "ui/jobs/job_json_dialog.h"
#include "ui/jobs/jobs_tab.h"
#include "ui/snapshots/snapshots_tab.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

/// Nothing that the Tab key reaches is without a name for assistive technology. The wizard's pages are looked at in
/// wizard_keyboard_test.cpp.
class FocusNamesTest : public QObject
{
    Q_OBJECT

private:
    static void expectNamed(QWidget &window)
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QStringList unnamed = unnamedStops(&window);
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral("; "))));
    }

    QTemporaryDir m_dir;
    SystemClock m_clock;
    QSettings m_settings{m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    ConnectionStore m_store{m_dir.filePath(QStringLiteral("connections.json"))};
    MemorySecretStore m_secrets;
    Profiles m_profiles{m_store, m_secrets};

private Q_SLOTS:
    void connections()
    {
        ConnectionsDialog dialog(m_profiles, m_clock, m_settings);
        expectNamed(dialog);
    }
    void editor()
    {
        Connection connection;
        connection.service = Service::OpsManager;
        connection.proxy.mode = ProxyMode::Http;
        ConnectionEditor dialog(m_profiles, m_clock, connection, {});
        expectNamed(dialog);
    }
    void jobs()
    {
        FakeJobs fake;
        DownloadQueue queue(fake.reader(), m_clock, m_dir.filePath(QStringLiteral("state")), quickOptions());
        JobsTab tab(queue, m_clock, m_settings);
        expectNamed(tab);
    }
    void downloads()
    {
        FakeJobs jobs;
        DownloadQueue queue(jobs.reader(), m_clock, m_dir.filePath(QStringLiteral("state2")), quickOptions());
        DownloadFolder folder(m_settings);
        DownloadsTab tab(queue, folder, m_clock, m_settings);
        DownloadSource source;
        source.connection = ConnectionId(QStringLiteral("c"));
        source.job = JobId(QStringLiteral("j"));
        source.fileName = QStringLiteral("a.tar.gz");
        queue.addMissing(source, m_dir.path(), source.fileName, DownloadState::LinkExpired, Error());
        expectNamed(tab);
    }
    void snapshots()
    {
        SnapshotsTab tab(m_clock, m_settings);
        expectNamed(tab);
    }
    void json()
    {
        JobJsonDialog dialog(QStringLiteral("Restore job"), "{}", QStringLiteral("note"), nullptr);
        expectNamed(dialog);
    }
    void nextSteps()
    {
        NextStepsDialog dialog(m_dir.filePath(QStringLiteral("none.tar.gz")), {}, nullptr);
        expectNamed(dialog);
    }
    void forget()
    {
        PendingOrder order;
        order.mode = RestoreMode::PointInTime;
        order.targetClusterName = QStringLiteral("drill");
        ForgetDialog dialog(order, nullptr);
        expectNamed(dialog);
    }
};

QTEST_MAIN(FocusNamesTest)
#include "focus_names_test.moc"
