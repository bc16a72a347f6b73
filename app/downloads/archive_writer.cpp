#include "downloads/archive_writer.h"

#include "base/log.h"
#include "base/thread_priority.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

/// Four buffers of 4 MiB for each download: one fills from the socket, one is written, one is hashed, one evens out.
/// Half the size made writing past the page cache slower by a third; twice the size gained nothing.
constexpr int Buffers = 4;
constexpr qint64 BufferSize = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds IdleTick{1000};

} // namespace

ArchiveWriter::ArchiveWriter(const QString &folder, const QString &localName, const JobId &job, const QString &fileName,
                             QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_queue(std::make_shared<WriteQueue>(Buffers, BufferSize))
{
    m_thread = std::thread([this, folder, localName, job, fileName] {
        PartFile file(folder, localName, job, fileName);
        loop(file);
    });
}

ArchiveWriter::~ArchiveWriter()
{
    stopChecking();
    m_queue->close();
    m_thread.join();
}

void ArchiveWriter::loop(PartFile &file)
{
    stepBehindTheWindow();
    while (!m_queue->isFinished()) {
        if (auto item = m_queue->next(IdleTick))
            handle(file, *item);
        lookAtSpace();
        if (m_stream != 0) {
            if (const auto synced = file.keepSynced(); !synced)
                report(m_stream, synced.error());
        }
    }
    if (file.isOpen() && !file.isPublished()) {
        if (const auto synced = file.sync(); !synced)
            qCInfo(lcDownloads) << "last sync:" << synced.error().error.sentence;
    }
}

void ArchiveWriter::lookAtSpace()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_stream == 0 || now - m_lastSpaceLook < IdleTick)
        return;
    m_lastSpaceLook = now;
    const auto space = disk::space(m_folder);
    if (space)
        m_freeBytes = space->free;
    else
        report(m_stream, space.error()); // the folder was removed or unmounted under the open file
}

disk::DiskResult<PartState> ArchiveWriter::stateAfter(const disk::DiskResult<void> &done, const PartFile &file)
{
    if (!done)
        return tl::unexpected<disk::Trouble>(done.error());
    const auto space = disk::space(m_folder);
    if (!space)
        return tl::unexpected<disk::Trouble>(space.error());
    return PartState{file.size(), file.journal(), file.isPublished(), file.setAsidePath(), file.sha1(), *space};
}

void ArchiveWriter::handle(PartFile &file, WriteQueue::Item &item)
{
    if (item.command) {
        item.command(file);
    } else if (item.marks) {
        const AnswerMarks &marks = *item.marks;
        m_stream = marks.stream;
        const qint64 start = marks.fresh ? 0 : file.size();
        if (!file.isOpen() || start != marks.offset) {
            // Bytes that do not belong at the file's end are never taken.
            disk::Trouble trouble;
            trouble.error.sentence = tr("The bytes offered do not follow those on the disk.");
            trouble.error.retryable = true;
            report(m_stream, trouble);
        } else if (const auto begun = file.beginAnswer(marks.fresh, marks.totalBytes, marks.etag, marks.resumable);
                   !begun) {
            report(m_stream, begun.error());
        }
    } else if (item.buffer) {
        if (item.stream != m_stream)
            m_queue->pool().give(std::move(item.buffer));
        else if (const auto done = file.append(std::move(item.buffer), m_queue->pool()); !done)
            report(m_stream, done.error());
    }
    showProgress(file);
}

void ArchiveWriter::report(quint64 stream, const disk::Trouble &trouble)
{
    m_stream = 0;
    QMetaObject::invokeMethod(
        this, [this, stream, trouble] { Q_EMIT troubled(stream, trouble); }, Qt::QueuedConnection);
}

void ArchiveWriter::showProgress(const PartFile &file)
{
    m_bytesOnDisk = file.size();
    m_hashTime = file.hashTime().count();
    m_writeTime = file.writeTime().count();
}

template<typename T, typename Work>
void ArchiveWriter::run(const Answer<T> &answer, Work work)
{
    m_queue->command([this, answer, work](PartFile &file) {
        const disk::DiskResult<T> result = work(file);
        showProgress(file);
        QMetaObject::invokeMethod(
            this, [answer, result] { answer(result); }, Qt::QueuedConnection);
    });
}

disk::DiskResult<void> ArchiveWriter::openFile(PartFile &file)
{
    if (file.isOpen() && file.isIntact())
        return {};
    m_bytesChecked = 0;
    m_bytesToCheck = 0;
    return file.open([this](qint64 done, qint64 all) {
        m_bytesChecked = done;
        m_bytesToCheck = all;
        return !m_stopChecking;
    });
}

void ArchiveWriter::open(const Answer<PartState> &answer)
{
    m_stopChecking = false;
    m_freeBytes = -1;
    run<PartState>(answer, [this](PartFile &file) {
        m_stream = 0;
        return stateAfter(openFile(file), file);
    });
}

void ArchiveWriter::stopChecking()
{
    m_stopChecking = true;
}

void ArchiveWriter::noteRequest(int change, const Answer<PartState> &answer)
{
    run<PartState>(answer, [this, change](PartFile &file) { return stateAfter(file.noteRequest(change), file); });
}

void ArchiveWriter::settle(const Answer<PartState> &answer)
{
    run<PartState>(answer, [this](PartFile &file) { return stateAfter({}, file); });
}

void ArchiveWriter::sync(const Answer<PartState> &answer)
{
    run<PartState>(answer, [this](PartFile &file) { return stateAfter(file.sync(), file); });
}

void ArchiveWriter::markComplete(bool endCertain, const Answer<PartState> &answer)
{
    run<PartState>(answer, [this, endCertain](PartFile &file) {
        m_stream = 0;
        return stateAfter(file.markComplete(endCertain), file);
    });
}

void ArchiveWriter::markIncomplete(const Answer<PartState> &answer)
{
    run<PartState>(answer, [this](PartFile &file) { return stateAfter(file.markIncomplete(), file); });
}

void ArchiveWriter::notePublishedHash(const QString &hash)
{
    run<void>([](const disk::DiskResult<void> &) {}, [hash](PartFile &file) { return file.notePublishedHash(hash); });
}

void ArchiveWriter::truncate(const Answer<PartState> &answer)
{
    run<PartState>(answer, [this](PartFile &file) { return stateAfter(file.truncateAll(), file); });
}

void ArchiveWriter::publish(bool writeChecksum, const Answer<QString> &answer)
{
    run<QString>(answer, [writeChecksum](PartFile &file) { return file.publish(writeChecksum); });
}

void ArchiveWriter::setAside(const Answer<QString> &answer)
{
    run<QString>(answer, [](PartFile &file) { return file.setAside(); });
}

void ArchiveWriter::discard(const Answer<void> &answer)
{
    run<void>(answer, [](PartFile &file) -> disk::DiskResult<void> {
        file.discard();
        return {};
    });
}

void ArchiveWriter::close(const Answer<void> &answer)
{
    run<void>(answer, [](PartFile &file) -> disk::DiskResult<void> {
        auto synced = file.isOpen() && !file.isPublished() ? file.sync() : disk::DiskResult<void>{};
        file.close();
        return synced;
    });
}

void ArchiveWriter::forgetJournal(const Answer<void> &answer)
{
    run<void>(answer, [](PartFile &file) -> disk::DiskResult<void> {
        file.forgetJournal();
        return {};
    });
}

} // namespace tidemark
