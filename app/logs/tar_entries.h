#pragma once

#include "logs/byte_source.h"

#include <QStringList>

#include <memory>

struct archive;

namespace tidemark {

/// The files in a tar stream, one after another, as libarchive finds them.
class TarEntries
{
public:
    explicit TarEntries(ByteSource &packed);
    ~TarEntries();
    TarEntries(const TarEntries &) = delete;
    TarEntries &operator=(const TarEntries &) = delete;

    /// The next file's path, without what no path should have ("..", a leading slash, control characters); empty behind
    /// the last one. Folders and links are passed over.
    Result<QString> nextFile();
    /// Links that were passed over.
    const QStringList &links() const { return m_links; }
    /// The contents of that file.
    ByteSource &contents();

private:
    class Contents;
    struct Deleter
    {
        void operator()(archive *stream) const;
    };
    static long read(archive *stream, void *self, const void **buffer);
    tl::unexpected<Error> error() const;

    ByteSource &m_packed;
    std::optional<Error> m_readError;
    QStringList m_links;
    std::unique_ptr<archive, Deleter> m_archive;
    std::unique_ptr<Contents> m_contents;
    bool m_isOpen = false;
};

/// The block is the header of a tar archive.
bool isTarHeader(QByteArrayView block);

} // namespace tidemark
