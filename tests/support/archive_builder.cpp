#include "support/archive_builder.h"

#include <QCryptographicHash>

#include <random>

#include <zlib.h>

namespace tidemark::test {

namespace {

QByteArray octal(qint64 value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0');
}

void put(QByteArray &block, qsizetype at, const QByteArray &text)
{
    block.replace(at, text.size(), text);
}

QByteArray tarHeader(const QByteArray &name, qint64 size, char type)
{
    QByteArray block(512, '\0');
    put(block, 0, name.left(100));
    put(block, 100, type == '5' ? "0000755" : "0000600");
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    put(block, 124, octal(size, 11));
    put(block, 136, octal(1536610288, 11));
    put(block, 148, "        ");
    block[156] = type;
    put(block, 257, QByteArray("ustar\0", 6) + "00");
    int sum = 0;
    for (const char c : std::as_const(block))
        sum += static_cast<unsigned char>(c);
    put(block, 148, octal(sum, 6) + QByteArray("\0 ", 2));
    return block;
}

} // namespace

QByteArray makeTar(const QString &directory, const QList<std::pair<QString, QByteArray>> &files)
{
    QByteArray tar = tarHeader(directory.toUtf8() + '/', 0, '5');
    for (const auto &[name, contents] : files) {
        tar += tarHeader((directory + QLatin1Char('/') + name).toUtf8(), contents.size(), '0');
        tar += contents;
        tar.append((512 - contents.size() % 512) % 512, '\0');
    }
    tar.append(1024, '\0');
    return tar;
}

QByteArray retyped(QByteArray tar, char type)
{
    constexpr qsizetype header = 512;
    const int difference = type - tar.at(header + 156);
    tar[header + 156] = type;
    const int sum = tar.mid(header + 148, 6).toInt(nullptr, 8) + difference;
    tar.replace(header + 148, 6, QByteArray::number(sum, 8).rightJustified(6, '0'));
    return tar;
}

QByteArray gzip(const QByteArray &bytes, int level)
{
    z_stream stream{};
    deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray packed(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QByteArray noise(qint64 bytes, quint32 seed)
{
    std::mt19937 generator(seed);
    QByteArray result(static_cast<qsizetype>(bytes), Qt::Uninitialized);
    for (char &c : result)
        c = static_cast<char>(generator() & 0xff);
    return result;
}

QByteArray makeArchive(qint64 bytes, quint32 seed)
{
    const QByteArray info = "Restore timestamp:  (1609947369, 2)\nMongoDB Version: 4.2.11\n";
    return gzip(
        makeTar(QStringLiteral("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6"),
                {{QStringLiteral("restoreInfo.txt"), info}, {QStringLiteral("collection-0.wt"), noise(bytes, seed)}}));
}

QString sha1Of(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
}

} // namespace tidemark::test
