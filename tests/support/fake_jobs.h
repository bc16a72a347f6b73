#pragma once

#include "downloads/download_queue.h"

#include <QPromise>

#include <functional>
#include <memory>

namespace tidemark::test {

/// A restore job as the API would answer it, changed by tests as they go; counts how often it was read.
class FakeJobs
{
public:
    RestoreJob job;
    int reads = 0;
    /// Called before each answer; may change `job`.
    std::function<void(FakeJobs &jobs)> beforeRead;
    std::optional<Error> error; ///< answered in place of the job

    FakeJobs()
    {
        job.id = JobId(QStringLiteral("5ff5e4a1e4b0a1c2d3e4f5a6"));
        job.status = JobStatus::Finished;
        job.statusName = QStringLiteral("FINISHED");
        job.delivery.status = DeliveryStatus::Ready;
        job.delivery.statusName = QStringLiteral("READY");
        job.delivery.maxDownloads = 100;
    }

    void publish(const QString &fileName, const QString &hash, const QString &type = QStringLiteral("SHA1"))
    {
        job.hashes = {FileHash{fileName, hash, type}};
    }

    JobReader reader()
    {
        return [this](const DownloadSource &) {
            ++reads;
            if (beforeRead)
                beforeRead(*this);
            QPromise<Result<RestoreJob>> promise;
            promise.start();
            promise.addResult(error ? Result<RestoreJob>(failure(*error)) : Result<RestoreJob>(job));
            promise.finish();
            return promise.future();
        };
    }
};

/// Short pauses, so that tests of many tries stay short.
inline DownloadOptions quickOptions()
{
    using namespace std::chrono_literals;
    DownloadOptions options;
    options.stallTimeout = 600ms;
    options.firstBackoff = 20ms;
    options.longestBackoff = 100ms;
    options.attempts = 5;
    options.patience = 0ms;
    options.connectTimeout = 5000ms;
    options.hashWait = 300ms;
    options.hashPoll = 30ms;
    options.spaceReserve = 1024 * 1024;
    return options;
}

} // namespace tidemark::test
