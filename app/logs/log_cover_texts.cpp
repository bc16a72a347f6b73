#include "logs/log_cover_texts.h"

#include "base/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::LogTexts)
};

QDateTime momentAt(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
}

/// The date once where it is the same.
QString spanText(const LogSpan &span)
{
    const QDateTime first = momentAt(span.first);
    const QDateTime last = momentAt(span.last);
    return first.date() == last.date() ? Text::tr("%1 to %2", "moments").arg(bareUtcText(first), timeOfDayText(last))
                                       : Text::tr("%1 to %2", "moments").arg(utcText(first), utcText(last));
}

/// Hosts whose logs tell of the same times, more or less: of those that all of them tell of.
struct CoverGroup
{
    QStringList hosts;
    std::vector<LogSpan> spans;

    bool takes(const LogCover &cover) const
    {
        constexpr qint64 near = 60'000;
        return std::equal(spans.begin(), spans.end(), cover.spans.begin(), cover.spans.end(),
                          [](const LogSpan &a, const LogSpan &b) {
                              return std::llabs(a.first - b.first) <= near && std::llabs(a.last - b.last) <= near &&
                                     std::max(a.first, b.first) <= std::min(a.last, b.last);
                          });
    }
    void add(const LogCover &cover)
    {
        hosts << cover.host;
        for (size_t i = 0; i < spans.size(); ++i)
            spans[i] = {std::max(spans[i].first, cover.spans[i].first), std::min(spans[i].last, cover.spans[i].last)};
    }
};

void addTo(std::vector<CoverGroup> &groups, const LogCover &cover)
{
    const auto same =
        std::find_if(groups.begin(), groups.end(), [&cover](const CoverGroup &group) { return group.takes(cover); });
    if (same == groups.end())
        groups.push_back({{cover.host}, cover.spans});
    else
        same->add(cover);
}

QString moreHosts(qsizetype count)
{
    return Text::tr("%n more hosts", nullptr, static_cast<int>(count));
}

QString groupText(const CoverGroup &group)
{
    constexpr qsizetype mostNames = 4;
    constexpr size_t mostSpans = 4;
    QStringList names = group.hosts.mid(0, mostNames);
    if (group.hosts.size() > mostNames)
        names << moreHosts(group.hosts.size() - mostNames);
    QStringList spans; // the newest, where there are many
    for (size_t i = group.spans.size() - std::min(group.spans.size(), mostSpans); i < group.spans.size(); ++i)
        spans << spanText(group.spans[i]);
    return Text::tr("%1: %2", "hosts, times").arg(names.join(QStringLiteral(", ")), spans.join(QStringLiteral(", ")));
}

/// Those without the moment first.
std::vector<CoverGroup> groupsOf(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment)
{
    std::vector<CoverGroup> groups;
    std::vector<CoverGroup> others;
    for (const LogCover &cover : covers)
        addTo(moment && isCovered(cover, moment->toMSecsSinceEpoch()) ? others : groups, cover);
    groups.insert(groups.end(), others.begin(), others.end());
    return groups;
}

/// Of hosts that have little in common: from the first to the last of it.
QString manyText(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment)
{
    LogSpan all = covers.front().spans.front();
    int without = 0;
    for (const LogCover &cover : covers) {
        all = {std::min(all.first, cover.spans.front().first), std::max(all.last, cover.spans.back().last)};
        without += moment && !isCovered(cover, moment->toMSecsSinceEpoch()) ? 1 : 0;
    }
    QStringList texts;
    texts << Text::tr("Times covered, on %n hosts each its own part: %1.", nullptr, static_cast<int>(covers.size()))
                 .arg(spanText(all));
    if (without > 0)
        texts << Text::tr("On %n hosts not the moment on the page.", nullptr, without);
    return texts.join(QLatin1Char(' '));
}

} // namespace

QString coverText(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment)
{
    constexpr size_t mostGroups = 2;
    const std::vector<CoverGroup> groups = groupsOf(covers, moment);
    if (groups.size() > mostGroups)
        return manyText(covers, moment);
    QStringList texts;
    for (const CoverGroup &group : groups)
        texts << groupText(group);
    return texts.isEmpty() ? QString() : Text::tr("Times covered: %1.").arg(texts.join(QStringLiteral("; ")));
}

QStringList coverLines(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment)
{
    constexpr size_t most = 100;
    const std::vector<CoverGroup> groups = groupsOf(covers, moment);
    QStringList lines;
    qsizetype left = 0;
    for (size_t i = 0; i < groups.size(); ++i) {
        if (i < most)
            lines << groupText(groups[i]);
        else
            left += groups[i].hosts.size();
    }
    if (left > 0)
        lines << moreHosts(left);
    return lines;
}

QString uncoveredText(const std::vector<LogCover> &covers, const std::optional<QDateTime> &moment)
{
    if (!moment || covers.empty() || isCovered(covers, moment->toMSecsSinceEpoch()))
        return {};
    return Text::tr(
               "None of the logs that were read tells of %1, the moment on the page: what was found, or not found, "
               "says nothing about it. Read the logs of that time.")
        .arg(utcText(*moment));
}

} // namespace tidemark
