#pragma once

namespace tidemark::demo {

/// Ends the TCP connection between these two ports of this host at once, so that nothing more is sent on it. The HTTP
/// server of this program has no other way to leave a request without an answer.
void endConnection(int localPort, int peerPort);

/// Ends all connections to a port of this program.
void endConnections(int localPort);

} // namespace tidemark::demo
