#pragma once

#include "downloads/disk.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tidemark {

/// NAME.part.owner: who works on a part file, where locks do not work or reach this machine's programs alone (some
/// shared folders). It names host, start of the machine and process, and is renewed as long as that lives, so that a
/// program on a second host keeps off, and one that was killed holds nobody up for long.
class OwnerFile
{
public:
    static constexpr std::chrono::seconds RenewedEvery{20};
    /// Without renewal for so long, by the share's own clock, its owner is gone.
    static constexpr std::chrono::seconds GoneAfter{60};

    OwnerFile() = default;
    ~OwnerFile();
    OwnerFile(const OwnerFile &) = delete;
    OwnerFile &operator=(const OwnerFile &) = delete;

    /// InUseElsewhere where another owner is alive. Where the file cannot be written, the promise is weakened: that is
    /// logged, and no failure. Blocking.
    disk::DiskResult<void> take(const QString &path);
    void release();
    /// Another host took the file over, since it could not be renewed for too long: nothing may be written any more.
    bool isLost() const { return m_lost; }

    /// What the thread does; for tests.
    void renew();

private:
    void keepRenewing();

    QString m_path; ///< empty: not taken
    QByteArray m_mark;
    std::atomic<bool> m_lost{false};
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace tidemark
