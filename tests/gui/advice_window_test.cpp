#include "connection/environment_connection.h"
#include "small_cloud.h"
#include "support/advice.h"
#include "support/demo_cloud.h"
#include "support/ui_driver.h"
#include "support/waiting.h"
#include "support/window_bench.h"

#include <QCheckBox>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

#include <functional>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

const QString One = QStringLiteral("one");
const QString Two = QStringLiteral("two");
const QString Connections = QStringLiteral("Connections");

/// The whole window and the stand-in Cloud Manager, from the refusal until it has been followed.
struct Scene
{
    DemoCloud cloud{{QStringLiteral("--control"), QStringLiteral("--exit-with-parent")}};
    SmallCloud empty; ///< a server without jobs
    WindowBench bench{JobMonitor::Intervals{1h, 1h}};

    QWidget *main() { return bench.window.get(); }
    QString said() { return driver::visibleText(main()); }

    Connection connection(const QString &name) const
    {
        Connection made;
        made.id = ConnectionId(name);
        made.name = name;
        made.service = Service::OpsManager;
        made.baseUrl = cloud.baseUrl();
        made.userName = cloud.publicKey();
        return made;
    }
    void addConnection(const QString &name)
    {
        Credentials credentials;
        credentials.secret = Secret(cloud.privateKey());
        bench.profiles.addTransient(connection(name), credentials);
    }
    void open(const QString &name) { bench.window->openConnection(ConnectionId(name)); }
    void openNew(const QString &name)
    {
        addConnection(name);
        open(name);
    }
    bool isOpen(const QString &name, size_t projects = 2)
    {
        return QTest::qWaitFor(
            [&] {
                Session *session = bench.session();
                return session && session->connection().name == name &&
                       session->catalogue().projects().size() == projects;
            },
            20000);
    }

    /// Waits for the window and presses what is named in it.
    QString press(const QString &title, const QString &name)
    {
        QWidget *window = nullptr;
        const auto isThere = [&] {
            window = title.isEmpty() ? main() : driver::window(title);
            return window && driver::canPress(window, name);
        };
        if (!QTest::qWaitFor(isThere, 15000))
            return QStringLiteral("\"%1\" cannot be pressed in the window \"%2\"").arg(name, title);
        return driver::press(window, name);
    }
    /// The first that did not work; a step is a window's title (empty: the main window) and what is pressed there.
    QString pressAll(const std::vector<std::pair<const char *, const char *>> &steps)
    {
        for (const auto &[title, name] : steps) {
            if (const QString problem = press(QString::fromUtf8(title), QString::fromUtf8(name)); !problem.isEmpty())
                return problem;
        }
        return {};
    }
    /// Once it is there, where it was just saved; else at once.
    static QString chooseConnection(const QString &text, bool isSaved = false)
    {
        const auto isThere = [&text, isSaved] {
            QWidget *window = driver::window(Connections);
            return window && (!isSaved || driver::countRows(window, Connections, text) > 1);
        };
        if (!QTest::qWaitFor(isThere))
            return QStringLiteral("there is no window Connections with \"%1\"").arg(text);
        return isSaved ? QString() : driver::selectRow(driver::window(Connections), Connections, text);
    }
    /// As often as it takes until the refusals that were asked for are used up; nothing is read by itself.
    QString tryAgainUntilRead()
    {
        const auto isRead = [this] {
            const QString shown = said();
            return !shown.contains(QStringLiteral("could not be read")) &&
                   !shown.contains(QStringLiteral("Reading the"));
        };
        for (int tries = 0; tries < 40 && !isRead(); ++tries) {
            const QString problem = press({}, QStringLiteral("Try again"));
            if (!problem.isEmpty())
                return problem;
            if (QTest::qWaitFor(isRead, 500)) // while it is being read again it says neither
                break;
        }
        return {};
    }
    static bool opens(const char *title)
    {
        return QTest::qWaitFor([title] { return driver::window(QString::fromUtf8(title)) != nullptr; });
    }
    QString firstOf(const std::vector<QString> &problems)
    {
        for (const QString &problem : problems) {
            if (!problem.isEmpty())
                return problem;
        }
        return {};
    }
    void addMissing(const QString &connection)
    {
        DownloadSource source;
        source.connection = ConnectionId(connection);
        source.project = ProjectId(cloud.facts().value(QLatin1String("projectId")).toString());
        source.job = JobId(QStringLiteral("job"));
        source.snapshot = SnapshotId(QStringLiteral("snap"));
        source.fileName = QStringLiteral("a.tar.gz");
        Error why;
        why.kind = ErrorKind::LinkExpired;
        why.sentence = QStringLiteral("It is over.");
        bench.downloads.addMissing(source, bench.dir.path(), source.fileName, DownloadState::LinkExpired, why);
        QCOMPARE(driver::selectTab(main(), QStringLiteral("Downloads")), QString());
        QCOMPARE(driver::selectRow(main(), QStringLiteral("Downloads"), source.fileName), QString());
        QCOMPARE(press({}, QStringLiteral("Request a new link…")), QString());
    }
};

