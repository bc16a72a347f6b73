#pragma once

#include "downloads/download_queue.h"

#include <QSet>

#include <atomic>
#include <memory>

namespace tidemark {

/// Holds what finished archives say of themselves (restoreInfo.txt) against what was ordered, one after the other on an
/// archive thread: the right bytes of the wrong snapshot are verified, too. A contradiction becomes a finding beside
/// the verdict (Download::findings). An archive that cannot be read now is looked at again at the next start.
class OrderCheck : public QObject
{
    Q_OBJECT

public:
    explicit OrderCheck(DownloadQueue &queue, QObject *parent = nullptr);
    ~OrderCheck() override; ///< stops the reading

private:
    void lookForWork();
    void check(const Download &download);

    DownloadQueue &m_queue;
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);
    bool m_isBusy = false;
    QSet<DownloadId> m_unreadable; ///< in this run
};

/// What the archive is to say: as job and snapshot have it, and where they do not tell, as its name has it.
RestoreInfoExpected expectedOf(const DownloadSource &source);

} // namespace tidemark
