#pragma once

#include "base/clock.h"
#include "cloud/cloud_client.h"

#include <QPointer>

namespace tidemark {

/// The server's time while a connection is open, since a link ends by the server's clock; else that of this machine.
class ServerClock final : public Clock
{
public:
    explicit ServerClock(const Clock &own)
        : m_own(own)
    {
    }

    /// nullptr where no connection is open.
    void follow(const CloudClient *client) { m_client = client; }
    QDateTime now() const override { return m_client ? m_client->serverNow() : m_own.now(); }

private:
    const Clock &m_own;
    QPointer<const CloudClient> m_client;
};

} // namespace tidemark
