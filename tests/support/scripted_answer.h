#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace tidemark::test {

/// A request as it came over the wire.
struct RecordedRequest
{
    QByteArray raw; ///< head and body, byte by byte
    QByteArray method;
    QByteArray target; ///< path and query as sent; for a proxy the whole URL or host:port
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    int connection = 0; ///< which connection it came on, from 0
    std::chrono::steady_clock::time_point at;

    /// The first header of this name (case does not count), or a null array.
    QByteArray header(const QByteArray &name) const;
    QByteArray path() const; ///< target without query
};

/// What to send back, and how to misbehave while doing so.
struct ScriptedAnswer
{
    enum class Framing { Length, Chunked, UntilClose };
    enum class End {
        KeepOpen, ///< as HTTP/1.1 does
        Close,    ///< after the answer
        Drop, ///< reset or close after `dropAfter` bytes of the body (of the answer's head when negative: none is sent)
        Stall ///< send `dropAfter` bytes of the body, then nothing more, the connection stays open
    };

    int status = 200;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    /// In place of `body`: `size` bytes, made when they are needed, so that an answer may be larger than memory.
    std::function<QByteArray(qint64 offset, qint64 length)> generator;
    qint64 size = 0;
    Framing framing = Framing::Length;
    End end = End::KeepOpen;
    qint64 dropAfter = 0;
    bool reset = false;                 ///< where the connection is ended, with RST
    std::chrono::milliseconds delay{0}; ///< before the first byte
    std::chrono::milliseconds pause{0}; ///< before each piece of the body
    qint64 pieceSize = 65536;           ///< bytes of the body that are written at a time
    qint64 announced = -1;              ///< in place of the right Content-Length
    QByteArray before;                  ///< sent before the status line, for example an interim answer
    /// When set, exactly these bytes are sent in place of head and framing, then what `generator` has to say.
    QByteArray raw;

    static ScriptedAnswer json(const QByteArray &body, int status = 200);
    static ScriptedAnswer text(const QByteArray &body, int status = 200, const QByteArray &type = "text/plain");
    static ScriptedAnswer lost(); ///< the request is read, then the connection is closed without a byte
    ScriptedAnswer with(const QByteArray &name, const QByteArray &value) const;
};

} // namespace tidemark::test
