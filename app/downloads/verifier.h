#pragma once

#include "archive/archive_check.h"
#include "downloads/job_lookup.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <optional>
#include <thread>

namespace tidemark {

/// What is to be judged: a file all of whose bytes seem to be here.
struct VerifyRequest
{
    DownloadSource source;
    QString path;
    QString sha1; ///< of the bytes in it
    qint64 size = 0;
    bool endIsCertain = true; ///< false where the body had no length: it may have been cut
};

struct Verdict
{
    enum class Kind {
        Verified,          ///< the published SHA-1 for this file name is that of the bytes
        IntactNotVerified, ///< none was published in time; gzip and tar end properly
        Corrupt,           ///< another hash is published, or the archive is damaged
        Incomplete         ///< the archive ends too early and its end was never certain: fetch the rest
    };
    Kind kind = Kind::Corrupt;
    QString publishedHash;
    QString sentence;
};

/// Waits for the published hash (it appears some time after the download, Public API, restore jobs, `hashes`) and,
/// where none comes or the end is uncertain, has the archive tested to its end on another thread. Only a matching hash
/// makes Verified.
class Verifier : public QObject
{
    Q_OBJECT

public:
    Verifier(JobReader reader, std::chrono::milliseconds hashWait, std::chrono::milliseconds hashPoll,
             VerifyRequest request, QObject *parent = nullptr);
    ~Verifier() override; ///< stops everything; no verdict follows

    void start();
    /// Bytes of the file that the archive test has read; 0 while it waits for the hash.
    qint64 bytesTested() const { return m_bytesTested; }

Q_SIGNALS:
    void decided(const tidemark::Verdict &verdict);

private:
    void readJob();
    void onJob(const Result<RestoreJob> &job);
    void startTest();
    void onTested(const Result<ArchiveCheck> &check);
    void decide(Verdict::Kind kind, const QString &sentence);
    void decideByTest();

    JobLookup m_lookup;
    std::chrono::milliseconds m_hashWait;
    VerifyRequest m_request;
    QTimer m_poll;
    QElapsedTimer m_waited;
    QString m_publishedHash;
    std::optional<Result<ArchiveCheck>> m_check;
    bool m_lastLook = false;
    bool m_decided = false;
    std::thread m_thread;
    std::atomic<bool> m_stop{false};
    std::atomic<qint64> m_bytesTested{0};
};

} // namespace tidemark