struct Advice
{
    const char *row;
    const char *said; ///< part of what the window says
    std::function<void(Scene &)> bringAbout;
    std::function<QString(Scene &)> follow; ///< empty, or which step could not be done
    std::function<bool(Scene &)> promised;
};

void noConnection(Scene &) {}

std::vector<Advice> emptyPages()
{
    return {
        {"no connection, Restore jobs", "Tidemark needs a connection", noConnection,
         [](Scene &scene) {
             return scene.pressAll({{"", "Add a connection…"}, {"Connections", "Add a connection…"}});
         },
         [](Scene &) { return Scene::opens("Add connection"); }},
        {"no connection, Snapshots", "Snapshots are listed once a connection is open",
         [](Scene &scene) { QCOMPARE(driver::selectTab(scene.main(), QStringLiteral("Snapshots")), QString()); },
         [](Scene &scene) {
             return scene.pressAll({{"", "Add a connection…"}});
         },
         [](Scene &) { return Scene::opens("Connections"); }},
        {"no restore jobs", "Start one: download a snapshot",
         [](Scene &scene) {
             Connection made = scene.empty.connection();
             made.id = ConnectionId(One);
             Credentials credentials;
             credentials.secret = Secret(QByteArray("none is asked for"));
             scene.bench.profiles.addTransient(made, credentials);
             scene.open(One);
         },
         [](Scene &scene) {
             auto *page = scene.main()->findChild<QTabWidget *>(QStringLiteral("tabs"))->currentWidget();
             return driver::press(page, QStringLiteral("New restore…"));
         },
         [](Scene &) { return Scene::opens("New restore"); }},
        {"nothing is downloaded", "Choose a finished download under Restore jobs",
         [](Scene &scene) { QCOMPARE(driver::selectTab(scene.main(), QStringLiteral("Downloads")), QString()); },
         [](Scene &scene) {
             return scene.pressAll({{"", "Go to the restore jobs"}});
         },
         [](Scene &scene) {
             return QTest::qWaitFor(
                 [&] { return scene.main()->findChild<QTabWidget *>(QStringLiteral("tabs"))->currentIndex() == 0; });
         }},
    };
}

