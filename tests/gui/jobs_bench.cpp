#include "jobs_bench.h"

#include "session/download_starter.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QTreeView>

#include <algorithm>

namespace tidemark::test {

JobsBench::JobsBench()
    : demo(std::make_unique<DemoSession>())
    , settings(m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
{
    if (!demo->open())
        m_problem = demo->problem();
    queue = std::make_unique<DownloadQueue>(
        [this](const DownloadSource &source) {
            return demo->session().client().restoreJob(source.project, source.cluster, source.job);
        },
        clock, path(QStringLiteral("state")), DownloadOptions());
}

JobsBench::~JobsBench() = default;

bool JobsBench::show()
{
    using Reporting = QAbstractItemModelTester::FailureReportingMode;
    tab = std::make_unique<JobsTab>(*queue, clock, settings);
    new QAbstractItemModelTester(&tab->model(), Reporting::QtTest, tab.get());
    new QAbstractItemModelTester(view()->model(), Reporting::QtTest, tab.get());
    tab->setSession(&demo->session());
    tab->resize(1400, 600);
    tab->show();
    return QTest::qWaitForWindowExposed(tab.get());
}

QTreeView *JobsBench::view() const
{
    return tab->findChild<QTreeView *>(QStringLiteral("jobs"));
}

QString JobsBench::order(RestoreMode mode, const QString &source, const QString &target)
{
    const Result<OrderOutcome> outcome = demo->order(mode, source, target);
    return outcome && outcome->kind == OrderOutcome::Kind::Ordered ? groupKeyOf(*outcome) : QString();
}

bool JobsBench::waitUntilReady(const QString &key) const
{
    return QTest::qWaitFor(
        [&] {
            const JobGroup *found = demo->session().jobs().group(key);
            return found && std::ranges::all_of(
                                found->jobs, [this](const RestoreJob &job) { return hasUsableLink(job, clock.now()); });
        },
        30000);
}

QStringList JobsBench::links(const QString &key) const
{
    QStringList all;
    for (const RestoreJob &job : group(key).jobs)
        all << job.delivery.url;
    return all;
}

} // namespace tidemark::test
