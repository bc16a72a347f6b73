#include "logs/log_cover.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr size_t MostHosts = 1000;
constexpr size_t MostSpans = 100;
constexpr qint64 Second = 1000;
/// mongod writes some lines a minute even if nobody asks it for anything: more than this between two files is a file
/// that is missing.
constexpr qint64 LargestPause = 10 * 60 * Second;

} // namespace

bool isCovered(const LogCover &cover, qint64 milliseconds)
{
    return std::any_of(cover.spans.begin(), cover.spans.end(), [milliseconds](const LogSpan &span) {
        return span.first / Second <= milliseconds / Second && milliseconds / Second <= span.last / Second;
    });
}

bool isCovered(const std::vector<LogCover> &covers, qint64 milliseconds)
{
    return std::any_of(covers.begin(), covers.end(),
                       [milliseconds](const LogCover &cover) { return isCovered(cover, milliseconds); });
}

void LogCovers::add(const QString &host, const LogSpan &span)
{
    if (m_spans.size() >= MostHosts && m_spans.count(host) == 0)
        return;
    std::vector<LogSpan> &spans = m_spans[host];
    LogSpan whole = span;
    std::erase_if(spans, [&whole](const LogSpan &known) {
        const bool isNear = known.first - whole.last <= LargestPause && whole.first - known.last <= LargestPause;
        if (isNear)
            whole = {std::min(known.first, whole.first), std::max(known.last, whole.last)};
        return isNear;
    });
    const auto place =
        std::find_if(spans.begin(), spans.end(), [&whole](const LogSpan &known) { return known.first > whole.first; });
    spans.insert(place, whole);
    if (spans.size() > MostSpans)
        spans.erase(spans.begin());
}

std::vector<LogCover> LogCovers::list() const
{
    std::vector<LogCover> all;
    for (const auto &[host, spans] : m_spans)
        all.push_back({host, spans});
    return all;
}

} // namespace tidemark
