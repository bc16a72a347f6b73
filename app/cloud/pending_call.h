#pragma once

#include <QObject>

namespace tidemark {

/// Something of a transport that is under way and ends with it. Deleted, it tells whoever waits that it was cancelled.
class PendingCall : public QObject
{
public:
    using QObject::QObject;
    /// Takes its request off the network; nothing is heard of it any more.
    virtual void cancel() = 0;
};

} // namespace tidemark
