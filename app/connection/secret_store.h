#pragma once

#include "base/result.h"
#include "connection/connection.h"

#include <QObject>

namespace tidemark {

/// Where credentials rest. The desktop's keychain if there is one, else memory for this run; never a file.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The credentials of a connection; Credentials{} where nothing is stored. An Error (kind Credentials) where it
    /// cannot be known whether there is something: the keychain refuses, is locked or does not answer.
    virtual Async<Credentials> read(const ConnectionId &id) = 0;
    /// Also true where they are kept in memory only: see isForThisRunOnly().
    virtual Async<bool> write(const ConnectionId &id, const Credentials &credentials) = 0;
    virtual Async<bool> remove(const ConnectionId &id) = 0;
    /// True when secrets outlive this run, as far as is known. Otherwise the person is told that they have to be
    /// entered again.
    virtual bool isPersistent() const = 0;
    /// Whether what is stored for this connection goes with the program.
    virtual bool isForThisRunOnly(const ConnectionId &id) const = 0;
    /// Why secrets cannot be kept, in a sentence, as long as it is so; empty where they can.
    virtual QString problem() const { return {}; }

Q_SIGNALS:
    /// isPersistent(), isForThisRunOnly() or problem() say something else now.
    void changed();
    /// The answer to a read() that had been given up came after all: read again.
    void arrived(const tidemark::ConnectionId &id);
};

} // namespace tidemark
