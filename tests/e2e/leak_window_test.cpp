#include "connection/connection_store.h"
#include "connection/memory_secret_store.h"
#include "downloads/download_queue.h"
#include "session/job_reading.h"
#include "session/job_report.h"
#include "session/profiles.h"
#include "session/workspace.h"
#include "support/demo_cloud.h"
#include "support/leak_search.h"
#include "support/log_capture.h"
#include "support/ui_driver.h"
#include "support/waiting.h"
#include "support/window_texts.h"
#include "ui/app_context.h"
#include "ui/connections/connections_dialog.h"
#include "ui/downloads/download_folder.h"
#include "ui/main_window.h"
#include "ui/wizard/restore_wizard.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QMimeData>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QByteArray proxyPassword = "MARK-proxy-password";

QString wizardTitle()
{
    return QStringLiteral("New restore");
}

QString clipboardText()
{
    QString all;
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    for (const QString &format : data ? data->formats() : QStringList())
        all += QString::fromUtf8(data->data(format)) + QLatin1Char('\n');
    return all;
}

/// The key in the path of a v2 link.
QByteArray keyOf(const QString &link)
{
    const QString rest = link.section(QStringLiteral("/pull/"), 1);
    return rest.section(QLatin1Char('/'), 1, -2).toUtf8();
}

} // namespace

/// A person's whole way through the real windows with marked secrets: a saved connection, the wizard to its end, the
/// job, its dialogs and its report, the download. After each step the windows, the clipboard and the folders are
/// searched, and at the end the log.
class LeakWindowTest : public QObject
{
    Q_OBJECT

private:
    /// Searches what can be seen now and what is on the disk.
    void look(const char *step)
    {
        const QStringList texts = windowTexts();
        QVERIFY2(texts.size() > 20, step);
        const QStringList found = m_search.in(QStringLiteral("the windows"), texts.join(QLatin1Char('\n'))) +
                                  m_search.in(QStringLiteral("the clipboard"), clipboardText()) +
                                  m_search.inFolder(m_dir->path()) + m_search.inProcess();
        QVERIFY2(found.isEmpty(),
                 qPrintable(QString::fromLatin1(step) + QStringLiteral(": ") + found.join(QStringLiteral("; "))));
        m_seen += texts;
    }

    void press(QWidget *window, const QByteArray &button)
    {
        QCOMPARE(driver::press(window, QString::fromUtf8(button)), QString());
        QTest::qWait(100); // it is pressed by the event loop
    }

    const RestoreJob &job() const { return m_workspace->session()->jobs().group(m_key)->jobs.front(); }

