#include "downloads/curl_drive.h"

#include <algorithm>
#include <array>
#include <utility>

#include <poll.h>

namespace tidemark {

namespace {

constexpr int Tick = 100; ///< milliseconds

/// After which others are looked at again: whether to stop, what is old in a buffer.
constexpr int MostRounds = 64;

} // namespace

CurlDrive::CurlDrive(CURLM *multi)
    : m_multi(multi)
    , m_due(Clock::now())
{
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &CurlDrive::onSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &CurlDrive::onTimer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

int CurlDrive::onSocket(CURL *, curl_socket_t socket, int what, void *self, void *)
{
    auto *drive = static_cast<CurlDrive *>(self);
    const bool isGone = what == CURL_POLL_REMOVE;
    if (isGone && drive->m_socket != socket)
        return 0;
    drive->m_socket = isGone ? CURL_SOCKET_BAD : socket;
    drive->m_wanted = isGone ? CURL_POLL_NONE : what;
    return 0;
}

int CurlDrive::onTimer(CURLM *, long milliseconds, void *self)
{
    auto *drive = static_cast<CurlDrive *>(self);
    drive->m_due.reset();
    if (milliseconds >= 0)
        drive->m_due = Clock::now() + std::chrono::milliseconds(milliseconds);
    return 0;
}

int CurlDrive::pause() const
{
    if (m_hasMore)
        return 0;
    if (!m_due)
        return Tick;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*m_due - Clock::now()).count();
    return static_cast<int>(std::clamp<qint64>(left, 0, Tick));
}

void CurlDrive::act(curl_socket_t socket, int events)
{
    if (curl_multi_socket_action(m_multi, socket, events, &m_running) != CURLM_OK)
        m_running = 0;
}

bool CurlDrive::run(const std::function<quint64()> &moved, const SignalFlag &stop)
{
    const bool reads = (m_wanted & CURL_POLL_IN) != 0;
    const bool writes = (m_wanted & CURL_POLL_OUT) != 0;
    std::array<pollfd, 2> watched{{{stop.descriptor(), POLLIN, 0},
                                   {m_socket, static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0}}};
    const int ready = ::poll(watched.data(), m_socket == CURL_SOCKET_BAD ? 1 : 2, pause());
    if (stop.isSet())
        return true;
    if (m_due && *m_due <= Clock::now()) {
        m_due.reset();
        act(CURL_SOCKET_TIMEOUT, 0);
    }
    // A tick in which nothing came asks as well: an answer that came before its request lies where no poll sees it.
    int events = std::exchange(m_hasMore, false) || (ready == 0 && reads) ? CURL_CSELECT_IN : 0;
    const short seen = watched[1].revents;
    if ((seen & (POLLIN | POLLHUP)) != 0)
        events |= CURL_CSELECT_IN;
    if ((seen & POLLOUT) != 0)
        events |= CURL_CSELECT_OUT;
    if ((seen & (POLLERR | POLLNVAL)) != 0)
        events |= CURL_CSELECT_ERR;
    if (events == 0)
        return m_running > 0;
    for (int round = 0; round < MostRounds; ++round) {
        if (m_running == 0 || m_socket == CURL_SOCKET_BAD)
            return m_running > 0;
        const quint64 before = moved();
        act(m_socket, events);
        if (moved() == before || stop.isSet())
            return m_running > 0;
        events = CURL_CSELECT_IN;
    }
    m_hasMore = true;
    return m_running > 0;
}

CURLcode CurlDrive::result() const
{
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    return code;
}

} // namespace tidemark
