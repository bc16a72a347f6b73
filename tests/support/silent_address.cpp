#include "support/silent_address.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

SilentAddress::SilentAddress(const char *address, in_port_t port)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    m_place.sin_family = AF_INET;
    m_place.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &m_place.sin_addr);
    const int yes = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    socklen_t length = sizeof m_place;
    m_works = ::bind(m_listener, reinterpret_cast<sockaddr *>(&m_place), sizeof m_place) == 0 &&
              ::listen(m_listener, 0) == 0 &&
              ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&m_place), &length) == 0;
    for (int i = 0; i < 4; ++i) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        (void)::connect(socket, reinterpret_cast<sockaddr *>(&m_place), sizeof m_place);
        m_sockets.push_back(socket);
    }
}

SilentAddress::~SilentAddress()
{
    for (const int socket : m_sockets)
        ::close(socket);
    ::close(m_listener);
}

} // namespace tidemark::test