    std::unique_ptr<LogCapture> m_log;
    LeakSearch m_search;
    QStringList m_seen;
    std::unique_ptr<DemoCloud> m_cloud;
    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<ConnectionStore> m_store;
    std::unique_ptr<MemorySecretStore> m_secrets;
    std::unique_ptr<Profiles> m_profiles;
    std::unique_ptr<JobReading> m_reading;
    std::unique_ptr<DownloadQueue> m_queue;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    QString m_key;

private Q_SLOTS:
    void initTestCase()
    {
        m_log = std::make_unique<LogCapture>();
        m_cloud = std::make_unique<DemoCloud>(QStringList{
            QStringLiteral("--exit-with-parent"), QStringLiteral("--job-seconds"), QStringLiteral("0.3"),
            QStringLiteral("--links"), QStringLiteral("both"), QStringLiteral("--archive-size"), QStringLiteral("4M")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
        m_search.mark(QStringLiteral("the private key"), m_cloud->privateKey().toUtf8());
        m_search.mark(QStringLiteral("the proxy's password"), proxyPassword);
        m_dir = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<QSettings>(m_dir->filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        m_store = std::make_unique<ConnectionStore>(m_dir->filePath(QStringLiteral("connections.json")));
        m_secrets = std::make_unique<MemorySecretStore>();
        m_profiles = std::make_unique<Profiles>(*m_store, *m_secrets);
        m_reading = std::make_unique<JobReading>(*m_profiles, m_clock);
        m_queue =
            std::make_unique<DownloadQueue>([this](const DownloadSource &source) { return m_reading->read(source); },
                                            m_clock, m_dir->filePath(QStringLiteral("downloads")), DownloadOptions());
        m_workspace =
            std::make_unique<Workspace>(Workspace::Parts{m_clock, *m_profiles, *m_queue, *m_reading, *m_settings,
                                                         m_dir->path(), JobMonitor::Intervals{200ms, 1000ms}});
        m_window = std::make_unique<MainWindow>(AppContext{m_clock, *m_profiles, *m_queue, *m_workspace, *m_settings});
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("archives")));
        m_window->downloadFolder().setPath(m_dir->filePath(QStringLiteral("archives")));
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_workspace.reset();
        m_queue.reset();
        m_reading.reset();
        m_profiles.reset();
        m_settings.reset();
    }

    void aSavedConnectionIsOpened()
    {
        Connection connection;
        connection.name = QStringLiteral("Marked");
        connection.service = Service::OpsManager;
        connection.baseUrl = m_cloud->baseUrl();
        connection.userName = m_cloud->publicKey();
        connection.proxy = {ProxyMode::Http, QStringLiteral("127.0.0.1"), 9, QStringLiteral("dba")};
        const auto saved =
            resultOf(m_profiles->save(connection, {Secret(m_cloud->privateKey()), Secret(QByteArray(proxyPassword))}));
        QVERIFY(saved);
        m_window->openConnection(saved->id);
        QTRY_VERIFY_WITH_TIMEOUT(m_workspace->session() && m_workspace->session()->catalogue().projects().size() == 2 &&
                                     std::ranges::all_of(m_workspace->session()->catalogue().projects(),
                                                         [this](const Project &project) {
                                                             return m_workspace->session()->catalogue().clusters(
                                                                 project.id);
                                                         }),
                                 20000);
        look("connection open");
        QVERIFY(QFile::exists(m_dir->filePath(QStringLiteral("connections.json"))));
    }

    void theConnectionsDialogShowsNoSecret()
    {
        m_window->showConnections();
        auto *dialog = m_window->findChild<ConnectionsDialog *>();
        QVERIFY(dialog);
        QCOMPARE(driver::selectRow(dialog, QStringLiteral("Connections"), QStringLiteral("Marked")), QString());
        press(dialog, "Edit…");
        const auto asksForASecret = [] {
            return std::ranges::any_of(QApplication::allWidgets(), [](const QWidget *widget) {
                const auto *edit = qobject_cast<const QLineEdit *>(widget);
                return edit && edit->isVisible() && edit->echoMode() == QLineEdit::Password;
            });
        };
        QTRY_VERIFY(asksForASecret());
        look("connection being edited");
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window != m_window.get() && window->isVisible())
                window->close();
        }
    }

    void theWizardShowsNoSecret()
    {
        Session &session = *m_workspace->session();
        RestoreDraft draft;
        for (const Project &project : session.catalogue().projects()) {
            for (const Cluster &cluster : *session.catalogue().clusters(project.id)) {
                if (cluster.name == QLatin1String("ledger")) {
                    draft.project = project;
                    draft.cluster = cluster;
                }
            }
        }
        draft.mode = RestoreMode::DownloadSnapshot;
        const auto snapshots = resultOf(session.client().snapshots(draft.project.id, draft.cluster->id));
        QVERIFY(snapshots);
        for (const Snapshot &snapshot : *snapshots) {
            if (draft.snapshot.isEmpty() && snapshot.complete)
                draft.snapshot = snapshot.id;
        }
        m_window->newRestore(draft);
        QTRY_VERIFY(driver::window(wizardTitle()));
        const auto isReview = [] {
            return driver::find(driver::window(wizardTitle()), QStringLiteral("Create download link")) != nullptr;
        };
        const auto canGoOn = [] { return driver::canPress(driver::window(wizardTitle()), QStringLiteral("Next")); };
        for (int page = 0; page < 6 && !isReview(); ++page) {
            QTRY_VERIFY_WITH_TIMEOUT(canGoOn() || isReview(), 15000);
            look("wizard");
            if (!isReview())
                press(driver::window(wizardTitle()), "Next");
        }
        QTRY_VERIFY2(isReview(), qPrintable(driver::visibleText(driver::window(wizardTitle()))));
        press(driver::window(wizardTitle()), "Show request");
        for (const char *tab : {"JSON", "curl", "mongocli"}) {
            QCOMPARE(driver::selectTab(driver::window(wizardTitle()), QString::fromLatin1(tab)), QString());
            look(tab);
            press(driver::window(wizardTitle()), QByteArray("Copy ") + tab);
            QTRY_VERIFY(!clipboardText().trimmed().isEmpty());
            look("after Copy");
        }
        QVERIFY(m_seen.join(QLatin1Char('\n')).contains(QStringLiteral("curl")));
        press(driver::window(wizardTitle()), "Create download link");
        QTRY_VERIFY_WITH_TIMEOUT(driver::canPress(driver::window(wizardTitle()), QStringLiteral("Download now")),
                                 20000);
        // From here on there are links: their keys are marks as well.
        QDateTime newest;
        for (const JobGroup &group : session.jobs().groups()) {
            for (const RestoreJob &each : group.jobs) {
                if (!each.delivery.hasLink())
                    continue;
                m_search.mark(QStringLiteral("the key of a v2 link"), keyOf(each.delivery.url));
                m_search.mark(QStringLiteral("the header of a v3 link"),
                              each.delivery.authValue.section(QLatin1Char(' '), -1).toUtf8());
                if (!newest.isValid() || each.created > newest) {
                    newest = each.created;
                    m_key = group.key;
                }
            }
        }
        QVERIFY(!m_key.isEmpty());
        look("link ready");
        press(driver::window(wizardTitle()), "Close");
        QTRY_VERIFY(driver::window(wizardTitle()) == nullptr);
    }

    void theJobShowsNoSecret()
    {
        QVERIFY(!m_key.isEmpty());
        QCOMPARE(driver::selectTab(m_window.get(), QStringLiteral("Restore jobs")), QString());
        QCOMPARE(driver::selectRow(m_window.get(), QStringLiteral("Restore jobs"), QStringLiteral("ledger")),
                 QString());
        look("job selected");
        press(m_window.get(), "Show JSON");
        look("the job's JSON");
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window != m_window.get() && window->isVisible())
                window->close();
        }
        const JobReport report = jobReport(*m_workspace->session()->jobs().group(m_key), m_queue->downloads(),
                                           QStringLiteral("Marked"), m_clock.now());
        for (const QString &text : {plainText(report), markdown(report), html(report)})
            QCOMPARE(m_search.in(QStringLiteral("the report"), text), QStringList());
    }

    void theDownloadLeavesNoSecret()
    {
        QVERIFY(!m_key.isEmpty());
        m_window->download(m_key);
        QTRY_COMPARE_WITH_TIMEOUT(m_queue->downloads().size(), 1U, 20000);
        QStringList onDisk; // the journal lives only as long as the transfer
        QVERIFY(QTest::qWaitFor(
            [&] {
                onDisk += m_search.inFolder(m_dir->path());
                return isEnd(m_queue->downloads().front().state);
            },
            60000));
        QCOMPARE(onDisk, QStringList());
        QCOMPARE(m_queue->downloads().front().state, DownloadState::Verified);
        look("downloaded");
    }

    void theLogHasNoSecret()
    {
        const QByteArray log = LogCapture::text();
        QVERIFY2(log.contains("tidemark.cloud"), "the log is not at its most talkative");
        QVERIFY(log.contains("tidemark.downloads"));
        QCOMPARE(m_search.in(QStringLiteral("the log"), log), QStringList());
    }

    /// The one way to a link, and the proof that windows and clipboard are searched where secrets would be.
    void theSearchFindsWhatIsThere()
    {
        QVERIFY(!m_key.isEmpty());
        QCOMPARE(driver::selectTab(m_window.get(), QStringLiteral("Restore jobs")), QString());
        const auto canCopy = [this] { return driver::canPress(m_window.get(), QStringLiteral("Copy link")); };
        for (int row = 0; row < 10 && !canCopy(); ++row) {
            QCOMPARE(driver::selectRow(m_window.get(), QStringLiteral("Restore jobs"), QStringLiteral("ledger"),
                                       [n = std::make_shared<int>(row)](const QModelIndex &) { return (*n)-- == 0; }),
                     QString());
            QTest::qWait(100);
        }
        press(m_window.get(), "Copy link");
        QVERIFY(!m_search.in(QStringLiteral("the clipboard"), clipboardText()).isEmpty());
        QGuiApplication::clipboard()->clear();

        QLineEdit planted;
        const auto finds = [&] {
            return !m_search.in(QStringLiteral("the windows"), windowTexts().join(QLatin1Char('\n'))).isEmpty();
        };
        QVERIFY(!finds());
        planted.setText(m_cloud->privateKey());
        planted.setEchoMode(QLineEdit::Password);
        QVERIFY(!finds()); // dots
        planted.setEchoMode(QLineEdit::Normal);
        QVERIFY(finds());
        planted.clear();
        planted.setAccessibleDescription(m_cloud->privateKey());
        QVERIFY(finds());
        planted.setAccessibleDescription({});
        planted.setToolTip(m_cloud->privateKey());
        QVERIFY(finds());

        QFile file(m_dir->filePath(QStringLiteral("planted")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_cloud->privateKey().toUtf8().toBase64()) > 0);
        file.close();
        QVERIFY(!m_search.inFolder(m_dir->path()).isEmpty());
    }
};

QTEST_MAIN(LeakWindowTest)
#include "leak_window_test.moc"
