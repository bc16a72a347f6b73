#pragma once

#include "support/archive_answers.h"
#include "support/archive_builder.h"
#include "support/fake_jobs.h"
#include "support/file_contents.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace tidemark::test {

/// One download of one archive from one scripted server into a folder of its own.
class DownloadFixture
{
    QTemporaryDir m_dir; ///< goes last: the queue saves into it at its end

public:
    DownloadFixture()
    {
        QDir(m_dir.path()).mkdir(QStringLiteral("files"));
        options = quickOptions();
        jobs.job.delivery.maxDownloads = 100;
    }

    static QString fileName() { return QStringLiteral("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz"); }
    QString folder() const { return m_dir.filePath(QStringLiteral("files")); }
    QString stateDir() const { return m_dir.filePath(QStringLiteral("state")); }
    QString path(const QString &suffix = {}) const { return QDir(folder()).filePath(fileName() + suffix); }

    void serve(const QList<Reply> &script)
    {
        server = std::make_unique<ScriptedServer>(playing(script));
        linkToServer();
    }

    void serve(Play play)
    {
        server = std::make_unique<ScriptedServer>(playing(std::move(play)));
        linkToServer();
    }

    void linkToServer()
    {
        jobs.job.delivery.url =
            server->url(QStringLiteral("/backup/restore/v2/pull/job/KEY=/") + fileName()).toString(QUrl::FullyEncoded);
    }

    void makeQueue()
    {
        queue.reset();
        queue = std::make_unique<DownloadQueue>(jobs.reader(), clock, stateDir(), options);
        queue->restore();
    }

    DownloadSource source() const
    {
        DownloadSource source;
        source.job = jobs.job.id;
        source.fileName = fileName();
        source.maxDownloads = jobs.job.delivery.maxDownloads;
        return source;
    }

    DownloadId add() { return *queue->add(source(), folder()); }
    const Download &download(const DownloadId &id) const { return *queue->download(id); }

    bool waitForState(const DownloadId &id, DownloadState state, int ms = 30000)
    {
        const bool reached = QTest::qWaitFor([&] { return download(id).state == state; }, ms);
        if (!reached)
            qWarning().noquote() << describe(id);
        return reached;
    }

    /// Until nothing more happens by itself: an end, or a pause.
    bool waitForRest(const DownloadId &id, int ms = 40000)
    {
        const bool reached = QTest::qWaitFor(
            [&] { return isEnd(download(id).state) || download(id).state == DownloadState::Paused; }, ms);
        if (!reached)
            qWarning().noquote() << describe(id);
        return reached;
    }

    QString describe(const DownloadId &id) const
    {
        const Download &it = download(id);
        return QStringLiteral("%1 after %2 bytes, %3 requests: %4")
            .arg(stateText(it, clock.now()))
            .arg(it.bytesReceived)
            .arg(server ? server->requestCount() : 0)
            .arg(it.error ? it.error->sentence : QString());
    }

    SystemClock clock;
    FakeJobs jobs;
    DownloadOptions options;
    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<DownloadQueue> queue; ///< goes before server and jobs
};

} // namespace tidemark::test
