#pragma once

#include "downloads/fetch.h"
#include "downloads/life.h"
#include "downloads/token_bucket.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace tidemark {

/// The thread of one active transfer: everything that blocks happens on it, one order at a time, each answered with one
/// event. It has the part file from its first order until it is let go; then it syncs, closes and is gone. Nobody ever
/// waits for it on the window's thread: the next worker of the same download waits for its predecessor instead.
class Worker : public std::enable_shared_from_this<Worker>
{
public:
    struct Discard
    {
    };
    struct ForgetJournal
    {
    };
    using Order =
        std::variant<action::OpenPart, FetchRequest, action::Empty, action::Complete, action::TakeBack, action::Test,
                     action::Publish, action::SetAside, action::HashAgain, action::Move, Discard, ForgetJournal>;
    /// Called on the worker's thread, and never again once letGo() has returned. It must only post.
    using Listener = std::function<void(const Event &event)>;

    static std::shared_ptr<Worker> start(PartOwner owner, std::shared_ptr<TokenBucket> bucket, Listener listener,
                                         std::shared_ptr<Worker> predecessor);

    void order(Order order);
    /// Stops what it is at, does what is still ordered if that is to discard or forget, syncs and ends.
    void letGo();
    TransferShared &shared() { return m_shared; }
    /// For the program's end only: gives the last sync some time.
    void waitUntilGone(std::chrono::milliseconds atMost) const;

private:
    Worker(PartOwner owner, std::shared_ptr<TokenBucket> bucket, Listener listener);
    void run(const std::shared_ptr<Worker> &predecessor);
    std::optional<Order> nextOrder();
    void report(const Event &event);
    bool checkProgress(qint64 done, qint64 all);

    void carryOut(PartFile &part, const action::OpenPart &order);
    void carryOut(PartFile &part, FetchRequest request);
    void carryOut(PartFile &part, const action::Empty &);
    void carryOut(PartFile &part, const action::Complete &order);
    void carryOut(PartFile &part, const action::TakeBack &);
    void carryOut(PartFile &part, const action::Test &);
    void carryOut(PartFile &part, const action::Publish &order);
    void carryOut(PartFile &part, const action::SetAside &order);
    void carryOut(PartFile &part, const action::HashAgain &order);
    void carryOut(PartFile &part, const action::Move &order);
    void carryOut(PartFile &part, const Discard &);
    void carryOut(PartFile &part, const ForgetJournal &);
    template<typename Answer>
    void answer(PartFile &part, const disk::DiskResult<void> &done);
    disk::DiskResult<PartState> stateOf(PartFile &part);

    const PartOwner m_owner;
    const std::shared_ptr<TokenBucket> m_bucket;
    TransferShared m_shared;
    SignalFlag m_gone;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Listener m_listener;
    std::deque<Order> m_orders;
    bool m_ending = false;
};

} // namespace tidemark
