#pragma once

#include "plans/plan_disk.h"
#include "support/demo_window.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"

#include <QFile>
#include <QProcess>
#include <QTest>

namespace tidemark::test {

/// A main window that opens plans, over a stand-in Cloud Manager that outlives it.
struct PlanBench
{
    explicit PlanBench(DemoCloud &demo)
        : cloud(demo)
    {
        restart();
    }

    /// Another window in its place, to which no connection is open.
    void restart()
    {
        bench.reset();
        bench = std::make_unique<WindowBench>(
            JobMonitor::Intervals{std::chrono::milliseconds(200), std::chrono::milliseconds(1000)});
        bench->makeWindow();
    }

    MainWindow *window() const { return bench->window.get(); }
    QString path(const QString &name) const { return dir.filePath(name); }
    bool connectDemo() { return openConnection(*bench, cloud, QStringLiteral("one")); }

    /// Of the ledger's newest snapshot into the drill cluster, as of today.
    RestorePlan plan()
    {
        auto [draft, facts] = ledgerDownload(*bench->session());
        draft.mode = RestoreMode::AutomatedSnapshot;
        for (const Project &project : bench->session()->catalogue().projects()) {
            for (const Cluster &cluster : *bench->session()->catalogue().clusters(project.id)) {
                if (cluster.name == QStringLiteral("drill")) {
                    draft.targetProject = project;
                    draft.targetCluster = cluster;
                }
            }
        }
        const auto planned =
            planOf(draft, facts, bench->session()->connection(), bench->session()->client().serverNow(),
                   QStringLiteral("Ticket 4711\n<b>as agreed</b>"));
        if (!planned)
            qWarning().noquote() << planned.error().sentence;
        return planned ? *planned : RestorePlan();
    }

    bool write(const RestorePlan &plan, const QString &name = QStringLiteral("a.tidemark-plan")) const
    {
        return !plan.source.id.isEmpty() && writePlanTo(path(name), {plan, {}});
    }
    /// Opens it and waits for its window.
    bool open(const QString &name = QStringLiteral("a.tidemark-plan"))
    {
        window()->openPlan(path(name));
        return QTest::qWaitFor([this] { return dialog() && dialog()->isVisible(); });
    }
    /// Real keys of these people, and the list "allowed" that names them.
    bool makeSigners(const QStringList &people) const
    {
        QFile list(path(QStringLiteral("allowed")));
        if (!list.open(QIODevice::WriteOnly))
            return false;
        for (const QString &name : people) {
            const int made = QProcess::execute(QStringLiteral("ssh-keygen"),
                                               {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                                QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)});
            QFile key(path(name + QStringLiteral(".pub")));
            if (made != 0 || !key.open(QIODevice::ReadOnly))
                return false;
            list.write(name.toUtf8() + ' ' + key.readAll());
        }
        return true;
    }
    /// Another connection, which says that their signatures count; `change` may say more of it.
    bool connectWithSigners(const QString &name, const std::function<void(Connection &)> &change = {})
    {
        if (!bench->profiles.findByName(QStringLiteral("one")))
            addConnection(*bench, cloud, QStringLiteral("one"), cloud.privateKey());
        Connection connection = *bench->profiles.findByName(QStringLiteral("one"));
        connection.id = ConnectionId(name);
        connection.name = name;
        connection.allowedSigners = path(QStringLiteral("allowed"));
        if (change)
            change(connection);
        Credentials credentials;
        credentials.secret = Secret(cloud.privateKey());
        bench->profiles.addTransient(connection, credentials);
        return openConnection(*bench, cloud, name);
    }
    /// As these people, in the window that has it open.
    bool sign(const QStringList &people)
    {
        return std::all_of(people.begin(), people.end(), [this](const QString &name) {
            return QTest::qWaitFor([this] { return driver::canPress(dialog(), QStringLiteral("Approve…")); }) &&
                   driver::press(dialog(), QStringLiteral("Approve…")).isEmpty() &&
                   answerFileDialog(dialog(), path(name)) &&
                   QTest::qWaitFor([this] { return text().contains(QStringLiteral("Your signature is in ")); }, 20000);
        });
    }
    QWidget *dialog() const { return window()->findChild<QWidget *>(QStringLiteral("planDialog")); }
    QString text() const { return dialog() ? driver::visibleText(dialog()) : QString(); }

    DemoCloud &cloud;
    QTemporaryDir dir;
    std::unique_ptr<WindowBench> bench;
};

/// Tests over one stand-in Cloud Manager, each with a bench of its own.
class PlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cloud = std::make_unique<DemoCloud>(QStringList{
            QStringLiteral("--exit-with-parent"), QStringLiteral("--control"), QStringLiteral("--job-seconds"),
            QStringLiteral("0.5"), QStringLiteral("--restore-seconds"), QStringLiteral("1")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
    }
    void init() { m_plans = std::make_unique<PlanBench>(*m_cloud); }
    void cleanup() { m_plans.reset(); }

protected:
    QString path(const QString &name) const { return m_plans->path(name); }
    bool connectDemo() { return m_plans->connectDemo(); }
    QWidget *dialog() const { return m_plans->dialog(); }
    QString text() const { return m_plans->text(); }

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<PlanBench> m_plans;
};

} // namespace tidemark::test
