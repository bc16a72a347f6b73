#include "connection/memory_secret_store.h"

#include "base/later.h"

namespace tidemark {

Async<Credentials> MemorySecretStore::read(const ConnectionId &id)
{
    return resolved<Credentials>(m_credentials.value(id));
}

Async<bool> MemorySecretStore::write(const ConnectionId &id, const Credentials &credentials)
{
    m_credentials.insert(id, credentials);
    return resolved<bool>(true);
}

Async<bool> MemorySecretStore::remove(const ConnectionId &id)
{
    return resolved<bool>(m_credentials.remove(id) > 0);
}

} // namespace tidemark
