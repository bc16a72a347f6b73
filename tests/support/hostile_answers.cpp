#include "support/hostile_answers.h"

#include <QUrlQuery>

namespace tidemark::test {

namespace {
constexpr qint64 MiB = 1024 * 1024;
}

ScriptedAnswer pageOf(const QByteArray &item, qint64 bytes, bool goesOn)
{
    const QByteArray begin =
        goesOn ? "{\"links\":[{\"rel\":\"next\",\"href\":\"http://x\"}],\"results\":[" : "{\"results\":[";
    ScriptedAnswer answer = ScriptedAnswer::json(begin);
    while (answer.body.size() + item.size() + 3 < bytes)
        answer.body += item + ',';
    answer.body.chop(1);
    answer.body += "]}";
    return answer;
}

ScriptedAnswer endless(const QByteArray &piece, qint64 size, int status)
{
    ScriptedAnswer answer = ScriptedAnswer::json({}, status);
    answer.size = size;
    answer.generator = [piece](qint64 offset, qint64 length) {
        QByteArray bytes;
        for (qint64 at = offset % piece.size(); bytes.size() < length; at = 0)
            bytes += piece.mid(at, length - bytes.size());
        return bytes;
    };
    return answer;
}

int pageNumber(const RecordedRequest &request)
{
    return QUrlQuery(QUrl::fromEncoded(request.target)).queryItemValue(QStringLiteral("pageNum")).toInt();
}

ScriptedAnswer fullPage(const RecordedRequest &request, int count, const QByteArray &rest)
{
    constexpr int pages = 8;
    const QByteArray number = QByteArray::number(pageNumber(request));
    const QByteArray link = pageNumber(request) < pages ? "next" : "self";
    const QByteArray begin = "{\"links\":[{\"rel\":\"" + link + "\"}],\"results\":[";
    const auto item = [number, rest](qint64 i) {
        return "{\"id\":\"" + number + '-' + QByteArray::number(i).rightJustified(6, '0') + "\"," + rest + "},";
    };
    const qint64 length = item(0).size();
    ScriptedAnswer answer = ScriptedAnswer::json({});
    answer.size = begin.size() + count * length + 4;
    answer.generator = [=](qint64 offset, qint64 wanted) {
        QByteArray bytes;
        while (bytes.size() < wanted) {
            const qint64 at = offset + bytes.size();
            const qint64 i = (at - begin.size()) / length;
            if (at < begin.size())
                bytes += begin.mid(at);
            else if (i < count)
                bytes += item(i).mid((at - begin.size()) % length);
            else
                bytes += "{}]}" + QByteArray(4, ' ');
        }
        return bytes.left(wanted);
    };
    return answer;
}

QByteArray deepAndLong(int filler)
{
    return "\"deep\":" + QByteArray(120, '[') + QByteArray(120, ']') + ",\"filler\":\"" + QByteArray(filler, 'z') +
           "\"";
}

ScriptedAnswer hostileAnswer(const RecordedRequest &request)
{
    const QByteArray path = request.path();
    if (path.endsWith("/groups"))
        return endless("{},", 60 * MiB);
    if (path.endsWith("/snapshots"))
        return pageOf("{}", 1400 * 1024);
    if (path.endsWith("/checkpoints"))
        return fullPage(request, 450, "\"filler\":\"" + QByteArray(16000, 'y') + "\"");
    if (path.endsWith("/restoreJobs"))
        return fullPage(request, 400, deepAndLong(18000));
    return endless("[", 60 * MiB, 500);
}

} // namespace tidemark::test
