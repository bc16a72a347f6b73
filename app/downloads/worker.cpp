#include "downloads/worker.h"

#include "archive/archive_check.h"
#include "base/log.h"
#include "base/thread_priority.h"

#include <QFileInfo>

#include <thread>

#include <poll.h>

namespace tidemark {

Worker::Worker(PartOwner owner, std::shared_ptr<TokenBucket> bucket, Listener listener)
    : m_owner(std::move(owner))
    , m_bucket(std::move(bucket))
    , m_listener(std::move(listener))
{
}

std::shared_ptr<Worker> Worker::start(PartOwner owner, std::shared_ptr<TokenBucket> bucket, Listener listener,
                                      std::shared_ptr<Worker> predecessor)
{
    const std::shared_ptr<Worker> worker(new Worker(std::move(owner), std::move(bucket), std::move(listener)));
    std::thread([worker, predecessor = std::move(predecessor)]() mutable {
        worker->run(predecessor);
        predecessor.reset();
        worker->m_gone.set();
    }).detach();
    return worker;
}

void Worker::order(Order order)
{
    const std::scoped_lock lock(m_mutex);
    m_orders.push_back(std::move(order));
    m_changed.notify_all();
}

void Worker::letGo()
{
    const std::scoped_lock lock(m_mutex);
    m_listener = nullptr;
    m_ending = true;
    std::erase_if(m_orders, [](const Order &order) {
        return !std::holds_alternative<Discard>(order) && !std::holds_alternative<ForgetJournal>(order);
    });
    m_shared.stop.set();
    m_changed.notify_all();
}

void Worker::waitUntilGone(std::chrono::milliseconds atMost) const
{
    (void)m_gone.wait(atMost);
}

void Worker::report(const Event &event)
{
    const std::scoped_lock lock(m_mutex);
    if (m_listener)
        m_listener(event);
}

std::optional<Worker::Order> Worker::nextOrder()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_ending || !m_orders.empty(); });
    if (m_orders.empty())
        return std::nullopt;
    Order order = std::move(m_orders.front());
    m_orders.pop_front();
    return order;
}

void Worker::run(const std::shared_ptr<Worker> &predecessor)
{
    stepBehindTheWindow();
    if (predecessor) // it was told to end, and has the file until its last sync
        predecessor->m_gone.waitFor();
    PartFile part(m_owner);
    while (const auto order = nextOrder())
        std::visit([this, &part](const auto &each) { carryOut(part, each); }, *order);
    if (!part.isOpen() || part.isPublished())
        return;
    if (const auto synced = part.sync(); !synced)
        qCInfo(lcDownloads) << "last sync:" << synced.error().error.sentence;
}

bool Worker::checkProgress(qint64 done, qint64 all)
{
    m_shared.bytesChecked = done;
    m_shared.bytesToCheck = all;
    return !m_shared.stop.isSet();
}

disk::DiskResult<PartState> Worker::stateOf(PartFile &part)
{
    const auto space = part.space();
    if (!space)
        return tl::unexpected<disk::Trouble>(space.error());
    m_shared.bytesOnDisk = part.size();
    const bool whole = part.isPublished() || part.journal().complete;
    return PartState{
        part.size(), part.journal(), part.isPublished(), part.setAsidePath(), whole ? part.sha1() : QString(), *space};
}

template<typename Answer>
void Worker::answer(PartFile &part, const disk::DiskResult<void> &done)
{
    const auto state = done ? stateOf(part) : tl::unexpected<disk::Trouble>(done.error());
    if (state)
        report(Answer{*state});
    else
        report(event::DiskFailed{state.error()});
}

void Worker::carryOut(PartFile &part, const action::OpenPart &order)
{
    answer<event::PartOpened>(
        part, part.open(order.again, [this](qint64 done, qint64 all) { return checkProgress(done, all); }));
}

