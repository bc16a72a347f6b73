#include "downloads/part_file.h"

#include <QCoreApplication>

#include <cerrno>
#include <vector>

namespace tidemark {

namespace {

constexpr qint64 Block = 1024 * 1024;

tl::unexpected<disk::Trouble> failed(disk::Trouble trouble)
{
    return tl::unexpected<disk::Trouble>(std::move(trouble));
}

disk::DiskResult<void> copyBytes(const disk::File &from, const disk::File &to, qint64 size,
                                 const PartFile::Progress &progress)
{
    std::vector<char> block(Block);
    for (qint64 done = 0; done < size;) {
        const auto count = disk::readAt(from, block.data(), std::min(Block, size - done), done);
        if (!count)
            return failed(count.error());
        for (qint64 written = 0; written < *count;) {
            const auto more = disk::writeAt(to, block.data() + written, *count - written, done + written);
            if (!more)
                return failed(more.error());
            written += *more;
        }
        done += *count;
        if (*count == 0 || !progress(done, size)) {
            disk::Trouble trouble;
            trouble.error.kind = ErrorKind::Cancelled;
            return failed(trouble);
        }
    }
    return disk::syncData(to, disk::Sync::MovedData);
}

} // namespace

disk::DiskResult<void> copyPart(const PartOwner &from, const PartOwner &to, const PartFile::Progress &progress)
{
    if (auto folder = disk::checkFolder(to.folder); !folder)
        return folder;
    const DownloadPaths source(from.folder, from.localName);
    const DownloadPaths target(to.folder, to.localName);
    if (!disk::exists(source.part))
        return {}; // nothing has come yet
    for (const QString &path : {target.final, target.part, target.journal}) {
        if (disk::exists(path))
            return failed(disk::trouble(
                EEXIST,
                QCoreApplication::translate("tidemark::PartFile", "%1 cannot be used for this download").arg(path)));
    }
    // Only what can be believed goes along: after a loss of power the rest may be zeros.
    PartFile old(from);
    const auto opened = old.open(false, progress);
    if (!opened && opened.error().pause == PauseReason::NameTaken)
        return {};     // what is there is not this download's
    if (!old.isOpen()) // a journal that cannot be written at the first place, where the disk is full, is not needed
        return opened;
    const auto bytes = disk::openForReading(source.part);
    const auto copy = bytes ? disk::openOwned(target.part) : failed(bytes.error());
    if (!copy)
        return failed(copy.error());
    auto done = copyBytes(*bytes, *copy, old.size(), progress);
    Journal journal = old.journal();
    journal.syncedBytes = old.size();
    if (done)
        done = writeJournal(target.journal, journal);
    if (!done) {
        disk::remove(target.part);
        removeJournal(target.journal);
    }
    return done;
}

} // namespace tidemark
