#include "demo/sockets.h"

#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>

namespace tidemark::demo {

namespace {

int portOf(const sockaddr_in &address)
{
    return address.sin_family == AF_INET ? ntohs(address.sin_port) : -1;
}

int highestDescriptor()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 4096));
}

void end(int localPort, int peerPort)
{
    const int highest = highestDescriptor();
    for (int descriptor = 3; descriptor < highest; ++descriptor) {
        sockaddr_in local{};
        sockaddr_in peer{};
        socklen_t localSize = sizeof(local);
        socklen_t peerSize = sizeof(peer);
        if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&local), &localSize) != 0 ||
            getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &peerSize) != 0)
            continue;
        if (portOf(local) == localPort && (peerPort == 0 || portOf(peer) == peerPort))
            shutdown(descriptor, SHUT_RDWR);
    }
}

} // namespace

void endConnection(int localPort, int peerPort)
{
    end(localPort, peerPort);
}

void endConnections(int localPort)
{
    end(localPort, 0);
}

} // namespace tidemark::demo
