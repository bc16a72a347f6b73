#include "logs/byte_source.h"

#include "archive/gunzip.h"
#include "base/byte_pipe.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

constexpr qint64 BlockSize = 256 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::LogSearch", text);
}

tl::unexpected<Error> failed(ErrorKind kind, const QString &sentence)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    return failure(error);
}

} // namespace

tl::unexpected<Error> searchStopped()
{
    return failed(ErrorKind::Cancelled, tr("The search was stopped."));
}

FileSource::FileSource(const QString &path, std::shared_ptr<LogSearchSignals> signs)
    : m_file(path)
    , m_signals(std::move(signs))
    , m_block(BlockSize)
{
}

Result<QByteArrayView> FileSource::next()
{
    if (m_signals->isStopped)
        return searchStopped();
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failed(ErrorKind::Disk, tr("it cannot be read: %1").arg(m_file.errorString()));
    const qint64 count = m_file.read(m_block.data(), BlockSize);
    if (count < 0)
        return failed(ErrorKind::Disk, tr("it cannot be read to its end: %1").arg(m_file.errorString()));
    m_signals->readBytes += count;
    return QByteArrayView(m_block.data(), count);
}

PipeSource::PipeSource(std::shared_ptr<BytePipe> pipe, std::shared_ptr<LogSearchSignals> signs)
    : m_pipe(std::move(pipe))
    , m_signals(std::move(signs))
{
}

Result<QByteArrayView> PipeSource::next()
{
    Result<QByteArray> piece = m_pipe->take();
    if (!piece)
        return failure(piece.error());
    m_piece = std::move(*piece);
    m_signals->readBytes += m_piece.size();
    return QByteArrayView(m_piece);
}

GunzipSource::GunzipSource(ByteSource &packed, std::shared_ptr<LogSearchSignals> signs)
    : m_packed(packed)
    , m_signals(std::move(signs))
    , m_gunzip(std::make_unique<Gunzip>())
{
}

GunzipSource::~GunzipSource() = default;

Result<QByteArrayView> GunzipSource::next()
{
    while (true) {
        // A small file may hold a year's worth of zeros.
        if (m_signals->isStopped)
            return searchStopped();
        if (const QByteArrayView piece = m_gunzip->take(); !piece.isEmpty())
            return piece;
        if (m_gunzip->state() == Gunzip::State::Damaged)
            return failed(ErrorKind::Parse, m_gunzip->somethingFollows()
                                                ? tr("something follows the end of the compressed data")
                                                : tr("the compressed data is damaged"));
        const Result<QByteArrayView> packed = m_packed.next();
        if (!packed)
            return failure(packed.error());
        if (!packed->isEmpty())
            m_gunzip->give(packed->data(), packed->size());
        else if (m_gunzip->state() == Gunzip::State::Reading)
            return failed(ErrorKind::Parse, tr("the compressed data ends too early"));
        else
            return QByteArrayView();
    }
}

Result<QByteArrayView> PeekedSource::peek(qsizetype count)
{
    while (m_begin.size() < count && !m_error) {
        const Result<QByteArrayView> piece = m_source.next();
        if (!piece)
            m_error = piece.error();
        else if (piece->isEmpty())
            break;
        else
            m_begin.append(piece->data(), piece->size());
    }
    if (m_begin.isEmpty() && m_error)
        return failure(*m_error);
    return QByteArrayView(m_begin);
}

Result<QByteArrayView> PeekedSource::next()
{
    if (!std::exchange(m_isHandedOut, true) && !m_begin.isEmpty())
        return QByteArrayView(m_begin);
    if (m_error)
        return failure(*m_error);
    return m_source.next();
}

} // namespace tidemark
