#include "demo/transfer.h"

#include <algorithm>
#include <thread>

namespace tidemark::demo {

using namespace std::chrono;

Transfer::Transfer(const Setting &setting, Job job, std::shared_ptr<Archive> archive, Stretch stretch,
                   std::optional<Fault> fault)
    : m_setting(setting)
    , m_job(std::move(job))
    , m_archive(std::move(archive))
    , m_reader(m_archive->image(), stretch.from)
    , m_from(stretch.from)
    , m_position(stretch.from)
    , m_end(stretch.end)
    , m_fault(std::move(fault))
{
    if (m_setting.options.hash == "aborted")
        m_ownHash.emplace(HashKind::Sha1);
}

bool Transfer::waitForTurn(const httplib::DataSink &sink, std::size_t bytes) const
{
    const std::uint64_t rate = m_setting.options.rate;
    if (rate == 0)
        return !m_setting.stopping;
    const duration<double> due(static_cast<double>(m_position - m_from + bytes) / static_cast<double>(rate));
    for (;;) {
        const duration<double> left = due - (steady_clock::now() - m_began);
        if (m_setting.stopping)
            return false;
        if (left <= milliseconds(2))
            return true;
        std::this_thread::sleep_for(std::min<duration<double>>(left, milliseconds(50)));
        if (!sink.is_writable())
            return false;
    }
}

bool Transfer::stall(const httplib::DataSink &sink) const
{
    while (!m_setting.stopping && sink.is_writable())
        std::this_thread::sleep_for(milliseconds(50));
    return false;
}

bool Transfer::step(httplib::DataSink &sink)
{
    using Kind = Fault::Kind;
    std::size_t most = 64 * 1024;
    if (m_setting.options.rate > 0)
        most = static_cast<std::size_t>(std::clamp<std::uint64_t>(m_setting.options.rate / 20, 512, most));
    if (m_end)
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, *m_end - m_position));
    if (m_fault && m_fault->kind != Kind::Flip) {
        const std::uint64_t sent = m_position - m_from;
        const std::uint64_t left = m_fault->at > sent ? m_fault->at - sent : 0;
        if (left == 0) {
            if (m_fault->kind == Kind::Stall)
                return stall(sink);
            if (m_fault->kind == Kind::Short)
                sink.done();
            return m_fault->kind == Kind::Short;
        }
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, left));
    }
    if (m_setting.options.cutAtExpiry && m_setting.clock() >= m_job.expires)
        return false;
    const std::string_view bytes = most == 0 ? std::string_view() : m_reader.next(most);
    if (bytes.empty()) {
        completed();
        sink.done();
        return true;
    }
    if (!waitForTurn(sink, bytes.size()))
        return false;
    bool written = false;
    if (m_fault && m_fault->kind == Kind::Flip && m_fault->at >= m_position &&
        m_fault->at < m_position + bytes.size()) {
        std::string wrong(bytes);
        char &byte = wrong[static_cast<std::size_t>(m_fault->at - m_position)];
        byte = static_cast<char>(byte ^ 1);
        written = sink.write(wrong.data(), wrong.size());
    } else {
        written = sink.write(bytes.data(), bytes.size());
    }
    if (!written)
        return false;
    m_archive->sent(m_position, bytes);
    if (m_ownHash)
        m_ownHash->add(bytes);
    m_position += bytes.size();
    // With a known end the server does not ask again after the last byte.
    if (m_end && m_position == *m_end)
        completed();
    return true;
}

void Transfer::completed()
{
    if (m_completed)
        return;
    m_completed = true;
    // Without a known end, the end of the archive was reached.
    const std::uint64_t size = m_end ? m_archive->image()->size() : m_position;
    if (m_position == size && m_setting.options.count == "complete")
        m_setting.jobs.countDownload(m_job.id);
    // Stretches may have come in any order.
    if (m_setting.options.hash == "never" || !m_archive->wasSent(size))
        return;
    const auto delay = milliseconds(static_cast<std::int64_t>(m_setting.options.hashDelaySeconds * 1000));
    if (const auto hash = m_archive->hash(m_setting.stopping))
        m_setting.jobs.setHash(m_job.id, *hash, m_setting.clock() + delay);
}

void Transfer::over()
{
    if (!m_completed && m_ownHash)
        m_setting.jobs.setHash(m_job.id, m_ownHash->hexSoFar(), m_setting.clock());
}

} // namespace tidemark::demo
