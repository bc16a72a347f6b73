#include "archive/gunzip.h"

#include <zlib.h>

namespace tidemark {

namespace {

constexpr std::size_t OutputSize = 256 * 1024;
constexpr int GzipOnly = 15 + 16; ///< zlib: largest window, gzip header and trailer

} // namespace

void Gunzip::Deleter::operator()(z_stream_s *stream) const
{
    inflateEnd(stream);
    delete stream;
}

Gunzip::Gunzip()
    : m_stream(new z_stream{})
    , m_output(OutputSize)
{
    if (inflateInit2(m_stream.get(), GzipOnly) != Z_OK)
        m_state = State::Damaged;
}

Gunzip::~Gunzip() = default;

void Gunzip::give(const char *data, qint64 length)
{
    // zlib's interface is not const-correct; the input is only read.
    m_stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data));
    m_stream->avail_in = static_cast<uInt>(length);
}

/// Only another member may follow one; anything else is not part of the archive.
bool Gunzip::beginMember()
{
    m_follows = *m_stream->next_in != 0x1f || inflateReset(m_stream.get()) != Z_OK;
    m_state = m_follows ? State::Damaged : State::Reading;
    return !m_follows;
}

QByteArrayView Gunzip::take()
{
    while (m_state != State::Damaged) {
        if (m_state == State::BetweenMembers && (m_stream->avail_in == 0 || !beginMember()))
            break;
        m_stream->next_out = reinterpret_cast<Bytef *>(m_output.data());
        m_stream->avail_out = static_cast<uInt>(m_output.size());
        const int result = inflate(m_stream.get(), Z_NO_FLUSH);
        if (result == Z_STREAM_END)
            m_state = State::BetweenMembers;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            m_state = State::Damaged;
        const auto produced = static_cast<qsizetype>(m_output.size() - m_stream->avail_out);
        if (produced > 0)
            return {m_output.data(), produced};
        if (result == Z_BUF_ERROR || (result == Z_OK && m_stream->avail_in == 0))
            break;
    }
    return {};
}

} // namespace tidemark
