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
    auto journal = readJournal(source.journal);
    if (!disk::exists(source.part) || !journal || !journal->belongsTo(from.job, from.fileName))
        return {}; // nothing has come yet
    for (const QString &path : {target.final, target.part, target.journal}) {
        if (disk::exists(path))
            return failed(disk::trouble(
                EEXIST,
                QCoreApplication::translate("tidemark::PartFile", "%1 cannot be used for this download").arg(path)));
    }
    const auto old = disk::openOwned(source.part);
    const auto size = old ? disk::size(*old) : failed(old.error());
    const auto copy = size ? disk::openOwned(target.part) : failed(size.error());
    if (!copy)
        return failed(copy.error());
    auto done = copyBytes(*old, *copy, *size, progress);
    journal->syncedBytes = *size;
    journal->bootId = disk::bootId();
    if (done)
        done = writeJournal(target.journal, *journal);
    if (done)
        done = disk::syncFolder(to.folder, disk::Sync::MovedName);
    if (!done) {
        disk::remove(target.part);
        removeJournal(target.journal);
    }
    return done;
}

} // namespace tidemark
