#include "downloads/head_judge.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr qsizetype MostBytes = 256 * 1024;
constexpr int MostLines = 500;
constexpr qsizetype MostDigits = 18; ///< of a length: more is no file's

bool isLength(const QByteArray &value)
{
    return !value.isEmpty() && value.size() <= MostDigits &&
           std::all_of(value.cbegin(), value.cend(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

HeadJudge::Line HeadJudge::take(QByteArrayView line)
{
    m_bytes += line.size();
    if (++m_lines > MostLines || m_bytes > MostBytes)
        return Line::TooMuch;
    if (m_counted)
        return Line::GoOn;
    const QByteArrayView text = line.trimmed();
    if (text.startsWith("HTTP/")) {
        m_fields.clear();
        m_status = text.toByteArray().mid(text.indexOf(' ') + 1, 3).toInt();
        return Line::GoOn;
    }
    if (!text.isEmpty()) {
        const qsizetype colon = text.indexOf(':');
        if (colon > 0)
            m_fields.emplace_back(text.first(colon).trimmed().toByteArray().toLower(),
                                  text.sliced(colon + 1).trimmed().toByteArray());
        return Line::GoOn;
    }
    const bool interim = (m_status >= 100 && m_status < 200) || (m_status == 407 && m_viaProxy) || m_status == 0;
    if (interim)
        return Line::GoOn;
    m_counted = true;
    return Line::Head;
}

WipedBytes HeadJudge::field(const QByteArray &lowerCaseName) const
{
    const auto found = std::find_if(m_fields.begin(), m_fields.end(),
                                    [&lowerCaseName](const auto &entry) { return entry.first == lowerCaseName; });
    return found == m_fields.end() ? WipedBytes() : found->second;
}

bool HeadJudge::hasUnclearBody() const
{
    QByteArray length;
    for (const auto &[name, value] : m_fields) {
        if (name == "transfer-encoding" && value.toLower() != "chunked")
            return true;
        if (name != "content-length")
            continue;
        for (const QByteArray &each : value.split(',')) {
            if (!isLength(each.trimmed()) || (!length.isEmpty() && length != each.trimmed()))
                return true;
            length = each.trimmed();
        }
    }
    return false;
}

AnswerHead HeadJudge::head() const
{
    AnswerHead head;
    head.status = m_status;
    head.contentRange = field("content-range");
    head.transferEncoding = field("transfer-encoding");
    if (head.transferEncoding.isEmpty())
        head.contentLength = field("content-length").split(',').first();
    head.acceptRanges = field("accept-ranges");
    head.etag = field("etag");
    head.retryAfter = field("retry-after");
    return head;
}

} // namespace tidemark
