#pragma once

#include "support/scripted_server.h"

namespace tidemark::test {

/// An archive as a server has it, answered rightly or wrongly in any of these ways, on a connection of its own.
struct Reply
{
    int status = 200;
    QByteArray body = {};
    QList<QByteArray> headers = {}; ///< whole lines, without line ends

    using Framing = ScriptedAnswer::Framing;
    Framing framing = Framing::Chunked;

    bool ranges = false; ///< answers Range with 206 (needs Length or Chunked)
    bool ignoreIfRange = false;
    QByteArray etag = {};
    qint64 cutAfter = -1;         ///< bytes of the body, then the connection is closed
    bool reset = false;           ///< closes it with RST
    qint64 stallAfter = -1;       ///< bytes of the body, then silence
    int chunkPauseMs = 0;         ///< before each piece of the body
    qint64 pieceSize = 65536;     ///< bytes sent at a time
    qint64 flipAt = -1;           ///< one byte of the file has a wrong bit
    qint64 announce = -1;         ///< another Content-Length than the body has
    QByteArray contentRange = {}; ///< in place of the right one
    qint64 rangeShift = 0;        ///< a 206 that begins so many bytes later than it was asked to
    bool repeatForever = false;   ///< the body again and again
    bool dropBeforeAnswer = false;
    std::chrono::milliseconds delay{0}; ///< before the first byte, or before the drop
    QByteArray before = {};             ///< sent before the status line, for example an interim answer
    QByteArray forever = {};            ///< sent after `before`, again and again, in place of everything else

    ScriptedAnswer to(const RecordedRequest &request) const;
};

/// The n-th request gets the n-th reply; the last is repeated.
ScriptedServer::Handler playing(QList<Reply> script);
/// `number` counts requests from 0. Called in the server's thread.
using Play = std::function<Reply(const RecordedRequest &request, int number)>;
ScriptedServer::Handler playing(Play play);

} // namespace tidemark::test
