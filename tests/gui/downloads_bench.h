#pragma once

#include "support/archive_answers.h"
#include "support/archive_builder.h"
#include "support/fake_jobs.h"
#include "ui/downloads/download_folder.h"
#include "ui/downloads/downloads_model.h"
#include "ui/downloads/downloads_tab.h"

#include <QSettings>
#include <QTemporaryDir>

#include <map>
#include <memory>
#include <mutex>

class QTreeView;

namespace tidemark::test {

/// The tab Downloads over the real queue, fetching from a server on loopback into a folder of its own. Restore jobs are
/// what the test says they are.
class DownloadsBench
{
public:
    DownloadsBench();
    ~DownloadsBench();

    /// The queue and the tab over it, in place of those before, as at the next start. False when it is not shown.
    bool show(const DownloadOptions &options = quickOptions());
    /// One archive of this job that the link may fetch once; of a batch of so many where it is of one.
    static DownloadSource source(const QString &job, const BatchId &batch = {}, int archives = 2);
    /// Answers with this under the job's link; an empty hash is not published.
    void serve(const QString &job, const Reply &reply, const QString &hash = {});
    DownloadId add(const DownloadSource &source);
    const Download &download(const DownloadId &id) const { return *queue->download(id); }
    bool waitFor(const DownloadId &id, DownloadState state) const;
    QString detail(const char *label) const; ///< the text of a visible label; empty where there is none
    QString press(const QString &button);
    QTreeView *view() const;
    QString path(const QString &name) const { return m_dir.filePath(name); }

private:
    SystemClock m_clock;
    QTemporaryDir m_dir;
    std::mutex m_mutex;
    std::map<QByteArray, Reply> m_replies; ///< by file name

public:
    std::map<QString, RestoreJob> jobs;
    std::optional<Error> readError; ///< answered in place of every job
    std::unique_ptr<ScriptedServer> server;
    QSettings settings;
    DownloadFolder folder;
    std::unique_ptr<DownloadQueue> queue;
    std::unique_ptr<DownloadsTab> tab;
    const QByteArray archive = makeArchive(400000);
};

} // namespace tidemark::test
