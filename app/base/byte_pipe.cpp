#include "base/byte_pipe.h"

namespace tidemark {

bool BytePipe::hasRoom() const
{
    const std::lock_guard lock(m_mutex);
    return m_held < m_room || m_isClosed;
}

void BytePipe::write(QByteArray bytes)
{
    constexpr qsizetype remembered = 8;
    if (bytes.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    m_written += bytes.size();
    if (m_beginning.size() < remembered)
        m_beginning += bytes.first(std::min(bytes.size(), remembered - m_beginning.size()));
    if (m_isClosed || m_hasEnded)
        return;
    m_held += bytes.size();
    m_pieces.push_back(std::move(bytes));
    m_changed.notify_all();
}

void BytePipe::end(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_hasEnded, true))
        return;
    m_error = std::move(error);
    m_changed.notify_all();
}

void BytePipe::close()
{
    const std::lock_guard lock(m_mutex);
    m_isClosed = true;
    m_pieces.clear();
    m_held = 0;
    m_changed.notify_all();
}

bool BytePipe::isClosed() const
{
    const std::lock_guard lock(m_mutex);
    return m_isClosed;
}

qint64 BytePipe::written() const
{
    const std::lock_guard lock(m_mutex);
    return m_written;
}

QByteArray BytePipe::beginning() const
{
    const std::lock_guard lock(m_mutex);
    return m_beginning;
}

Result<QByteArray> BytePipe::take()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isClosed || m_hasEnded || !m_pieces.empty(); });
    if (m_isClosed) {
        Error cancelled;
        cancelled.kind = ErrorKind::Cancelled;
        cancelled.sentence = QStringLiteral("Reading was stopped.");
        return failure(cancelled);
    }
    if (m_pieces.empty()) {
        if (m_error)
            return failure(*m_error);
        return QByteArray();
    }
    QByteArray piece = std::move(m_pieces.front());
    m_pieces.pop_front();
    m_held -= piece.size();
    return piece;
}

} // namespace tidemark
