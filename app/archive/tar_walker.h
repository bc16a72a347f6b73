#pragma once

#include <QByteArray>
#include <QString>
#include <QtGlobal>

namespace tidemark {

/// Follows a tar stream from header to header to its end, in whatever pieces it comes, and keeps none of the contents.
/// Reading libraries stop at the end mark and take a missing one for an end; here the end mark is required and nothing
/// but zeros may follow it (POSIX.1, pax interchange format; GNU's long names and sparse files are followed too).
class TarWalker
{
public:
    enum class State { Reading, Ended, Damaged };

    /// False when the stream is damaged; `problem` says how.
    bool add(const char *data, qint64 length);

    State state() const { return m_state; }
    /// The first block was a tar header.
    bool sawHeader() const { return m_sawHeader; }
    const QString &problem() const { return m_problem; }
    qint64 entries() const { return m_entries; }
    /// First component of the first entry's path; empty when entries differ in it.
    const QString &topDirectory() const { return m_topDirectory; }

private:
    static constexpr qint64 Block = 512;

    bool readBlock();
    bool readHeader();
    void readPaxAttributes();
    void noteEntry(const QByteArray &path);
    bool damaged(const QString &problem);

    State m_state = State::Reading;
    QString m_problem;
    QByteArray m_block;      ///< a header that is not complete yet
    QByteArray m_attributes; ///< contents of a pax header or long name that is not complete yet
    qint64 m_skip = 0;       ///< contents and padding still to come
    qint64 m_attributesLeft = 0;
    char m_attributesType = 0;
    qint64 m_paxSize = -1;
    QByteArray m_longPath;
    bool m_sparseFollows = false;
    int m_zeroBlocks = 0;
    bool m_sawHeader = false;
    qint64 m_entries = 0;
    QString m_topDirectory;
};

} // namespace tidemark
