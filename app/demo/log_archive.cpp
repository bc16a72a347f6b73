#include "demo/log_archive.h"

#include <zlib.h>

#include <cstdio>
#include <stdexcept>

namespace tidemark::demo {

namespace {

constexpr std::size_t blockSize = 512;

void put(std::string &header, std::size_t at, const std::string &text)
{
    header.replace(at, text.size(), text);
}

std::string octal(std::size_t number, int digits)
{
    char text[32];
    std::snprintf(text, sizeof(text), "%0*zo", digits, number);
    return text;
}

/// POSIX ustar: the numbers are offsets and widths of its header.
std::string headerOf(const LogFile &file)
{
    std::string header(blockSize, '\0');
    put(header, 0, file.path.substr(0, 99));
    put(header, 100, "0000600");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, octal(file.text.size(), 11));
    put(header, 136, octal(0, 11));
    put(header, 148, "        ");
    put(header, 156, "0");
    put(header, 257,
        std::string("ustar\0"
                    "00",
                    8));
    std::size_t sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    put(header, 148, octal(sum, 6));
    header[154] = '\0';
    return header;
}

} // namespace

std::string gzipped(std::string raw)
{
    constexpr int gzip = 16; // added to the window's bits: zlib's own way to say it
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + gzip, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not begin");
    std::string packed(deflateBound(&stream, raw.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(raw.data());
    stream.avail_in = static_cast<uInt>(raw.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END)
        throw std::runtime_error("zlib could not pack");
    return packed;
}

std::string logArchive(const std::vector<LogFile> &files)
{
    std::string tar;
    for (const LogFile &file : files) {
        tar += headerOf(file) + file.text;
        tar.append((blockSize - file.text.size() % blockSize) % blockSize, '\0');
    }
    tar.append(2 * blockSize, '\0');
    return gzipped(std::move(tar));
}

} // namespace tidemark::demo
