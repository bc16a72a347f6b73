#pragma once

#include "downloads/archive_link.h"
#include "downloads/archive_network.h"
#include "downloads/archive_reader.h"
#include "downloads/archive_writer.h"
#include "downloads/download_queue.h"
#include "downloads/job_lookup.h"
#include "downloads/link_judgement.h"
#include "downloads/retry_policy.h"
#include "downloads/speed_meter.h"
#include "downloads/verifier.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace tidemark {

/// What every transfer of a queue shares.
struct TransferContext
{
    JobReader reader;
    const Clock *clock = nullptr;
    const DownloadOptions *options = nullptr;
    ArchiveNetwork *network = nullptr;
    /// Bytes that other downloads still need on the same disk.
    std::function<qint64(const DownloadId &id, quint64 device)> reservedByOthers;
};

/// One download's way through the states (downloads/download.h). Lives on the GUI thread and only decides; bytes move
/// on the reader's and the writer's threads. The queue tells it when its turn has come.
class Transfer : public QObject
{
    Q_OBJECT

public:
    Transfer(Download download, const TransferContext &context, QObject *parent = nullptr);
    ~Transfer() override; ///< drops the connection, saves what came

    const Download &download() const { return m_download; }
    /// Counts against the limit of downloads at once.
    bool holdsSlot() const;
    /// Bytes still to be written, as far as known, and the disk they go to; for other downloads' space.
    qint64 bytesStillNeeded() const;
    quint64 device() const { return m_device; }

    void start();
    /// Ready to be started when its turn comes.
    void enqueue();
    void pause(PauseReason reason);
    void cancel(bool deletePart);
    void answer(bool yes);
    /// Takes the counters' values into download(); true when something a person sees has changed.
    bool refresh();
    /// The end is noted on disk: what was kept to find it again may go.
    void endSaved();

Q_SIGNALS:
    /// Any transition: to be saved and shown at once.
    void stateChanged();

private:
    // What leads on, in the order of a download's life
    void onOpened(const PartState &part);
    void connectToServer();
    void askForJob();
    void onJob(const Result<RestoreJob> &job);
    void onNoLink(const LinkJudgement &judgement);
    void sendRequest();
    void onAnswered(quint64 stream, const AnswerPlan &plan);
    void onEnded(quint64 stream, const ReadEnd &end);
    void afterEnd(const ReadEnd &end, const PartState &part);
    void afterBody(const ReadEnd &end);
    void startOver(const Error &why);
    void verify(bool endIsCertain);
    void onVerdict(const Verdict &verdict);

    enum class Counting { Yes, No };
    void waitAndRetry(const Error &why, Counting counting = Counting::Yes);
    void pauseWith(PauseReason reason, const Error &error, Question question = Question::None);
    void onTrouble(const disk::Trouble &trouble);
    void end(DownloadState state, std::optional<Error> error, const QString &path = {});
    void askBeforeRestart(const Error &why);
    void askAboutSize();
    void setState(DownloadState state);
    void halt(); ///< stops whatever is under way; nothing of it is heard any more
    void ensureReader();

    bool nextRequestIsPrecious() const;
    std::optional<Error> spaceObjectionNow() const;
    /// The writer's answer to something begun in this epoch; trouble goes the way of all trouble.
    template<typename T>
    std::function<void(const disk::DiskResult<T> &)> guarded(std::function<void(const T &)> next)
    {
        return [this, epoch = m_epoch, next = std::move(next)](const disk::DiskResult<T> &result) {
            if (epoch != m_epoch)
                return;
            if (result)
                next(*result);
            else
                onTrouble(result.error());
        };
    }

    Download m_download;
    TransferContext m_context;
    std::unique_ptr<ArchiveWriter> m_writer;
    QPointer<ArchiveReader> m_reader; ///< lives on the archives' thread
    std::unique_ptr<Verifier> m_verifier;
    JobLookup m_lookup;
    QTimer m_retryTimer;
    RetryPolicy m_retry;
    SpeedMeter m_meter;

    ArchiveLink m_link;
    std::optional<Error> m_refusal; ///< why the job is being read again
    int m_refusals = 0;             ///< of the same link, one after another
    PartState m_part;
    AnswerPlan m_plan;
    quint64 m_stream = 0;
    quint64 m_epoch = 0; ///< what was begun in an older one is not heard any more
    quint64 m_device = 0;
    qint64 m_bestSize = 0;
    bool m_restartAgreed = false;
    bool m_sizeAgreed = false;
    bool m_estimateIgnored = false;
    bool m_journalToForget = false;
    bool m_maybeComplete = false;
};

} // namespace tidemark
