#pragma once

#include <vector>

#include <netinet/in.h>

namespace tidemark::test {

/// Takes connections into a queue that is full: who comes later gets no answer at all, as from a machine that is not
/// there.
class SilentAddress
{
public:
    /// @p port 0: a free one.
    explicit SilentAddress(const char *address, in_port_t port = 0);
    ~SilentAddress();
    SilentAddress(const SilentAddress &) = delete;
    SilentAddress &operator=(const SilentAddress &) = delete;

    bool works() const { return m_works; }
    in_port_t port() const { return ntohs(m_place.sin_port); }

private:
    sockaddr_in m_place{};
    int m_listener = -1;
    bool m_works = false;
    std::vector<int> m_sockets;
};

} // namespace tidemark::test
