#pragma once

#include "base/clock.h"
#include "cloud/cloud_client.h"

#include <QObject>

#include <memory>

namespace tidemark {

/// Where an address with a path before the API's was not answered as Cloud Manager or Ops Manager does: whether the
/// same server is one without that path. People paste addresses of pages that nobody foresaw.
class AddressCheck final : public QObject
{
    Q_OBJECT

public:
    /// The address to try; invalid where there is nothing else to try, or where `error` came from the API itself.
    static QUrl addressWithoutPath(const QUrl &url, const Error &error);

    AddressCheck(Connection connection, const QUrl &address, Credentials credentials, const Clock &clock,
                 QObject *parent);

    /// True when the API answers there, be it by refusing the key.
    Async<bool> run();

private:
    CloudClient m_client;
};

} // namespace tidemark
