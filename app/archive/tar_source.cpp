#include "archive/tar_source.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

constexpr qint64 BlockSize = 256 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::TarSource", text);
}

tl::unexpected<Error> failed(ErrorKind kind, const QString &sentence)
{
    Error error;
    error.kind = kind;
    error.sentence = sentence;
    return failure(error);
}

ArchiveCheck outcome(ArchiveCheck check, ArchiveCheck::Outcome result, const QString &sentence)
{
    check.outcome = result;
    check.sentence = sentence;
    return check;
}

} // namespace

TarSource::TarSource(const QString &path, ArchiveProgress progress)
    : m_path(path)
    , m_progress(std::move(progress))
    , m_file(path)
    , m_block(BlockSize)
{
}

/// False at the end of the file.
Result<bool> TarSource::readBlock()
{
    if (!m_file.isOpen() && !m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failed(ErrorKind::Disk, tr("%1 could not be read: %2.").arg(m_path, m_file.errorString()));
    const qint64 count = m_file.read(m_block.data(), BlockSize);
    if (count < 0)
        return failed(ErrorKind::Disk, tr("%1 could not be read to its end: %2.").arg(m_path, m_file.errorString()));
    if (m_position == 0 && count > 0 && m_block[0] == '\x1f' && (count == 1 || m_block[1] == '\x8b'))
        m_gunzip.emplace();
    m_position += count;
    if (m_gunzip)
        m_gunzip->give(m_block.data(), count);
    return count > 0;
}

QByteArrayView TarSource::walked(QByteArrayView piece)
{
    m_unpacked += piece.size();
    m_ended = !m_tar.add(piece.data(), piece.size());
    return m_ended ? QByteArrayView() : piece;
}

Result<QByteArrayView> TarSource::next()
{
    while (!m_ended) {
        if (isStopped())
            return failed(ErrorKind::Cancelled, tr("Reading the archive was stopped."));
        if (m_gunzip) {
            if (const QByteArrayView piece = m_gunzip->take(); !piece.isEmpty())
                return walked(piece);
            m_ended = m_gunzip->state() == Gunzip::State::Damaged;
            if (m_ended)
                break;
        }
        const Result<bool> more = readBlock();
        if (!more)
            return failure(more.error());
        m_ended = !*more;
        if (*more && !m_gunzip)
            return walked({m_block.data(), static_cast<qsizetype>(m_position - m_unpacked)});
    }
    return QByteArrayView();
}

ArchiveCheck TarSource::verdict() const
{
    using Outcome = ArchiveCheck::Outcome;
    if (m_position == 0)
        return outcome({}, Outcome::NotAnArchive, tr("The file is empty."));
    ArchiveCheck check;
    check.entries = m_tar.entries();
    check.unpackedBytes = m_unpacked;
    check.topDirectory = m_tar.topDirectory();
    // Only what could be unpacked to its end may be called no archive; else more bytes might make it one.
    const bool readWhole = !m_gunzip || m_gunzip->state() == Gunzip::State::BetweenMembers;
    if (m_tar.state() == TarWalker::State::Damaged || (readWhole && !m_tar.sawHeader())) {
        if (!m_tar.sawHeader())
            return outcome(check, Outcome::NotAnArchive,
                           m_gunzip ? tr("The file is compressed, but there is no tar archive in it.")
                                    : tr("The file is neither a gzip nor a tar archive."));
        return outcome(check, Outcome::Damaged, m_tar.problem());
    }
    if (m_gunzip && m_gunzip->state() == Gunzip::State::Damaged)
        return outcome(check, Outcome::Damaged,
                       m_gunzip->somethingFollows() ? tr("Something follows the end of the compressed data.")
                                                    : tr("The compressed data is damaged."));
    if (m_gunzip && m_gunzip->state() == Gunzip::State::Reading)
        return outcome(check, Outcome::Truncated, tr("The compressed data ends too early."));
    if (m_tar.state() == TarWalker::State::Reading)
        return outcome(check, Outcome::Truncated, tr("The tar archive ends too early."));
    return outcome(check, Outcome::Intact,
                   m_gunzip ? tr("The gzip checksum and the end of the tar archive are right.")
                            : tr("The end of the tar archive is right; without gzip it has no checksum."));
}

} // namespace tidemark
