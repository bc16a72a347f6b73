#include "support/archive_answers.h"

#include <algorithm>
#include <limits>

namespace tidemark::test {

namespace {

/// Offset of "bytes=N-", -1 without one.
qint64 rangeStart(const RecordedRequest &request)
{
    const QByteArray range = request.header("range");
    if (!range.startsWith("bytes=") || !range.endsWith('-'))
        return -1;
    bool ok = false;
    const qint64 offset = range.mid(6, range.size() - 7).toLongLong(&ok);
    return ok ? offset : -1;
}

void repeat(ScriptedAnswer &answer, const QByteArray &piece)
{
    answer.size = std::numeric_limits<qint64>::max();
    answer.generator = [piece](qint64 offset, qint64 length) { return piece.mid(offset % piece.size(), length); };
}

/// The right answer to a request for the whole file or for its end.
ScriptedAnswer right(const Reply &reply, const RecordedRequest &request)
{
    ScriptedAnswer answer;
    answer.status = reply.status;
    const qint64 size = reply.body.size();
    const qint64 asked = rangeStart(request);
    const QByteArray condition = request.header("if-range");
    const bool sameFile = reply.ignoreIfRange || condition.isEmpty() || condition == reply.etag;
    qint64 start = 0;
    QByteArray contentRange = reply.contentRange;
    if (reply.status == 200 && reply.ranges && asked >= 0 && sameFile) {
        const bool isThere = asked < size;
        answer.status = isThere ? 206 : 416;
        start = isThere ? std::min(asked + reply.rangeShift, size - 1) : size;
        const QByteArray range =
            isThere ? QByteArray::number(start) + '-' + QByteArray::number(size - 1) : QByteArray("*");
        if (contentRange.isEmpty() || !isThere)
            contentRange = "bytes " + range + '/' + QByteArray::number(size);
    }
    answer.body = reply.body.mid(start);
    if (reply.flipAt >= start && reply.flipAt < start + answer.body.size()) {
        const qsizetype at = reply.flipAt - start;
        answer.body[at] = static_cast<char>(answer.body.at(at) ^ 0x10);
    }
    if (!contentRange.isEmpty())
        answer.headers.emplace_back("Content-Range", contentRange);
    return answer;
}

} // namespace

ScriptedAnswer Reply::to(const RecordedRequest &request) const
{
    using End = ScriptedAnswer::End;
    if (dropBeforeAnswer || !forever.isEmpty()) {
        ScriptedAnswer nothing = ScriptedAnswer::lost();
        nothing.delay = delay;
        nothing.reset = reset;
        if (dropBeforeAnswer)
            return nothing;
        nothing.end = End::Close;
        nothing.raw = before + forever;
        repeat(nothing, forever);
        return nothing;
    }
    ScriptedAnswer answer = right(*this, request);
    answer.delay = delay;
    answer.before = before;
    answer.pause = std::chrono::milliseconds(chunkPauseMs);
    answer.pieceSize = pieceSize;
    answer.announced = announce;
    answer.framing = framing;
    if (answer.status == 416)
        answer.framing = Framing::Length;
    else if (answer.status == 204 && framing == Framing::Chunked)
        answer.framing = Framing::UntilClose;
    if (repeatForever)
        repeat(answer, answer.body);
    if (ranges)
        answer.headers.emplace_back("Accept-Ranges", "bytes");
    if (!etag.isEmpty())
        answer.headers.emplace_back("ETag", etag);
    for (const QByteArray &line : headers) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.emplace_back(line.left(colon), line.mid(colon + 1).trimmed());
    }
    const qint64 size = answer.generator ? answer.size : answer.body.size();
    const bool isCut = cutAfter >= 0 && cutAfter <= size;
    const bool isStalled = stallAfter >= 0 && stallAfter < size && !(isCut && cutAfter <= stallAfter);
    answer.end = isStalled ? End::Stall : isCut ? End::Drop : End::Close;
    answer.dropAfter = isStalled ? stallAfter : cutAfter;
    answer.reset = reset;
    return answer;
}

ScriptedServer::Handler playing(QList<Reply> script)
{
    return playing([script = std::move(script)](const RecordedRequest &, int number) {
        return script.at(std::min<qsizetype>(number, script.size() - 1));
    });
}

ScriptedServer::Handler playing(Play play)
{
    return [play = std::move(play), count = std::make_shared<int>(0)](const RecordedRequest &request) {
        return play(request, (*count)++).to(request);
    };
}

} // namespace tidemark::test
