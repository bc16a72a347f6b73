#include "demo/gzip_image.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace tidemark::demo {

namespace {

constexpr std::size_t pieceSize = 32768;
constexpr std::size_t headerSize = 10;
constexpr std::size_t storedOverhead = 5;
constexpr std::size_t trailerSize = 5 + 8;

void appendLittle(std::string &to, std::uint64_t value, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; ++i)
        to.push_back(static_cast<char>((value >> (8U * i)) & 255U));
}

std::string deflated(const std::string &raw)
{
    z_stream stream{};
    if (deflateInit2(&stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not begin");
    std::string packed(deflateBound(&stream, raw.size()) + 16, '\0');
    std::string copy = raw;
    stream.next_in = reinterpret_cast<Bytef *>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    // A full flush ends on a byte and refers to nothing before, so that pieces can stand behind each other.
    const int result = deflate(&stream, Z_FULL_FLUSH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    if (result != Z_OK)
        throw std::runtime_error("zlib could not pack");
    return packed;
}

} // namespace

GzipImage::GzipImage(const ArchiveSpec &spec, Packing packing)
    : m_tar(spec)
    , m_packing(packing)
    , m_modified(static_cast<std::uint32_t>(epochSeconds(spec.modified)))
{
}

std::uint64_t GzipImage::dataPieces() const
{
    return (m_tar.size() + pieceSize - 1) / pieceSize;
}

std::string GzipImage::piece(std::uint64_t index) const
{
    std::string bytes;
    if (index == 0) {
        bytes = std::string("\x1f\x8b\x08\x00", 4);
        appendLittle(bytes, m_modified, 4);
        return bytes + std::string("\x00\x03", 2);
    }
    if (index <= dataPieces()) {
        const std::uint64_t offset = (index - 1) * pieceSize;
        const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(pieceSize, m_tar.size() - offset));
        if (m_packing == Packing::Stored) {
            bytes.reserve(length + storedOverhead);
            bytes.push_back('\0');
            appendLittle(bytes, length, 2);
            appendLittle(bytes, ~length, 2);
            bytes.resize(length + storedOverhead);
            m_tar.read(offset, std::span(bytes).subspan(storedOverhead));
            return bytes;
        }
        bytes.resize(length);
        m_tar.read(offset, bytes);
        return deflated(bytes);
    }
    if (index == dataPieces() + 1) {
        bytes = std::string("\x01\x00\x00\xff\xff", 5);
        appendLittle(bytes, m_tar.crc(), 4);
        appendLittle(bytes, m_tar.size() & 0xffffffffU, 4);
    }
    return bytes;
}

void GzipImage::indexPieces() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_ends.empty())
        return;
    std::uint64_t end = headerSize;
    for (std::uint64_t index = 1; index <= dataPieces(); ++index) {
        end += piece(index).size();
        m_ends.push_back(end);
    }
}

std::uint64_t GzipImage::size() const
{
    if (m_packing == Packing::Stored)
        return headerSize + m_tar.size() + dataPieces() * storedOverhead + trailerSize;
    indexPieces();
    return m_ends.back() + trailerSize;
}

GzipImage::Place GzipImage::place(std::uint64_t offset) const
{
    if (offset < headerSize)
        return {0, static_cast<std::size_t>(offset)};
    if (m_packing == Packing::Stored) {
        const std::uint64_t dataEnd = headerSize + m_tar.size() + dataPieces() * storedOverhead;
        if (offset >= dataEnd)
            return {dataPieces() + 1, static_cast<std::size_t>(offset - dataEnd)};
        const std::uint64_t inData = offset - headerSize;
        return {1 + inData / (pieceSize + storedOverhead), inData % (pieceSize + storedOverhead)};
    }
    indexPieces();
    const auto after = std::upper_bound(m_ends.begin(), m_ends.end(), offset);
    const std::uint64_t start = after == m_ends.begin() ? headerSize : *(after - 1);
    return {1 + static_cast<std::uint64_t>(after - m_ends.begin()), static_cast<std::size_t>(offset - start)};
}

ArchiveReader::ArchiveReader(std::shared_ptr<const GzipImage> image, std::uint64_t offset)
    : m_image(std::move(image))
{
    if (offset > 0) {
        const auto place = m_image->place(offset);
        m_piece = place.piece;
        m_inside = place.inside;
    }
    m_bytes = m_image->piece(m_piece);
}

std::string_view ArchiveReader::next(std::size_t most)
{
    while (m_inside >= m_bytes.size()) {
        if (m_bytes.empty())
            return {};
        m_bytes = m_image->piece(++m_piece);
        m_inside = 0;
    }
    const auto bytes = std::string_view(m_bytes).substr(m_inside, most);
    m_inside += bytes.size();
    return bytes;
}

} // namespace tidemark::demo
