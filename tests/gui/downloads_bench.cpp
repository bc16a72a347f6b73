#include "downloads_bench.h"

#include "support/ui_driver.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QLabel>
#include <QTest>
#include <QTreeView>

namespace tidemark::test {

DownloadsBench::DownloadsBench()
    : server(std::make_unique<ScriptedServer>([this](const RecordedRequest &request) {
        const std::scoped_lock lock(m_mutex);
        return m_replies.at(request.target.mid(request.target.lastIndexOf('/') + 1)).to(request);
    }))
    , settings(m_dir.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
    , folder(settings)
{
    QDir(m_dir.path()).mkdir(QStringLiteral("files"));
    folder.setPath(m_dir.filePath(QStringLiteral("files")));
}

DownloadsBench::~DownloadsBench() = default;

bool DownloadsBench::show(const DownloadOptions &options)
{
    tab.reset();
    queue.reset();
    const JobReader reader = [this](const DownloadSource &asked) {
        return QtFuture::makeReadyFuture(readError ? Result<RestoreJob>(failure(*readError))
                                                   : Result<RestoreJob>(jobs.at(asked.job.value)));
    };
    queue = std::make_unique<DownloadQueue>(reader, m_clock, path(QStringLiteral("state")), options);
    queue->restore();
    tab = std::make_unique<DownloadsTab>(*queue, folder, m_clock, settings);
    new QAbstractItemModelTester(&tab->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, tab.get());
    tab->resize(1200, 700);
    tab->show();
    return QTest::qWaitForWindowExposed(tab.get());
}

DownloadSource DownloadsBench::source(const QString &job, const BatchId &batch, int archives)
{
    DownloadSource source;
    source.connection = ConnectionId(QStringLiteral("c"));
    source.snapshot = SnapshotId(QStringLiteral("snap"));
    source.job = JobId(job);
    source.batch = batch;
    source.fileName = job + QStringLiteral(".tar.gz");
    source.expectedFileSizeBytes = 500000;
    source.maxDownloads = 1;
    if (!batch.isEmpty()) {
        source.batchTitle = QStringLiteral("ledger, %1 archives").arg(archives);
        source.batchArchives = archives;
    }
    return source;
}

void DownloadsBench::serve(const QString &job, const Reply &reply, const QString &hash)
{
    const QString fileName = job + QStringLiteral(".tar.gz");
    {
        const std::scoped_lock lock(m_mutex);
        m_replies[fileName.toLatin1()] = reply;
    }
    FakeJobs fake;
    fake.job.id = JobId(job);
    fake.job.delivery.maxDownloads = 1;
    fake.job.delivery.url =
        server->url(QStringLiteral("/backup/restore/v2/pull/job/KEY=/") + fileName).toString(QUrl::FullyEncoded);
    if (!hash.isEmpty())
        fake.publish(fileName, hash);
    jobs[job] = fake.job;
}

DownloadId DownloadsBench::add(const DownloadSource &what)
{
    const auto id = queue->add(what, folder.path());
    return id ? *id : DownloadId();
}

bool DownloadsBench::waitFor(const DownloadId &id, DownloadState state) const
{
    const bool reached = QTest::qWaitFor([&] { return download(id).state == state; }, 20000);
    if (!reached)
        qWarning().noquote() << stateText(download(id).state)
                             << (download(id).error ? download(id).error->sentence : QString());
    return reached;
}

QString DownloadsBench::detail(const char *name) const
{
    const auto *label = tab->findChild<QLabel *>(QString::fromLatin1(name));
    return label && label->isVisible() ? label->text() : QString();
}

QString DownloadsBench::press(const QString &button)
{
    return driver::press(tab.get(), button);
}

QTreeView *DownloadsBench::view() const
{
    return tab->findChild<QTreeView *>(QStringLiteral("downloads"));
}

} // namespace tidemark::test
