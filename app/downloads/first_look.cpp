#include "downloads/first_look.h"

#include "downloads/answer_plan.h"

#include <zlib.h>

namespace tidemark {

namespace {

constexpr qsizetype TextBytes = 512;
/// Fewer bytes of a compressed file may all be printable by chance.
constexpr qsizetype FewestOfARest = 64;
constexpr qsizetype TarHeader = 512;

bool isTarHeader(const QByteArray &block)
{
    if (block.size() < TarHeader)
        return false;
    // The sum over the header with the sum's own eight bytes as blanks (POSIX ustar; old tars have it too).
    qint64 sum = 0;
    for (qsizetype i = 0; i < TarHeader; ++i)
        sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(block.at(i));
    bool ok = false;
    const QByteArray field = block.mid(148, 8);
    const qint64 written = QByteArray(field.constData()).trimmed().toLongLong(&ok, 8);
    return ok && written == sum;
}

/// The beginning of what is in the gzip file that begins so; as much as these bytes give.
QByteArray unpackBeginning(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int gzipOnly = 15 + 16;
    if (inflateInit2(&stream, gzipOnly) != Z_OK)
        return {};
    QByteArray out(TarHeader, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&stream, Z_SYNC_FLUSH);
    out.truncate(result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR
                     ? out.size() - static_cast<qsizetype>(stream.avail_out)
                     : 0);
    inflateEnd(&stream);
    return out;
}

} // namespace

FirstLook firstLook(const QByteArray &bytes, bool ended, BodyPlace place)
{
    const auto enough = [&](qsizetype wanted) { return bytes.size() >= wanted || ended; };
    if (!enough(TextBytes))
        return FirstLook::More;
    const bool judged = place != BodyPlace::Rest || bytes.size() >= FewestOfARest;
    if (judged && looksLikeText(bytes.left(TextBytes)))
        return FirstLook::Text;
    if (place != BodyPlace::Anew)
        return FirstLook::Take;
    const bool gzip = bytes.startsWith("\x1f\x8b");
    const QByteArray contents = gzip ? unpackBeginning(bytes) : bytes;
    if (isTarHeader(contents))
        return FirstLook::Take;
    return enough(FirstLookBytes) ? FirstLook::Stranger : FirstLook::More;
}

} // namespace tidemark