std::vector<Advice> readings()
{
    return {
        {"the projects are refused", "The projects could not be read",
         [](Scene &scene) {
             QVERIFY(scene.cloud.addFault("GET /groups$=403 once code=USER_UNAUTHORIZED"));
             scene.openNew(One);
         },
         [](Scene &scene) {
             return scene.pressAll({{"", "Try again"}});
         },
         [](Scene &scene) { return scene.isOpen(One); }},
        {"the jobs are refused", "The restore jobs could not be read",
         [](Scene &scene) {
             QVERIFY(scene.cloud.addFault("GET /restoreJobs$=403 x12 code=USER_UNAUTHORIZED"));
             scene.openNew(One);
             QVERIFY(scene.isOpen(One));
         },
         [](Scene &scene) { return scene.tryAgainUntilRead(); },
         [](Scene &scene) {
             return QTest::qWaitFor(
                 [&] { return driver::countRows(scene.main(), QStringLiteral("Restore jobs"), {}) > 0; }, 30000);
         }},
        {"the snapshots are refused", "The snapshots could not be read",
         [](Scene &scene) {
             QVERIFY(scene.cloud.addFault("GET /snapshots$=403 x12 code=USER_UNAUTHORIZED"));
             scene.openNew(One);
             QCOMPARE(driver::selectTab(scene.main(), QStringLiteral("Snapshots")), QString());
         },
         [](Scene &scene) { return scene.tryAgainUntilRead(); },
         [](Scene &scene) {
             return QTest::qWaitFor(
                 [&] {
                     return driver::countRows(scene.main(), QStringLiteral("Snapshots"), QStringLiteral("UTC")) > 0;
                 },
                 20000);
         }},
    };
}

std::vector<Advice> connections()
{
    return {
        {"a wrong key", "Check the public and private key",
         [](Scene &scene) {
             Credentials wrong;
             wrong.secret = Secret(QByteArray("wrong"));
             Connection made = scene.connection(One);
             made.id = {};
             const auto saved = resultOf(scene.bench.profiles.save(made, wrong));
             QVERIFY(saved);
             scene.bench.window->openConnection(saved->id);
         },
         [](Scene &scene) {
             QString problem = scene.pressAll({{"", "Connections…"}, {"Connections", "Edit…"}});
             if (problem.isEmpty() && !Scene::opens("Edit"))
                 problem = QStringLiteral("no editor");
             if (problem.isEmpty())
                 problem = driver::type(driver::window(QStringLiteral("Edit")), QStringLiteral("Private key"),
                                        scene.cloud.privateKey());
             return problem.isEmpty() ? scene.pressAll({{"Edit", "Save"}, {"Connections", "Open it again"}}) : problem;
         },
         [](Scene &scene) { return scene.isOpen(One); }},
        {"the environment's, of plain http", "Save it as a connection under Connections",
         [](Scene &scene) {
             QProcessEnvironment variables;
             variables.insert(QStringLiteral("MCLI_PUBLIC_API_KEY"), QStringLiteral("pub"));
             variables.insert(QStringLiteral("MCLI_PRIVATE_API_KEY"), QStringLiteral("private"));
             variables.insert(QStringLiteral("MCLI_OPS_MANAGER_URL"), QStringLiteral("http://om.invalid:8080"));
             const auto found = environmentConnection(variables);
             QVERIFY(found);
             scene.bench.profiles.addTransient(found->connection, found->credentials);
             scene.bench.window->openConnection(found->connection.id);
         },
         [](Scene &scene) {
             QString problem = scene.pressAll({{"", "Connections…"}, {"Connections", "Save as a connection…"}});
             if (problem.isEmpty() && !Scene::opens("Add connection"))
                 problem = QStringLiteral("no editor");
             return scene.firstOf({problem,
                                   scene.pressAll({{"Add connection", "Allow plain HTTP for this Ops Manager"},
                                                   {"Add connection", "Save"}}),
                                   scene.chooseConnection(QStringLiteral("om.invalid"), true),
                                   scene.pressAll({{"Connections", "Open"}})});
         },
         [](Scene &scene) {
             return QTest::qWaitFor([&] {
                 Session *session = scene.bench.session();
                 return session && session->connection().allowPlainHttp &&
                        !scene.said().contains(QStringLiteral("Plain HTTP would"));
             });
         }},
        {"the wizard is in the way", "Close the window New restore",
         [](Scene &scene) {
             scene.openNew(One);
             QVERIFY(scene.isOpen(One));
             scene.addConnection(Two);
             scene.bench.window->newRestore();
             scene.open(Two);
         },
         [](Scene &scene) {
             QString problem = scene.pressAll({{"New restore", "Cancel"}});
             if (problem.isEmpty() && !QTest::qWaitFor([] { return !driver::window(QStringLiteral("New restore")); }))
                 problem = QStringLiteral("the window stays");
             return scene.firstOf({problem, scene.pressAll({{"", "Connections…"}}), scene.chooseConnection(Two),
                                   scene.pressAll({{"Connections", "Open"}})});
         },
         [](Scene &scene) { return scene.isOpen(Two); }},
        {"an archive of another connection", "belongs to the connection two: open it first",
         [](Scene &scene) {
             scene.openNew(One);
             QVERIFY(scene.isOpen(One));
             scene.addConnection(Two);
             scene.addMissing(Two);
         },
         [](Scene &scene) {
             const QString problem = scene.firstOf({scene.pressAll({{"", "Connections…"}}), scene.chooseConnection(Two),
                                                    scene.pressAll({{"Connections", "Open"}})});
             if (!problem.isEmpty() || !scene.isOpen(Two))
                 return problem.isEmpty() ? QStringLiteral("it is not opened") : problem;
             return scene.pressAll({{"", "Request a new link…"}});
         },
         [](Scene &) { return Scene::opens("New restore"); }},
        {"an archive of a connection that is gone", "is no longer there: add it again first",
         [](Scene &scene) {
             scene.openNew(One);
             QVERIFY(scene.isOpen(One));
             scene.addMissing(QStringLiteral("gone"));
         },
         [](Scene &scene) {
             return scene.pressAll({{"", "Connections…"}, {"Connections", "Add…"}});
         },
         [](Scene &) { return Scene::opens("Add connection"); }},
    };
}

} // namespace

