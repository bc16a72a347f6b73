/// Downloads one archive with the real queue and ends: a process that tests can kill anywhere.
///
///   download_agent STATE-DIR FOLDER URL FILE-NAME SHA1 [STEP]
///
/// STEP: kill -9 of itself before its n-th system call that changes the disk. Exit status 0: verified. 10 and more: the
/// state it came to rest in.
#include "downloads/disk.h"
#include "downloads/safe_name.h"
#include "support/fake_jobs.h"

#include <QCoreApplication>
#include <QTimer>

#include <atomic>
#include <csignal>
#include <cstdio>

#include <unistd.h>

using namespace tidemark;

namespace {

std::atomic<int> s_step{0};
std::atomic<int> s_lastStep{0};

int countStep(const disk::Step &)
{
    if (++s_step == s_lastStep)
        ::kill(::getpid(), SIGKILL);
    return 0;
}

constexpr disk::Seam CountSteps{.before = countStep};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 6)
        return 2;
    s_lastStep = arguments.value(6, QStringLiteral("0")).toInt();
    disk::setSeam(&CountSteps);

    test::FakeJobs jobs;
    jobs.job.delivery.url = arguments.at(3);
    jobs.publish(arguments.at(4), arguments.at(5));
    DownloadSource source;
    source.job = jobs.job.id;
    source.fileName = arguments.at(4);
    source.maxDownloads = jobs.job.delivery.maxDownloads;

    const SystemClock clock;
    DownloadQueue queue(jobs.reader(), clock, arguments.at(1), test::quickOptions());
    const auto endWith = [&](const DownloadId &id) {
        const Download *download = queue.download(id);
        const bool rests = download && (isEnd(download->state) || download->state == DownloadState::Paused);
        if (!rests)
            return;
        std::printf("steps %d\n", s_step.load());
        // The journal goes when the end is saved; that happens too, however long it takes here.
        const QString journal = DownloadPaths(download->folder, download->localName).journal;
        auto *tidied = new QTimer(&queue);
        QObject::connect(tidied, &QTimer::timeout, [journal, state = download->state] {
            if (!isFinished(state) || !disk::exists(journal))
                QCoreApplication::exit(state == DownloadState::Verified ? 0 : 10 + static_cast<int>(state));
        });
        tidied->start(10);
    };
    QObject::connect(&queue, &DownloadQueue::changed, &queue, endWith);
    queue.restore();
    if (queue.downloads().empty() && !queue.add(source, arguments.at(2)))
        return 3;
    for (const Download &download : queue.downloads())
        endWith(download.id);
    return QCoreApplication::exec();
}
