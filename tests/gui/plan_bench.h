#pragma once

#include "plans/plan_disk.h"
#include "support/demo_window.h"
#include "support/ui_driver.h"

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
    QWidget *dialog() const { return window()->findChild<QWidget *>(QStringLiteral("planDialog")); }
    QString text() const { return dialog() ? driver::visibleText(dialog()) : QString(); }

    DemoCloud &cloud;
    QTemporaryDir dir;
    std::unique_ptr<WindowBench> bench;
};

} // namespace tidemark::test
