#pragma once

#include "downloads/disk.h"
#include "downloads/journal.h"
#include "downloads/part_file.h"
#include "downloads/write_queue.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace tidemark {

/// What a part file is, as its thread last saw it.
struct PartState
{
    qint64 size = 0;
    Journal journal;
    bool published = false;
    QString setAsidePath;
    QString sha1;      ///< of the bytes so far
    disk::Space space; ///< of the folder
};

/// Writes and hashes one archive on a thread of its own, in the order in which things were handed to it. Answers come
/// in the owner's thread. After a failure of the disk the bytes of that stream are dropped and `troubled` says why,
/// once; the file and its hash stay in step.
class ArchiveWriter : public QObject
{
    Q_OBJECT

public:
    ArchiveWriter(const QString &folder, const QString &localName, const JobId &job, const QString &fileName,
                  QObject *parent = nullptr);
    /// Does what was handed over, syncs, and ends the thread.
    ~ArchiveWriter() override;

    template<typename T>
    using Answer = std::function<void(const disk::DiskResult<T> &)>;

    /// Opens, or makes sure that what is open still is what it was; hashes what is already here.
    void open(const Answer<PartState> &answer);
    void noteRequest(int change, const Answer<PartState> &answer);
    /// After everything handed over so far is written and hashed.
    void settle(const Answer<PartState> &answer);
    void sync(const Answer<PartState> &answer);
    void markComplete(bool endCertain, const Answer<PartState> &answer);
    void markIncomplete(const Answer<PartState> &answer);
    void notePublishedHash(const QString &hash);
    void truncate(const Answer<PartState> &answer);
    void publish(bool writeChecksum, const Answer<QString> &answer);
    void setAside(const Answer<QString> &answer);
    void discard(const Answer<void> &answer);
    void close(const Answer<void> &answer);
    void forgetJournal(const Answer<void> &answer);
    /// Stops a hashing that `open` began; its answer is an error of kind Cancelled.
    void stopChecking();

    /// Where the reader's thread puts the bytes.
    std::shared_ptr<WriteQueue> queue() const { return m_queue; }

    qint64 bytesOnDisk() const { return m_bytesOnDisk; }
    qint64 freeBytes() const { return m_freeBytes; } ///< of the folder's disk, looked at every second; -1: unknown
    qint64 bytesChecked() const { return m_bytesChecked; }
    qint64 bytesToCheck() const { return m_bytesToCheck; }
    std::chrono::nanoseconds hashTime() const { return std::chrono::nanoseconds(m_hashTime); }
    std::chrono::nanoseconds writeTime() const { return std::chrono::nanoseconds(m_writeTime); }

Q_SIGNALS:
    void troubled(quint64 stream, const tidemark::disk::Trouble &trouble);

private:
    template<typename T, typename Work>
    void run(const Answer<T> &answer, Work work);
    void loop(PartFile &file);
    void handle(PartFile &file, WriteQueue::Item &item);
    void report(quint64 stream, const disk::Trouble &trouble);
    void showProgress(const PartFile &file);
    disk::DiskResult<void> openFile(PartFile &file);
    disk::DiskResult<PartState> stateAfter(const disk::DiskResult<void> &done, const PartFile &file);
    void lookAtSpace();

    QString m_folder;
    std::shared_ptr<WriteQueue> m_queue;
    quint64 m_stream = 0; ///< of the writer's thread: the stream whose bytes are taken; 0: none
    std::atomic<bool> m_stopChecking{false};
    std::chrono::steady_clock::time_point m_lastSpaceLook;
    std::atomic<qint64> m_bytesOnDisk{0};
    std::atomic<qint64> m_freeBytes{-1};
    std::atomic<qint64> m_bytesChecked{0};
    std::atomic<qint64> m_bytesToCheck{0};
    std::atomic<qint64> m_hashTime{0};
    std::atomic<qint64> m_writeTime{0};
    std::thread m_thread;
};

} // namespace tidemark
