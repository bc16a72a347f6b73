/// Runs downloads to their ends, one batch after another, and says what the process costs between them.
///
///   download_cost_agent STATE-DIR FOLDER BASE-URL SHA1 CA-FILE NUMBER
///
/// Lines of "THREADS HEAP RESIDENT VERIFIED", sizes in bytes: with an empty queue, with half of NUMBER ended downloads
/// (by then the C library has as many arenas and stacks to use again as it ever needs), and with NUMBER more.
#include "downloads/download_queue.h"
#include "support/fake_jobs.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <functional>

#include <malloc.h>

using namespace tidemark;

namespace {

constexpr std::chrono::milliseconds Settling{500};
constexpr int MostSettlings = 40; ///< for the last syncs of the last downloads on a disk with other work

/// Without Qt's thread for D-Bus, which comes with the first request to keep the machine awake and stays.
int ownThreads()
{
    int count = 0;
    const QDir threads(QStringLiteral("/proc/self/task"));
    for (const QString &each : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(threads.filePath(each + QStringLiteral("/comm")));
        if (name.open(QIODevice::ReadOnly) && !name.readAll().startsWith("QDBus"))
            ++count;
    }
    return count;
}

void say(const DownloadQueue &queue)
{
    ::malloc_trim(0);
    const struct mallinfo2 heap = ::mallinfo2();
    qint64 resident = -1;
    QFile status(QStringLiteral("/proc/self/status"));
    if (status.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("RssAnon:")) // without the pages of libraries, which the system takes and gives
                resident = line.simplified().split(' ').value(1).toLongLong() * 1024;
        }
    }
    const auto verified = std::count_if(queue.downloads().begin(), queue.downloads().end(),
                                        [](const Download &each) { return each.state == DownloadState::Verified; });
    std::printf("%d %lld %lld %d\n", ownThreads(), static_cast<long long>(heap.uordblks + heap.hblkhd),
                static_cast<long long>(resident), static_cast<int>(verified));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 7)
        return 2;
    const int number = arguments.at(6).toInt();
    DownloadOptions options = test::quickOptions();
    options.stallTimeout = std::chrono::seconds(15);
    options.caCertificateFiles = {arguments.at(5)};
    const SystemClock clock;
    const JobReader reader = [&arguments](const DownloadSource &source) {
        test::FakeJobs jobs;
        jobs.publish(source.fileName, arguments.at(4));
        jobs.job.delivery.url = arguments.at(3) + QStringLiteral("/backup/restore/v2/pull/job/KEY=/") + source.fileName;
        return jobs.reader()(source);
    };
    DownloadQueue queue(reader, clock, arguments.at(1), options);
    queue.restore();

    int ended = 0;
    int added = 0;
    int settlings = 0;
    const int threads = ownThreads();
    std::function<void()> goOn = [&] {
        if (ownThreads() > threads && ++settlings < MostSettlings) {
            QTimer::singleShot(Settling, &queue, goOn);
            return;
        }
        settlings = 0;
        say(queue);
        if (added == number / 2 + number) {
            QCoreApplication::quit();
            return;
        }
        for (const int end = added + (added == 0 ? number / 2 : number); added < end; ++added) {
            DownloadSource source;
            source.job = JobId(QString::number(added));
            source.fileName = QStringLiteral("file%1.tar.gz").arg(added);
            source.maxDownloads = 100;
            if (!queue.add(source, arguments.at(2)))
                QCoreApplication::exit(3);
        }
    };
    QObject::connect(&queue, &DownloadQueue::ended, &queue, [&] {
        if (++ended == added)
            QTimer::singleShot(Settling, &queue, goOn);
    });
    QTimer::singleShot(Settling, &queue, goOn);
    return QCoreApplication::exec();
}
