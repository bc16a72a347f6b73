#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cloud/values.h"
#include "downloads/download.h"

#include <QNetworkProxyFactory>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace tidemark {

/// Reads a restore job anew: its link, its header, its hashes. The composition root binds it to
/// CloudClient::restoreJob, so that downloads/ needs to know no credentials.
using JobReader = std::function<Async<RestoreJob>(const DownloadSource &source)>;

struct DownloadOptions
{
    int concurrent = 2;
    qint64 bytesPerSecondLimit = 0; ///< all downloads together; 0: none
    std::chrono::milliseconds stallTimeout{
        60000}; ///< no byte for this long after the request: connection dropped and tried again
    std::chrono::milliseconds firstBackoff{1000}; ///< doubled each time, with jitter
    std::chrono::milliseconds longestBackoff{60000};
    int attempts = 12;                                          ///< without a single new byte, before it fails …
    std::chrono::milliseconds patience{std::chrono::hours(12)}; ///< … and not before they have failed for so long
    std::chrono::milliseconds connectTimeout{30000};            ///< for each proxy or server
    std::chrono::milliseconds lateHashPoll{std::chrono::minutes(10)}; ///< for archives that are intact, not verified
    std::chrono::milliseconds linkWait{std::chrono::minutes(10)};     ///< of a job that is ready, for its link
    std::chrono::milliseconds hashWait{60000};                        ///< how long the published hash is waited for
    std::chrono::milliseconds hashPoll{2000};
    qint64 spaceReserve = qint64(256) * 1024 * 1024; ///< left free on the disk
    QStringList caCertificateFiles;                  ///< private CAs of all connections
    /// Those of one connection, as they are now, in their place; empty: caCertificateFiles.
    std::function<QStringList(const ConnectionId &)> caFilesFor;
    /// Whether links of plain http beyond loopback may be used for this connection; empty: for none.
    std::function<bool(const ConnectionId &)> plainHttpAllowed;
    /// The connection's proxies (cloud/network_setup.h), asked for each request; empty: none.
    std::function<std::shared_ptr<QNetworkProxyFactory>(const ConnectionId &)> proxiesFor;
};

/// The queue of downloads: order, concurrency, persistence, groups. Lives on the GUI thread; bytes move on other
/// threads. Everything survives a restart: the queue file lists the downloads, each part file has its journal beside
/// it.
class DownloadQueue : public QObject
{
    Q_OBJECT

public:
    /// `stateDir` holds the queue file; created 0700 when missing.
    DownloadQueue(JobReader reader, const Clock &clock, QString stateDir, DownloadOptions options,
                  QObject *parent = nullptr);
    ~DownloadQueue() override; ///< stops the transfers and saves; parts stay for the next start

    /// Takes up what an earlier run left. Downloads that were running go on by themselves (asked only where a fresh
    /// start may use up a download).
    void restore();

    /// Adds a download and starts it when its turn comes. Fails when this job's file is already being fetched into
    /// this folder.
    Result<DownloadId> add(const DownloadSource &source, const QString &folder);

    /// A part of a batch that the server will not deliver, as a row that has ended (`state`, `why`): what was ordered
    /// stays to be seen. `name` stands for the file's where the server names none. Nothing happens where this job is on
    /// the list already.
    void addMissing(const DownloadSource &source, const QString &folder, const QString &name, DownloadState state,
                    const Error &why);

    const std::vector<Download> &downloads() const; ///< in queue order
    const Download *download(const DownloadId &id) const;
    const DownloadOptions &options() const;
    void setConcurrent(int concurrent);
    void setBytesPerSecondLimit(qint64 limit);

    void pause(const DownloadId &id);
    void resume(const DownloadId &id);
    void pauseAll();
    void resumeAll();
    /// From Failed, LinkExpired, UsedUp, Corrupt: start again (Corrupt: from the first byte).
    void retry(const DownloadId &id);
    /// Brings a paused download with all its bytes to another folder, where it goes on.
    void moveToFolder(const DownloadId &id, const QString &folder);
    /// The answer to Download::question.
    void answer(const DownloadId &id, bool yes);
    /// Ends it; the part file is deleted only if `deletePart`.
    void cancel(const DownloadId &id, bool deletePart);
    /// What restoreInfo.txt of a finished archive says against its order; empty where nothing (order_check.h).
    void noteOrderCheck(const DownloadId &id, const QStringList &findings);
    /// Takes an ended download off the list; files stay.
    void remove(const DownloadId &id);
    void move(const DownloadId &id, int newPosition);

Q_SIGNALS:
    void added(const tidemark::DownloadId &id, int position);
    void changed(const tidemark::DownloadId &id);
    void removed(const tidemark::DownloadId &id);
    void moved(const tidemark::DownloadId &id, int newPosition);
    void ended(const tidemark::DownloadId &id);
    /// The list could not be read or saved, or a file of it was kept aside.
    void fileTrouble(const tidemark::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tidemark
