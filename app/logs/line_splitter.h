#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstring>

namespace tidemark {

/// Makes lines of bytes that come in pieces. Holds one line at most, and of one that is longer than Longest nothing.
class LineSplitter
{
public:
    static constexpr qsizetype Longest = 1024 * 1024;

    /// Calls `line` with each line that ends in the piece, without its end, and `tooLong` for each that was too long.
    template<typename Line, typename TooLong>
    void add(QByteArrayView piece, Line line, TooLong tooLong)
    {
        while (!piece.isEmpty()) {
            const void *end = std::memchr(piece.data(), '\n', static_cast<size_t>(piece.size()));
            const bool ends = end != nullptr;
            const qsizetype length = ends ? static_cast<const char *>(end) - piece.data() : piece.size();
            const QByteArrayView part = piece.first(length);
            piece = piece.sliced(ends ? length + 1 : length);
            if (ends && m_held.isEmpty() && !m_isTooLong && length <= Longest)
                line(part);
            else
                hold(part, ends, line, tooLong);
        }
    }
    /// The last line, where it has no end.
    template<typename Line, typename TooLong>
    void finish(Line line, TooLong tooLong)
    {
        if (!m_held.isEmpty() || m_isTooLong)
            hold({}, true, line, tooLong);
    }

private:
    template<typename Line, typename TooLong>
    void hold(QByteArrayView part, bool ends, Line line, TooLong tooLong)
    {
        m_isTooLong = m_isTooLong || m_held.size() + part.size() > Longest;
        if (m_isTooLong)
            m_held.clear();
        else
            m_held.append(part.data(), part.size());
        if (!ends)
            return;
        if (m_isTooLong)
            tooLong();
        else
            line(QByteArrayView(m_held));
        m_held.resize(0); // keeps its room
        m_isTooLong = false;
    }

    QByteArray m_held;
    bool m_isTooLong = false;
};

} // namespace tidemark
