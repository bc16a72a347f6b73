#pragma once

#include "downloads/signal_flag.h"

#include <QtGlobal>

#include <atomic>

namespace tidemark {

/// What the window's thread and the worker of one transfer share: the end of it, and numbers to be shown.
struct TransferShared
{
    SignalFlag stop;
    SignalFlag goOn; ///< with what was reported: an answer, or more bytes than expected

    std::atomic<qint64> bytesOnDisk{0};
    std::atomic<qint64> received{0}; ///< of this request
    std::atomic<qint64> blocked{0};  ///< nanoseconds in which bytes could have been read, but disk or hash were busy
    std::atomic<qint64> hashing{0};  ///< nanoseconds
    std::atomic<qint64> writing{0};  ///< nanoseconds
    std::atomic<qint64> lastByte{0}; ///< steady clock, milliseconds: when the server last sent something; 0: not asked
    std::atomic<qint64> freeBytes{-1}; ///< of the folder's disk, looked at every second; -1: unknown
    std::atomic<qint64> bytesChecked{0};
    std::atomic<qint64> bytesToCheck{0};
};

} // namespace tidemark
