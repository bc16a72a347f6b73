#include "demo/tar_image.h"

#include "demo/crypto.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace tidemark::demo {

namespace {

constexpr std::size_t pageSize = 32768;
constexpr std::size_t stampSize = 64;
constexpr std::size_t pageCount = 61;
constexpr std::size_t tarBlock = 512;
constexpr std::uint64_t largestFile = 2ULL << 30U;

std::uint64_t mixed(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31U);
}

void store(char *to, std::uint64_t value)
{
    for (unsigned i = 0; i < 8; ++i)
        to[i] = static_cast<char>((value >> (8U * i)) & 255U);
}

std::uint64_t seedOf(const std::string &text)
{
    std::uint64_t seed = 0;
    for (const char c : hashHex(HashKind::Sha1, text).substr(0, 15))
        seed = seed * 16 + static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    return seed;
}

/// Half noise, half documents: so compressible as data files with block compression turn out to be.
struct PreparedPages
{
    std::vector<std::array<char, pageSize>> pages{pageCount};
    std::array<std::uint32_t, pageCount> crcAfterStamp{};

    PreparedPages()
    {
        for (std::size_t p = 0; p < pageCount; ++p) {
            auto &page = pages[p];
            for (std::size_t i = 0; i + 8 <= pageSize; i += 8)
                store(&page[i], mixed(p * pageSize + i));
            for (std::size_t i = pageSize / 2; i + 64 <= pageSize; i += 64) {
                std::array<char, 65> line{};
                std::snprintf(line.data(), line.size(),
                              "{\"_id\":%010zu,\"status\":\"shipped\",\"total\":%7zu.00,\"n\":1} ", p * 100000 + i,
                              (p * i) % 1000000);
                std::memcpy(&page[i], line.data(), 64);
            }
            crcAfterStamp[p] = static_cast<std::uint32_t>(
                crc32_z(0, reinterpret_cast<const Bytef *>(&page[stampSize]), pageSize - stampSize));
        }
    }
};

const PreparedPages &prepared()
{
    static const PreparedPages pages;
    return pages;
}

std::size_t pageFor(std::uint64_t seed, std::uint64_t index)
{
    return (seed + index) % pageCount;
}

std::array<char, stampSize> stampFor(std::uint64_t seed, std::uint64_t index)
{
    std::array<char, stampSize> stamp{};
    for (unsigned i = 0; i < stampSize; i += 8)
        store(&stamp[i], mixed(seed ^ mixed(index * 8 + i / 8)));
    store(&stamp[16], index);
    // The block manager's magic number and version open each data file.
    if (index == 0)
        std::memcpy(stamp.data(), "\x41\xd8\x01\x00\x01\x00\x00\x00", 8);
    return stamp;
}

void readPage(std::uint64_t seed, std::uint64_t index, std::size_t offset, std::span<char> out)
{
    const auto stamp = stampFor(seed, index);
    std::size_t done = 0;
    if (offset < stampSize) {
        done = std::min(out.size(), stampSize - offset);
        std::memcpy(out.data(), &stamp[offset], done);
    }
    if (done < out.size())
        std::memcpy(out.data() + done, &prepared().pages[pageFor(seed, index)][offset + done], out.size() - done);
}

void putField(std::array<char, tarBlock> &header, std::size_t at, std::string_view text)
{
    std::memcpy(&header[at], text.data(), text.size());
}

std::string octal(std::uint64_t value, int digits)
{
    std::array<char, 32> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%0*llo", digits, static_cast<unsigned long long>(value));
    return buffer.data();
}

std::string bsonString(const std::string &name, const std::string &value)
{
    std::string element = '\x02' + name + '\0';
    const auto length = static_cast<char>(value.size() + 1);
    return element + length + std::string(3, '\0') + value + '\0';
}

std::string bsonFalse(const std::string &name)
{
    return '\x08' + name + '\0' + '\0';
}

std::string bsonDocument(const std::string &elements)
{
    const auto length = static_cast<char>(elements.size() + 5);
    return length + std::string(3, '\0') + elements + '\0';
}

std::string storageBson()
{
    const std::string options =
        bsonDocument(bsonFalse("directoryPerDB") + bsonFalse("directoryForIndexes") + bsonFalse("groupCollections"));
    const std::string storage =
        bsonDocument(bsonString("engine", "wiredTiger") + '\x03' + std::string("options") + '\0' + options);
    return bsonDocument('\x03' + std::string("storage") + '\0' + storage);
}

