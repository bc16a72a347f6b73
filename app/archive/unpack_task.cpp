#include "archive/unpack_task.h"

#include "archive/archive_threads.h"

#include <QFileInfo>
#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>
#include <utility>

namespace tidemark {

namespace {

constexpr int Whole = 1000;

} // namespace

UnpackTask::UnpackTask(QString archivePath, QString folder, QObject *parent)
    : QObject(parent)
    , m_archivePath(std::move(archivePath))
    , m_folder(std::move(folder))
{
}

UnpackTask::~UnpackTask()
{
    m_stop->store(true);
}

void UnpackTask::start()
{
    auto promise = std::make_shared<QPromise<Result<Unpacked>>>();
    auto *watcher = new QFutureWatcher<Result<Unpacked>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &UnpackTask::progressed);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] { end(watcher->result()); });
    promise->setProgressRange(0, Whole);
    watcher->setFuture(promise->future());
    promise->start();
    archiveThreads().start([promise, stop = m_stop, path = m_archivePath, folder = m_folder] {
        const qint64 size = std::max<qint64>(1, QFileInfo(path).size());
        promise->addResult(unpackArchive(path, folder, [&](qint64 bytes) {
            promise->setProgressValue(static_cast<int>(std::min(bytes, size) * Whole / size));
            return !stop->load();
        }));
        promise->finish();
    });
}

void UnpackTask::stop()
{
    m_stop->store(true);
    Error stopped;
    stopped.kind = ErrorKind::Cancelled;
    stopped.sentence = tr("Unpacking was stopped. What was unpacked is being removed.");
    end(failure(stopped));
}

void UnpackTask::end(const Result<Unpacked> &result)
{
    if (!std::exchange(m_ended, true))
        Q_EMIT finished(result);
}

} // namespace tidemark
