#pragma once

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

namespace tidemark {

/// Status line and header fields of an HTTP/1 answer (RFC 9112).
struct HttpHead
{
    int status = 0;
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< names in lower case, in the order they came

    /// The first field of that name; empty without one.
    QByteArray field(const QByteArray &lowerCaseName) const;
    /// Several Content-Length fields that differ, or a Transfer-Encoding other than chunked: the body's bytes or their
    /// end cannot be known.
    bool hasUnclearBody() const;
    bool isChunked() const;
    bool isInterim() const { return status >= 100 && status < 200; }

    bool operator==(const HttpHead &) const = default;
};

/// `text` ends with the empty line. nullopt when it is no answer of HTTP/1.
std::optional<HttpHead> parseHttpHead(const QByteArray &text);

/// The size in a chunk's first line, without line end; -1 when it is none.
qint64 parseChunkSize(const QByteArray &line);

} // namespace tidemark