constexpr const char *turtleText = "WiredTiger version string\n"
                                   "WiredTiger 10.0.2: (November 30, 2021)\n"
                                   "WiredTiger version\n"
                                   "major=10,minor=0,patch=2\n"
                                   "file:WiredTiger.wt\n"
                                   "access_pattern_hint=none,allocation_size=4KB,block_allocation=best,checksum=on,"
                                   "id=0,key_format=S,value_format=S,version=(major=1,minor=1)\n";

constexpr const char *seedScript =
    "#!/bin/sh\n"
    "# usage: seedSecondary.sh MONGODB_PORT OPLOG_SIZE_GB REPLICA_SET_NAME PRIMARY_HOST:PORT\n"
    "set -e\n"
    "mongo --port \"$1\" --eval \"db.getSiblingDB('local').createCollection('oplog.rs', "
    "{capped: true, size: $2 * 1024 * 1024 * 1024})\"\n";

} // namespace

std::string restoreInfoText(const ArchiveSpec &spec)
{
    const auto stamp = [](std::int64_t seconds, std::int64_t increment) {
        return "(" + std::to_string(seconds) + ", " + std::to_string(increment) + ")";
    };
    std::string text = "Group name: " + spec.groupName + "\n";
    text += "Replica set name: " + spec.setName + "\n";
    text += "Cluster id: " + spec.clusterId + "\n";
    text += "Snapshot timestamp: " + infoTime(fromEpochSeconds(spec.snapshotSeconds)) + "\n";
    text += "Restore timestamp:  " + stamp(spec.restoreSeconds, spec.restoreIncrement) + "\n";
    text += "Last Oplog Applied: " + infoTime(fromEpochSeconds(spec.appliedSeconds)) + " " +
            stamp(spec.appliedSeconds, spec.appliedIncrement) + "\n";
    text += "MongoDB Version: " + spec.version + "\n";
    text += "Storage Engine: wiredTiger\n";
    text += "Mongod options: --storageEngine wiredTiger --wiredTigerCollectionBlockCompressor snappy\n";
    if (spec.encrypted) {
        text += "Encryption: enabled\n";
        text += "Master Key UUID: 3f1c8a52-7c1e-4e7b-9a55-2f6d0b9c1e10\n";
    }
    return text;
}

void TarImage::addLiteral(std::string text)
{
    const auto length = text.size();
    m_segments.push_back({m_size, length, std::move(text), 0});
    m_size += length;
}

void TarImage::addEntry(const std::string &prefix, const std::string &name, std::uint64_t size, char type,
                        Time modified)
{
    std::array<char, tarBlock> header{};
    putField(header, 0, name);
    putField(header, 100, type == '5' ? "0000755" : "0000644");
    putField(header, 108, "0001747");
    putField(header, 116, "0001747");
    putField(header, 124, octal(size, 11));
    putField(header, 136, octal(static_cast<std::uint64_t>(epochSeconds(modified)), 11));
    putField(header, 148, "        ");
    header[156] = type;
    putField(header, 257,
             std::string_view("ustar\0"
                              "00",
                              8));
    putField(header, 265, "mongod");
    putField(header, 297, "mongod");
    putField(header, 345, prefix);
    unsigned sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    putField(header, 148, octal(sum, 6));
    header[154] = '\0';
    header[155] = ' ';
    addLiteral(std::string(header.data(), header.size()));
}

void TarImage::addTextFile(const ArchiveSpec &spec, const std::string &name, std::string text)
{
    addEntry(spec.directory, name, text.size(), '0', spec.modified);
    text.resize((text.size() + tarBlock - 1) / tarBlock * tarBlock, '\0');
    addLiteral(std::move(text));
}

void TarImage::addDataFile(const ArchiveSpec &spec, const std::string &name, std::uint64_t size)
{
    // Data files are whole multiples of the allocation unit, as in a real dbPath.
    size = std::max<std::uint64_t>(size / 4096, 1) * 4096;
    addEntry(spec.directory, name, size, '0', spec.modified);
    m_segments.push_back({m_size, size, {}, seedOf(spec.seed + "/" + name)});
    m_size += size;
}

