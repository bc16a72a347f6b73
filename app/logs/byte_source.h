#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QFile>

#include <atomic>
#include <memory>
#include <vector>

namespace tidemark {

class BytePipe;
class Gunzip;

/// What a search is told and tells while it runs, by any thread.
struct LogSearchSignals
{
    std::atomic<bool> isStopped = false;
    std::atomic<qint64> readBytes = 0;  ///< of files and of what was fetched, as they are there
    std::atomic<qint64> totalBytes = 0; ///< 0: not known
};

/// Bytes from somewhere, a piece at a time. Blocks: worker threads only.
class ByteSource
{
public:
    ByteSource() = default;
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;
    virtual ~ByteSource() = default;

    /// The next piece, good until the next call; empty at the end. Errors: Disk, Network and Parse (they end it before
    /// its end), Cancelled.
    virtual Result<QByteArrayView> next() = 0;
};

/// A file, read once from its beginning.
class FileSource final : public ByteSource
{
public:
    FileSource(const QString &path, std::shared_ptr<LogSearchSignals> signs);
    Result<QByteArrayView> next() override;

private:
    QFile m_file;
    std::shared_ptr<LogSearchSignals> m_signals;
    std::vector<char> m_block;
};

/// What another thread puts into a pipe.
class PipeSource final : public ByteSource
{
public:
    PipeSource(std::shared_ptr<BytePipe> pipe, std::shared_ptr<LogSearchSignals> signs);
    Result<QByteArrayView> next() override;

private:
    std::shared_ptr<BytePipe> m_pipe;
    std::shared_ptr<LogSearchSignals> m_signals;
    QByteArray m_piece;
};

/// What is compressed in another source. Damaged data is an error (Parse) once all before it was handed out.
class GunzipSource final : public ByteSource
{
public:
    GunzipSource(ByteSource &packed, std::shared_ptr<LogSearchSignals> signs);
    ~GunzipSource() override;
    Result<QByteArrayView> next() override;

private:
    ByteSource &m_packed;
    std::shared_ptr<LogSearchSignals> m_signals;
    std::unique_ptr<Gunzip> m_gunzip;
};

/// Another source, with a look at its beginning.
class PeekedSource final : public ByteSource
{
public:
    explicit PeekedSource(ByteSource &source)
        : m_source(source)
    {
    }
    /// The first `count` bytes, or all where there are fewer; an error only where it comes before the first of them.
    Result<QByteArrayView> peek(qsizetype count);
    Result<QByteArrayView> next() override;

private:
    ByteSource &m_source;
    QByteArray m_begin;
    std::optional<Error> m_error;
    bool m_isHandedOut = false;
};

/// ErrorKind::Cancelled.
tl::unexpected<Error> searchStopped();

} // namespace tidemark