/// What the main window advises can be done from where it is read, and comes to what it promised.
class AdviceWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeFollowed_data()
    {
        QTest::addColumn<Advice>("advice");
        for (const auto &part : {emptyPages(), readings(), connections()}) {
            for (const Advice &advice : part)
                QTest::newRow(advice.row) << advice;
        }
    }

    void canBeFollowed()
    {
        QFETCH(const Advice, advice);
        Scene scene;
        QVERIFY2(scene.cloud.isRunning(), qPrintable(scene.cloud.problem()));
        QVERIFY(scene.bench.makeWindow());
        advice.bringAbout(scene);
        QTRY_VERIFY2_WITH_TIMEOUT(scene.said().contains(QString::fromUtf8(advice.said)), qPrintable(scene.said()),
                                  30000);
        QCOMPARE(advice.follow(scene), QString());
        QVERIFY2(advice.promised(scene), qPrintable(scene.said()));
    }

    /// "Have the server use https, or allow plain http in the connection" of a download is about a connection of https.
    void plainHttpOfLinksIsAllowedInTheConnection()
    {
        Scene scene;
        QVERIFY(scene.bench.makeWindow());
        Connection made = scene.connection(One);
        made.id = {};
        made.baseUrl = QUrl(QStringLiteral("https://om.invalid:8443"));
        Credentials credentials;
        credentials.secret = Secret(QByteArray("key"));
        const auto saved = resultOf(scene.bench.profiles.save(made, credentials));
        QVERIFY(saved);
        QVERIFY(!scene.bench.reading.allowsPlainHttp(saved->id));
        QCOMPARE(scene.pressAll({{"", "Connections…"},
                                 {"Connections", "Edit…"},
                                 {"Edit", "Allow plain HTTP for this Ops Manager"},
                                 {"Edit", "Save"}}),
                 QString());
        QTRY_VERIFY(scene.bench.reading.allowsPlainHttp(saved->id));
    }
};

QTEST_MAIN(AdviceWindowTest)
#include "advice_window_test.moc"
