#pragma once

#include <QByteArray>

namespace tidemark {

/// What the first bytes of a body can show before any of it touches the disk.
enum class FirstLook {
    More,    ///< too few bytes to tell; more will come
    Take,    ///< nothing speaks against them
    Text,    ///< a page of text in place of the archive
    Stranger ///< they are to replace bytes that are here, and do not begin an archive
};

/// Where the bytes belong.
enum class BodyPlace {
    Beginning, ///< of a file of which nothing is here
    Anew,      ///< from byte 0, and the bytes that are here would be given up for them
    Rest       ///< behind the bytes that are here, which are gzip
};

/// As many bytes as are needed at most to tell.
constexpr qsizetype FirstLookBytes = 4096;

/// `ended`: no more bytes will come. Bytes on the disk are given up only for bytes that can be the same file: gzip
/// whose first contents are a tar header, or a tar header.
FirstLook firstLook(const QByteArray &bytes, bool ended, BodyPlace place);

} // namespace tidemark
