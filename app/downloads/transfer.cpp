#include "downloads/transfer.h"

#include "base/log.h"
#include "downloads/space_rule.h"

#include <QRandomGenerator>

#include <algorithm>

namespace tidemark {

Transfer::Transfer(Download download, const TransferContext &context, QObject *parent)
    : QObject(parent)
    , m_life(std::move(download), *context.options)
    , m_context(context)
    , m_lookup(context.reader)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { take(event::TimeUp{}); });
}

Transfer::~Transfer()
{
    perform(action::Halt{});
}

void Transfer::take(const Event &event)
{
    World world;
    world.now = m_context.clock->now();
    world.random = QRandomGenerator::global()->generateDouble();
    world.options = m_context.options;
    world.slotIsFree = !m_context.slotIsFree || m_context.slotIsFree();
    world.reservedByOthers = [this, id = m_life.view.id](quint64 device) {
        return m_context.reservedByOthers ? m_context.reservedByOthers(id, device) : 0;
    };
    const Download before = m_life.view;
    LifeStep step = next(std::move(m_life), event, world);
    m_life = std::move(step.life);
    if (m_life.view.state != DownloadState::Receiving)
        m_meter.reset();
    std::visit([this](const auto &action) { perform(action); }, step.action);
    if (before == m_life.view)
        return;
    if (before.folder != m_life.view.folder)
        m_left = ownerOf(before);
    if (isEnd(m_life.view.state) && !isEnd(before.state))
        qCInfo(lcDownloads) << m_life.view.localName << "ended:" << stateText(m_life.view.state);
    Q_EMIT stateChanged();
}

Worker &Transfer::worker()
{
    if (m_worker)
        return *m_worker;
    // Events of a worker that was let go are not heard: it has no listener any more, and what it had posted before is
    // of another worker than the present one.
    const auto self = std::make_shared<Worker *>(nullptr);
    m_worker = Worker::start(
        ownerOf(m_life.view), m_context.bucket,
        [this, self](const Event &event) {
            QMetaObject::invokeMethod(
                this,
                [this, self, event] {
                    if (m_worker && m_worker.get() == *self)
                        take(event);
                },
                Qt::QueuedConnection);
        },
        m_predecessor.lock());
    *self = m_worker.get();
    return *m_worker;
}

void Transfer::perform(const action::Halt &)
{
    m_timer.stop();
    m_lookup.cancel();
    if (!m_worker)
        return;
    m_worker->letGo();
    m_predecessor = m_worker;
    m_worker.reset();
}

void Transfer::perform(const action::ReadJob &)
{
    m_timer.stop();
    m_lookup.ask(m_life.view.source, [this](const Result<RestoreJob> &job) { take(event::JobRead{job}); });
}

void Transfer::perform(const action::Fetch &)
{
    const DownloadOptions &options = *m_context.options;
    const ConnectionId &connection = m_life.view.source.connection;
    FetchRequest request;
    request.link = m_life.link;
    request.stallTimeout = options.stallTimeout;
    request.connectTimeout = options.connectTimeout;
    request.sizeLimit = m_life.sizeAgreed ? -1 : largestExpectedSize(m_life.view.source.expectedFileSizeBytes);
    if (options.proxiesFor)
        request.proxies = options.proxiesFor(connection);
    request.caFiles = options.caFilesFor ? options.caFilesFor(connection) : options.caCertificateFiles;
    worker().order(std::move(request));
}

void Transfer::perform(const action::Wait &action)
{
    m_timer.start(action.time);
}

void Transfer::perform(const action::GoOn &)
{
    if (m_worker)
        m_worker->shared().goOn.set();
}

void Transfer::discard()
{
    worker().order(Worker::Discard{});
    perform(action::Halt{});
}

void Transfer::listSaved()
{
    if (m_left) {
        const auto worker = Worker::start(*m_left, m_context.bucket, {}, nullptr);
        worker->order(Worker::Discard{});
        worker->letGo();
        m_left.reset();
    }
    // A download that failed goes on with its part some day, also one that was to replace a corrupt file; and one that
    // was retried meanwhile is at work.
    if (!isFinished(m_life.view.state) || m_life.view.fetchAgain || m_worker)
        return;
    worker().order(Worker::ForgetJournal{});
    perform(action::Halt{});
}

qint64 Transfer::bytesStillNeeded() const
{
    if (!holdsSlot())
        return 0;
    const Download &view = m_life.view;
    const qint64 total = view.bytesTotal >= 0 ? view.bytesTotal : view.source.expectedFileSizeBytes;
    return std::max<qint64>(0, total - view.bytesReceived);
}

bool Transfer::refresh()
{
    if (!m_worker)
        return false;
    Download &view = m_life.view;
    const Download before = view;
    const TransferShared &numbers = m_worker->shared();
    if (view.state == DownloadState::Checking || view.state == DownloadState::Verifying) {
        view.bytesChecked = numbers.bytesChecked;
        view.bytesToCheck = numbers.bytesToCheck;
    }
    if (const qint64 last = numbers.lastByte; last > 0) {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        view.silent = std::max(std::chrono::seconds(0),
                               std::chrono::floor<std::chrono::seconds>(now - std::chrono::milliseconds(last)));
    }
    if (view.state == DownloadState::Receiving) {
        view.bytesReceived = numbers.bytesOnDisk;
        using std::chrono::nanoseconds;
        m_meter.add({numbers.received, nanoseconds(numbers.blocked), nanoseconds(numbers.hashing),
                     nanoseconds(numbers.writing)});
        view.bytesPerSecond = m_meter.bytesPerSecond();
        view.bottleneck = view.silent > std::chrono::seconds(1) ? Bottleneck::None : m_meter.bottleneck();
        if (numbers.freeBytes >= 0)
            take(event::SpaceSeen{numbers.freeBytes});
    }
    return !(before == m_life.view);
}

} // namespace tidemark