TarImage::TarImage(const ArchiveSpec &spec)
{
    addEntry("", spec.directory + "/", 0, '5', spec.modified);
    addTextFile(spec, "WiredTiger", "WiredTiger\nWiredTiger 10.0.2: (November 30, 2021)\n");
    addTextFile(spec, "WiredTiger.lock", "WiredTiger lock file\n");
    addTextFile(spec, "WiredTiger.turtle", turtleText);
    addTextFile(spec, "storage.bson", storageBson());
    addTextFile(spec, "restoreInfo.txt", restoreInfoText(spec));
    const bool old = startsWith(spec.fcv, "4.0");
    if (old) {
        addTextFile(spec, "seedSecondary.sh", seedScript);
        addTextFile(spec, "seedSecondary.bat", "@echo off\r\nrem seedSecondary.bat PORT OPLOG_SIZE_GB SET PRIMARY\r\n");
    }
    addDataFile(spec, "WiredTiger.wt", 98304);
    addDataFile(spec, old ? "WiredTigerLAS.wt" : "WiredTigerHS.wt", 4096);
    addDataFile(spec, "_mdb_catalog.wt", 36864);
    addDataFile(spec, "sizeStorer.wt", 20480);
    const std::uint64_t ending = 2 * tarBlock;
    const std::uint64_t fixed = m_size + ending;
    const std::uint64_t data = spec.bytes > fixed ? spec.bytes - fixed : 0;
    const std::uint64_t collections = std::max<std::uint64_t>(3, data / largestFile + 1);
    const std::uint64_t suffix = 1000000000000000000ULL + seedOf(spec.seed) % 8000000000000000000ULL;
    for (std::uint64_t number = 0; number < collections; ++number) {
        const std::uint64_t share = data / collections;
        const std::string tail = "--" + std::to_string(suffix) + ".wt";
        addDataFile(spec, "collection-" + std::to_string(2 * number) + tail, share / 8 * 7);
        addDataFile(spec, "index-" + std::to_string(2 * number + 1) + tail, share / 8);
    }
    addLiteral(std::string(ending, '\0'));
}

void TarImage::read(std::uint64_t offset, std::span<char> out) const
{
    auto segment = std::upper_bound(m_segments.begin(), m_segments.end(), offset,
                                    [](std::uint64_t at, const Segment &s) { return at < s.start; }) -
                   1;
    while (!out.empty()) {
        const std::uint64_t inside = offset - segment->start;
        std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), segment->length - inside));
        if (!segment->literal.empty()) {
            std::memcpy(out.data(), segment->literal.data() + inside, count);
        } else {
            const std::size_t inPage = inside % pageSize;
            count = std::min(count, pageSize - inPage);
            readPage(segment->seed, inside / pageSize, inPage, out.first(count));
        }
        out = out.subspan(count);
        offset += count;
        if (offset == segment->start + segment->length)
            ++segment;
    }
}

std::uint32_t TarImage::crc() const
{
    const auto crcOf = [](const char *bytes, std::size_t length) {
        return crc32_z(0, reinterpret_cast<const Bytef *>(bytes), length);
    };
    const uLong overRest = crc32_combine_gen(pageSize - stampSize);
    uLong crc = 0;
    for (const auto &segment : m_segments) {
        if (!segment.literal.empty()) {
            crc = crc32_z(crc, reinterpret_cast<const Bytef *>(segment.literal.data()), segment.literal.size());
            continue;
        }
        const std::uint64_t pages = segment.length / pageSize;
        for (std::uint64_t index = 0; index < pages; ++index) {
            const auto stamp = stampFor(segment.seed, index);
            crc = crc32_z(crc, reinterpret_cast<const Bytef *>(stamp.data()), stamp.size());
            crc = crc32_combine_op(crc, prepared().crcAfterStamp[pageFor(segment.seed, index)], overRest);
        }
        if (const auto rest = static_cast<std::size_t>(segment.length % pageSize); rest > 0) {
            std::vector<char> page(rest);
            readPage(segment.seed, pages, 0, page);
            crc = crc32_combine(crc, crcOf(page.data(), page.size()), static_cast<z_off_t>(rest));
        }
    }
    return static_cast<std::uint32_t>(crc);
}

} // namespace tidemark::demo
