#pragma once

#include "downloads/curl_setup.h"
#include "downloads/signal_flag.h"

#include <chrono>
#include <functional>
#include <optional>

namespace tidemark {

/// Drives one transfer of a multi handle. libcurl hands out one TLS record at a time and would poll the socket before
/// and after each: here it is asked again as long as something comes, and the socket is polled only when it is dry.
/// That is also what makes reading ahead safe (curl_setup.cpp): what lies in OpenSSL's buffer no poll can see, so every
/// record counts as something, whatever it holds.
class CurlDrive
{
public:
    /// Before the easy handle is added.
    explicit CurlDrive(CURLM *multi);
    CurlDrive(const CurlDrive &) = delete;
    CurlDrive &operator=(const CurlDrive &) = delete;

    /// Waits until something can be done, a tick at most, and does it. `moved` grows with everything that came. False
    /// once the transfer has ended.
    bool run(const std::function<quint64()> &moved, const SignalFlag &stop);
    /// How it ended; CURLE_ABORTED_BY_CALLBACK while it has not.
    CURLcode result() const;

private:
    using Clock = std::chrono::steady_clock;

    static int onSocket(CURL *, curl_socket_t socket, int what, void *self, void *);
    static int onTimer(CURLM *, long milliseconds, void *self);
    int pause() const;
    void act(curl_socket_t socket, int events);

    CURLM *m_multi;
    curl_socket_t m_socket = CURL_SOCKET_BAD; ///< a transfer has one
    int m_wanted = CURL_POLL_NONE;
    std::optional<Clock::time_point> m_due; ///< of libcurl's next time out
    bool m_hasMore = false;                 ///< the last round took something and was not the last
    int m_running = 1;
};

} // namespace tidemark
