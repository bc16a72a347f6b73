#pragma once

#include "base/kept_file.h"
#include "downloads/disk.h"
#include "downloads/download.h"

#include <QDateTime>
#include <QJsonArray>
#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tidemark {

/// The queue on disk. Writing happens on a thread of its own, since bringing a file to the disk can take seconds under
/// load; the newest state wins. Each running copy of the program has a file of its own (downloads.json,
/// downloads-2.json, …, each with a lock that is held as long as the program runs), and what a copy that is gone left
/// behind is taken over by the next. A file that is damaged or newer is kept aside, one that cannot be read stays as it
/// is, and what an entry says that this version does not understand is kept (KeptFile).
class QueueStore : public QObject
{
    Q_OBJECT

public:
    explicit QueueStore(const QString &folder, QObject *parent = nullptr);
    ~QueueStore() override; ///< writes what is still to be written

    /// What earlier runs left, in order, each download once. Blocking; once, at the start, before the first save().
    std::vector<Download> load();
    void save(const std::vector<Download> &downloads);
    /// Runs on the same thread, after the saves before it.
    void post(std::function<void()> work);

Q_SIGNALS:
    /// What was handed over for saving until save number `number` (1, 2, …) is on the disk.
    void saved(quint64 number);
    /// What the window should say: a file kept aside, one that cannot be read, a list that could not be saved (once,
    /// until one was saved again).
    void trouble(const tidemark::Error &error);

private:
    struct Slot
    {
        QString path;
        disk::File lock;
    };

    /// What one file holds.
    struct Kept
    {
        QDateTime saved;
        std::vector<Download> downloads;
        QJsonArray notUnderstood;
    };

    bool claim(int number, Slot &slot) const;
    void claimUnused();
    std::optional<Kept> read(const Slot &slot);
    void loop();
    void write(const std::vector<Download> &downloads, quint64 number);
    Result<bool> writeOwn(const std::vector<Download> &downloads);

    QString m_folder;
    Slot m_own;
    std::vector<Slot> m_takenOver; ///< deleted after the first save
    QJsonArray m_notUnderstood;    ///< written back as it was
    bool m_hasFailed = false;      ///< the last write
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<std::function<void()>> m_work;
    std::vector<Download> m_pending;
    quint64 m_pendingNumber = 0; ///< 0: nothing to save
    quint64 m_number = 0;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace tidemark
