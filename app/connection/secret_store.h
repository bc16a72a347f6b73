#pragma once

#include "base/result.h"
#include "connection/connection.h"

namespace tidemark {

/// Where credentials rest. The desktop's keychain if there is one, else memory for this run; never a file.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    /// The credentials of a connection; Credentials{} where nothing is stored.
    virtual Async<Credentials> read(const ConnectionId &id) = 0;
    virtual Async<bool> write(const ConnectionId &id, const Credentials &credentials) = 0;
    virtual Async<bool> remove(const ConnectionId &id) = 0;
    /// True when secrets outlive this run. Otherwise the person is told that they have to be entered again.
    virtual bool isPersistent() const = 0;
};

} // namespace tidemark
