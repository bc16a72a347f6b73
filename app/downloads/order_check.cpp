#include "downloads/order_check.h"

#include "archive/archive_threads.h"
#include "base/later.h"

#include <algorithm>

namespace tidemark {

OrderCheck::OrderCheck(DownloadQueue &queue, QObject *parent)
    : QObject(parent)
    , m_queue(queue)
{
    connect(&queue, &DownloadQueue::ended, this, &OrderCheck::lookForWork);
    connect(&queue, &DownloadQueue::added, this, &OrderCheck::lookForWork);
    lookForWork();
}

OrderCheck::~OrderCheck()
{
    m_stop->store(true);
}

void OrderCheck::lookForWork()
{
    if (m_isBusy)
        return;
    const auto waits = [this](const Download &download) {
        const bool isWhole =
            download.state == DownloadState::Verified || download.state == DownloadState::IntactNotVerified;
        return isWhole && !download.orderChecked && !m_unreadable.contains(download.id);
    };
    const auto next = std::ranges::find_if(m_queue.downloads(), waits);
    if (next != m_queue.downloads().end())
        check(*next);
}

void OrderCheck::check(const Download &download)
{
    m_isBusy = true;
    const auto read = onArchiveThread([path = download.filePath, stop = m_stop] {
        return readRestoreInfo(path, [&stop](qint64) { return !stop->load(); });
    });
    whenDone(this, read,
             [this, id = download.id, expected = expectedOf(download.source)](const Result<RestoreInfo> &info) {
                 m_isBusy = false;
                 QStringList findings;
                 if (info) {
                     for (const auto &contradiction : restoreInfoContradictions(*info, expected))
                         findings << contradiction.sentence;
                 }
                 if (info || info.error().kind == ErrorKind::Parse) // without a restoreInfo.txt nothing contradicts
                     m_queue.noteOrderCheck(id, findings);
                 else
                     m_unreadable.insert(id);
                 lookForWork();
             });
}

RestoreInfoExpected expectedOf(const DownloadSource &source)
{
    RestoreInfoExpected expected = source.ordered;
    const RestoreInfoExpected named = expectedByFileName(source.fileName, source.job.value);
    if (expected.replicaSetName.isEmpty())
        expected.replicaSetName = named.replicaSetName;
    if (expected.momentSeconds == 0)
        expected.momentSeconds = named.momentSeconds;
    return expected;
}

} // namespace tidemark
