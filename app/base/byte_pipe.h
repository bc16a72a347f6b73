#pragma once

#include "base/result.h"

#include <QByteArray>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace tidemark {

/// Bytes on their way from the thread that fetches them to one that reads them. Holds little: whoever writes looks at
/// hasRoom() first and comes again later. Safe from any thread.
class BytePipe
{
public:
    /// Bytes beyond which it has no room.
    explicit BytePipe(qint64 room = 4 * 1024 * 1024)
        : m_room(room)
    {
    }

    bool hasRoom() const;
    void write(QByteArray bytes);
    /// Nothing more will come; with an error it did not come to its end. The first call counts.
    void end(std::optional<Error> error = {});
    /// Nobody will read any more: what is written is dropped.
    void close();
    bool isClosed() const;
    /// Of all that was written.
    qint64 written() const;
    /// The first bytes that were written, eight at most.
    QByteArray beginning() const;

    /// Waits for the next bytes; empty at the end. The error of end() once all before it were taken; Cancelled after
    /// close().
    Result<QByteArray> take();

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_pieces;
    QByteArray m_beginning;
    qint64 m_room;
    qint64 m_held = 0;
    qint64 m_written = 0;
    bool m_hasEnded = false;
    bool m_isClosed = false;
    std::optional<Error> m_error;
};

} // namespace tidemark
