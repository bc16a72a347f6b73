#include "archive/tar_walker.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 LargestAttributes = 1024 * 1024; ///< of a pax header: paths, no contents

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::TarWalker", text);
}

/// An octal number, or with the first bit set a binary one (GNU, for files beyond 8 GiB). -1: neither.
qint64 number(const QByteArray &field)
{
    if (field.isEmpty())
        return -1;
    const auto first = static_cast<unsigned char>(field.at(0));
    if (first & 0x80) {
        qint64 value = first & 0x3f;
        for (qsizetype i = 1; i < field.size(); ++i) {
            if (value > (qint64(1) << 54))
                return -1;
            value = (value << 8) | static_cast<unsigned char>(field.at(i));
        }
        return value;
    }
    QByteArray text = field;
    const qsizetype end = text.indexOf('\0');
    if (end >= 0)
        text.truncate(end);
    text = text.trimmed();
    if (text.isEmpty())
        return 0;
    bool ok = false;
    const qint64 value = text.toLongLong(&ok, 8);
    return ok && value >= 0 ? value : -1;
}

bool hasRightChecksum(const QByteArray &header)
{
    const qint64 stored = number(header.mid(148, 8));
    qint64 asUnsigned = 0;
    qint64 asSigned = 0;
    for (qsizetype i = 0; i < header.size(); ++i) {
        const char c = i >= 148 && i < 156 ? ' ' : header.at(i);
        asUnsigned += static_cast<unsigned char>(c);
        asSigned += static_cast<signed char>(c);
    }
    return stored == asUnsigned || stored == asSigned; // some old writers summed signed bytes
}

QByteArray textField(const QByteArray &header, qsizetype offset, qsizetype length)
{
    QByteArray text = header.mid(offset, length);
    const qsizetype end = text.indexOf('\0');
    if (end >= 0)
        text.truncate(end);
    return text;
}

bool isZero(const char *data, qint64 length)
{
    return std::all_of(data, data + length, [](char c) { return c == '\0'; });
}

} // namespace

bool TarWalker::damaged(const QString &problem)
{
    m_state = State::Damaged;
    m_problem = problem;
    return false;
}

bool TarWalker::add(const char *data, qint64 length)
{
    while (length > 0) {
        if (m_state == State::Damaged)
            return false;
        if (m_state == State::Ended) {
            if (!isZero(data, length))
                return damaged(tr("Something follows the end of the tar archive."));
            return true;
        }
        if (m_attributesLeft > 0) {
            const qint64 part = std::min(length, m_attributesLeft);
            m_attributes.append(data, static_cast<qsizetype>(part));
            m_attributesLeft -= part;
            data += part;
            length -= part;
            if (m_attributesLeft == 0)
                readPaxAttributes();
            continue;
        }
        if (m_skip > 0 && !m_sparseFollows) { // the rest of a sparse file's map stands before its contents
            const qint64 part = std::min(length, m_skip);
            m_skip -= part;
            data += part;
            length -= part;
            continue;
        }
        const qint64 part = std::min(length, Block - m_block.size());
        m_block.append(data, static_cast<qsizetype>(part));
        data += part;
        length -= part;
        if (m_block.size() == Block && !readBlock())
            return false;
    }
    return m_state != State::Damaged;
}

bool TarWalker::readBlock()
{
    const QByteArray block = std::exchange(m_block, {});
    if (m_sparseFollows) {
        m_sparseFollows = block.at(504) != '\0';
        return true;
    }
    if (isZero(block.constData(), block.size())) {
        if (!m_sawHeader)
            return damaged(tr("There is no tar archive in it."));
        if (++m_zeroBlocks == 2)
            m_state = State::Ended;
        return true;
    }
    if (m_zeroBlocks > 0)
        return damaged(tr("Something follows the end of the tar archive."));
    m_block = block;
    const bool ok = readHeader();
    m_block.clear();
    return ok;
}

bool TarWalker::readHeader()
{
    if (!hasRightChecksum(m_block))
        return damaged(m_sawHeader ? tr("A header of the tar archive is damaged.")
                                   : tr("There is no tar archive in it."));
    m_sawHeader = true;
    const char type = m_block.at(156);
    qint64 size = number(m_block.mid(124, 12));
    if (size < 0)
        return damaged(tr("A size in the tar archive is damaged."));
    const bool isAttributes = type == 'x' || type == 'g' || type == 'L' || type == 'K';
    if (isAttributes) {
        if (size > LargestAttributes)
            return damaged(tr("A header of the tar archive is too large."));
        m_attributesType = type;
        m_attributes.clear();
        m_attributesLeft = size;
        m_skip = (Block - size % Block) % Block;
        return true;
    }
    if (m_paxSize >= 0)
        size = m_paxSize;
    m_paxSize = -1;
    // Links, devices, directories and pipes have no contents, whatever their size field says (POSIX).
    const bool hasContents = !(type >= '1' && type <= '6');
    if (hasContents)
        m_skip = size + (Block - size % Block) % Block;
    m_sparseFollows = type == 'S' && m_block.at(482) != '\0';
    QByteArray path = textField(m_block, 0, 100);
    const QByteArray prefix = textField(m_block, 345, 155);
    if (m_block.mid(257, 6) == QByteArray("ustar", 6) && !prefix.isEmpty())
        path = prefix + '/' + path;
    if (!m_longPath.isEmpty())
        path = std::exchange(m_longPath, {});
    noteEntry(path);
    return true;
}

void TarWalker::readPaxAttributes()
{
    if (m_attributesType == 'L') {
        m_longPath = textField(m_attributes, 0, m_attributes.size());
        return;
    }
    if (m_attributesType != 'x')
        return;
    // Records of the form "LENGTH KEY=VALUE\n".
    qsizetype at = 0;
    while (at < m_attributes.size()) {
        const qsizetype space = m_attributes.indexOf(' ', at);
        const qsizetype length = space < 0 ? 0 : m_attributes.mid(at, space - at).toLongLong();
        if (space < 0 || length <= space - at || length > m_attributes.size() - at)
            return;
        const QByteArray record = m_attributes.mid(space + 1, length - (space - at) - 2);
        if (record.startsWith("size=")) {
            bool ok = false;
            const qint64 size = record.mid(5).toLongLong(&ok);
            m_paxSize = ok && size >= 0 ? size : -1;
        } else if (record.startsWith("path=")) {
            m_longPath = record.mid(5);
        }
        at += length;
    }
}

void TarWalker::noteEntry(const QByteArray &path)
{
    QString text = QString::fromUtf8(path);
    while (text.startsWith(QLatin1String("./")))
        text.remove(0, 2);
    const QString top = text.section(QLatin1Char('/'), 0, 0);
    if (m_entries == 0)
        m_topDirectory = top;
    else if (top != m_topDirectory && !top.isEmpty() && top != QLatin1String("."))
        m_topDirectory.clear();
    ++m_entries;
}

} // namespace tidemark