void Worker::carryOut(PartFile &part, FetchRequest request)
{
    // Counted before it is sent, so that a crash forgets none; taken back where no server can have counted it.
    if (const auto noted = part.noteRequest(1); !noted) {
        report(event::DiskFailed{noted.error()});
        return;
    }
    request.asked = {part.size(), part.journal().totalBytes, part.journal().etag};
    FetchWatch watch;
    watch.answered = [this, &part](const AnswerPlan &plan) {
        report(event::Answered{plan, part.space().value_or(disk::Space{})});
    };
    watch.sizeLimitReached = [this] { report(event::LimitReached{}); };
    FetchEnd end = fetch(request, part, m_shared, *m_bucket, watch);
    m_shared.lastByte = 0;
    const bool refused = end.kind == FetchEnd::Kind::NoBody || end.kind == FetchEnd::Kind::Refused;
    disk::DiskResult<void> done;
    if (end.kind != FetchEnd::Kind::Disk)
        done = part.sync();
    if (done && (refused || !end.asked))
        done = part.noteRequest(-1);
    const auto state = done ? stateOf(part) : tl::unexpected<disk::Trouble>(done.error());
    if (!state)
        report(event::DiskFailed{state.error()});
    else
        report(event::FetchEnded{std::move(end), *state});
}

void Worker::carryOut(PartFile &part, const action::Empty &)
{
    answer<event::Emptied>(part, part.truncateAll());
}

void Worker::carryOut(PartFile &part, const action::Complete &order)
{
    answer<event::Completed>(part, part.markComplete(order.endIsCertain, [this](qint64 done, qint64 all) {
        return checkProgress(done, all);
    }));
}

void Worker::carryOut(PartFile &part, const action::TakeBack &)
{
    answer<event::TakenBack>(part, part.markIncomplete());
}

void Worker::carryOut(PartFile &part, const action::Test &)
{
    const QString path = part.isPublished() ? part.paths().final : part.paths().part;
    report(
        event::Tested{checkArchive(path, [this, all = part.size()](qint64 done) { return checkProgress(done, all); })});
}

void Worker::carryOut(PartFile &part, const action::Publish &order)
{
    const auto path =
        part.publish(order.sha1, order.verified, [this](qint64 done, qint64 all) { return checkProgress(done, all); });
    if (!path) {
        report(event::DiskFailed{path.error()});
        return;
    }
    report(event::Published{*path, disk::stampOf(*path).value_or(disk::Stamp{})});
}

void Worker::carryOut(PartFile &part, const action::SetAside &order)
{
    const auto path = part.setAside(order.sha1, [this](qint64 done, qint64 all) { return checkProgress(done, all); });
    if (path)
        report(event::PutAside{*path});
    else
        report(event::DiskFailed{path.error()});
}

void Worker::carryOut(PartFile &, const action::HashAgain &order)
{
    const auto now = disk::stampOf(order.path);
    QString sha1 = order.sha1;
    if (!now || *now != order.stamp) {
        auto file = disk::openForReading(order.path);
        const auto size = file ? disk::size(*file) : disk::DiskResult<qint64>(0);
        PartBytes bytes;
        const bool hashed = file && size &&
                            bytes.open(std::move(*file), order.path, *size, *size,
                                       [this](qint64 done, qint64 all) { return checkProgress(done, all); });
        if (!hashed) {
            report(event::LookedAgain{});
            return;
        }
        sha1 = bytes.sha1();
    }
    const DownloadPaths paths(m_owner.folder, m_owner.localName);
    QString path = order.path;
    if (sha1 == order.publishedHash) {
        writeChecksumFile(paths, m_owner.localName, sha1);
        (void)disk::syncFolder(m_owner.folder, disk::Sync::FinalName);
    } else {
        path = paths.corruptName(1);
        for (int number = 2; disk::exists(path); ++number)
            path = paths.corruptName(number);
        if (!disk::renameWithoutReplacing(order.path, path) || !disk::syncFolder(m_owner.folder, disk::Sync::AsideName))
            sha1.clear();
    }
    report(event::LookedAgain{sha1, path});
}

void Worker::carryOut(PartFile &part, const Discard &)
{
    part.discard();
}

void Worker::carryOut(PartFile &part, const ForgetJournal &)
{
    part.close();
    forgetJournal(m_owner);
}

void Worker::carryOut(PartFile &part, const action::Move &order)
{
    part.close();
    PartOwner to = m_owner;
    to.folder = order.folder;
    to.localName = order.localName;
    const auto copied = copyPart(m_owner, to, [this](qint64 done, qint64 all) { return checkProgress(done, all); });
    if (copied)
        report(event::Moved{order.folder, order.localName});
    else
        report(event::DiskFailed{copied.error()});
}

} // namespace tidemark
