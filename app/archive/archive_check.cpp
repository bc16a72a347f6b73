#include "archive/archive_check.h"

#include "archive/tar_walker.h"

#include <QCoreApplication>
#include <QFile>

#include <memory>
#include <vector>

#include <zlib.h>

namespace tidemark {

namespace {

constexpr qint64 BlockSize = 256 * 1024;
constexpr int GzipOnly = 15 + 16; ///< zlib: largest window, gzip header and trailer

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ArchiveCheck", text);
}

struct InflateDeleter
{
    void operator()(z_stream *stream) const
    {
        inflateEnd(stream);
        delete stream;
    }
};

/// gzip members, one after another, their trailers (CRC-32 and length) checked by zlib.
class Gunzip
{
public:
    enum class State { Reading, BetweenMembers, Damaged };

    Gunzip()
        : m_stream(new z_stream{})
        , m_output(BlockSize)
    {
        if (inflateInit2(m_stream.get(), GzipOnly) != Z_OK)
            m_state = State::Damaged;
    }

    /// Hands what was unpacked to `sink(data, length)`, which may return false to stop.
    template<typename Sink>
    bool add(const char *data, qint64 length, Sink sink)
    {
        // zlib's interface is not const-correct; the input is only read.
        m_stream->next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data));
        m_stream->avail_in = static_cast<uInt>(length);
        while (m_state != State::Damaged) {
            if (m_state == State::BetweenMembers) {
                if (m_stream->avail_in == 0)
                    return true;
                // Only another member may follow one; anything else is not part of the archive.
                if (*m_stream->next_in != 0x1f || inflateReset(m_stream.get()) != Z_OK) {
                    m_follows = true;
                    break;
                }
                m_state = State::Reading;
            }
            m_stream->next_out = reinterpret_cast<Bytef *>(m_output.data());
            m_stream->avail_out = static_cast<uInt>(m_output.size());
            const int result = inflate(m_stream.get(), Z_NO_FLUSH);
            const qint64 produced = static_cast<qint64>(m_output.size()) - m_stream->avail_out;
            if (produced > 0 && !sink(m_output.data(), produced))
                return false;
            if (result == Z_STREAM_END)
                m_state = State::BetweenMembers;
            else if (result == Z_BUF_ERROR || (result == Z_OK && m_stream->avail_in == 0 && m_stream->avail_out > 0))
                return true;
            else if (result != Z_OK)
                break;
        }
        m_state = State::Damaged;
        return false;
    }

    State state() const { return m_state; }
    bool somethingFollows() const { return m_follows; }

private:
    std::unique_ptr<z_stream, InflateDeleter> m_stream;
    std::vector<char> m_output;
    State m_state = State::Reading;
    bool m_follows = false;
};

ArchiveCheck outcome(ArchiveCheck check, ArchiveCheck::Outcome result, const QString &sentence)
{
    check.outcome = result;
    check.sentence = sentence;
    return check;
}

ArchiveCheck judge(const TarWalker &tar, const Gunzip *gunzip, qint64 unpacked)
{
    using Outcome = ArchiveCheck::Outcome;
    ArchiveCheck check;
    check.entries = tar.entries();
    check.unpackedBytes = unpacked;
    check.topDirectory = tar.topDirectory();
    // Only what could be unpacked to its end may be called no archive; else more bytes might make it one.
    const bool readWhole = !gunzip || gunzip->state() == Gunzip::State::BetweenMembers;
    if (tar.state() == TarWalker::State::Damaged || (readWhole && !tar.sawHeader())) {
        if (!tar.sawHeader())
            return outcome(check, Outcome::NotAnArchive,
                           gunzip ? tr("The file is compressed, but there is no tar archive in it.")
                                  : tr("The file is neither a gzip nor a tar archive."));
        return outcome(check, Outcome::Damaged, tar.problem());
    }
    if (gunzip && gunzip->state() == Gunzip::State::Damaged)
        return outcome(check, Outcome::Damaged,
                       gunzip->somethingFollows() ? tr("Something follows the end of the compressed data.")
                                                  : tr("The compressed data is damaged."));
    if (gunzip && gunzip->state() == Gunzip::State::Reading)
        return outcome(check, Outcome::Truncated, tr("The compressed data ends too early."));
    if (tar.state() == TarWalker::State::Reading)
        return outcome(check, Outcome::Truncated, tr("The tar archive ends too early."));
    return outcome(check, Outcome::Intact,
                   gunzip ? tr("The gzip checksum and the end of the tar archive are right.")
                          : tr("The end of the tar archive is right; without gzip it has no checksum."));
}

} // namespace

Result<ArchiveCheck> checkArchive(const QString &path, const std::function<bool(qint64)> &progress)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = tr("%1 could not be read: %2.").arg(path, file.errorString());
        return failure(error);
    }
    std::vector<char> block(BlockSize);
    std::unique_ptr<Gunzip> gunzip;
    TarWalker tar;
    qint64 done = 0;
    qint64 unpacked = 0;
    const auto walk = [&](const char *data, qint64 length) {
        unpacked += length;
        return tar.add(data, length);
    };
    for (bool first = true;; first = false) {
        const qint64 count = file.read(block.data(), BlockSize);
        if (count < 0) {
            Error error;
            error.kind = ErrorKind::Disk;
            error.sentence = tr("%1 could not be read to its end: %2.").arg(path, file.errorString());
            return failure(error);
        }
        if (count == 0) {
            if (first)
                return outcome({}, ArchiveCheck::Outcome::NotAnArchive, tr("The file is empty."));
            break;
        }
        if (first && block[0] == '\x1f' && (count == 1 || block[1] == '\x8b'))
            gunzip = std::make_unique<Gunzip>();
        done += count;
        if (!(gunzip ? gunzip->add(block.data(), count, walk) : walk(block.data(), count)))
            break;
        if (progress && !progress(done)) {
            Error error;
            error.kind = ErrorKind::Cancelled;
            error.sentence = tr("The test of the archive was stopped.");
            return failure(error);
        }
    }
    return judge(tar, gunzip.get(), unpacked);
}

} // namespace tidemark
