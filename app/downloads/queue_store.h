#pragma once

#include "downloads/disk.h"
#include "downloads/download.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tidemark {

/// The queue on disk. Writing happens on a thread of its own, since bringing a file to the disk can take seconds under
/// load; the newest state wins. Each running copy of the program has a file of its own (downloads.json,
/// downloads-2.json, …, each with a lock), and what a copy that is gone left behind is taken over by the next.
class QueueStore : public QObject
{
    Q_OBJECT

public:
    explicit QueueStore(const QString &folder, QObject *parent = nullptr);
    ~QueueStore() override; ///< writes what is still to be written

    /// What earlier runs left, in order. Blocking; once, at the start.
    std::vector<Download> load();
    void save(const std::vector<Download> &downloads);
    /// Runs on the same thread, after the saves before it.
    void post(std::function<void()> work);

Q_SIGNALS:
    /// What was handed over for saving until save number `number` (1, 2, …) is on the disk.
    void saved(quint64 number);
    void saveFailed(const tidemark::Error &error);

private:
    struct Slot
    {
        QString path;
        disk::File lock;
    };

    bool claim(int number, Slot &slot) const;
    void loop();
    void write(const std::vector<Download> &downloads, quint64 number);

    QString m_folder;
    Slot m_own;
    std::vector<Slot> m_takenOver; ///< deleted after the first save
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
