/// However gzip'd data is cut into pieces, the same comes out of it, and what ends between members is what zlib itself
/// takes for whole.
#include "archive/gunzip.h"
#include "check.h"

#include <QByteArray>

#include <algorithm>

#include <zlib.h>

using namespace tidemark;

namespace {

constexpr qsizetype Most = 8 * 1024 * 1024; ///< of output: what compresses well must not take all the time

struct Found
{
    Gunzip::State state;
    bool follows;
    QByteArray output;

    bool operator==(const Found &) const = default;
};

Found unpack(const char *data, qint64 size, qint64 piece)
{
    Gunzip gunzip;
    QByteArray output;
    for (qint64 at = 0; at < size && output.size() < Most; at += piece) {
        gunzip.give(data + at, std::min(piece, size - at));
        while (output.size() < Most) {
            const QByteArrayView part = gunzip.take();
            if (part.isEmpty())
                break;
            output.append(part);
        }
    }
    return {gunzip.state(), gunzip.somethingFollows(), output};
}

/// One member by zlib's own interface; -1 where it is not whole.
qint64 unpackOnce(const char *data, qint64 size)
{
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    QByteArray output(Most, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data));
    stream.avail_in = static_cast<uInt>(size);
    stream.next_out = reinterpret_cast<Bytef *>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    const bool isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    const auto produced = static_cast<qint64>(stream.total_out);
    inflateEnd(&stream);
    return isWhole ? produced : -1;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const char *data = reinterpret_cast<const char *>(bytes);
    const auto size = static_cast<qint64>(length);
    const Found whole = unpack(data, size, std::max<qint64>(size, 1));
    if (whole.output.size() >= Most)
        return 0;
    const Found bytewise = unpack(data, size, 1);
    CHECK(whole.state == bytewise.state && whole.follows == bytewise.follows);
    // Damaged data may end anywhere before the damage.
    if (whole.state != Gunzip::State::Damaged)
        CHECK(whole.output == bytewise.output);
    if (const qint64 once = unpackOnce(data, size); once >= 0)
        CHECK(whole.state == Gunzip::State::BetweenMembers && whole.output.size() == once);
    return 0;
}
