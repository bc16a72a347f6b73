#include "logs/log_finder.h"

#include "logs/log_merge.h"

namespace tidemark {

namespace {

LossKind kindOf(LogEvent event)
{
    switch (event) {
    case LogEvent::DropDatabase:
        return LossKind::DropDatabase;
    case LogEvent::Rename:
        return LossKind::Rename;
    case LogEvent::Convert:
        return LossKind::Convert;
    case LogEvent::Delete:
        return LossKind::Delete;
    default:
        return LossKind::Drop;
    }
}

bool isLoss(LogEvent event)
{
    return event != LogEvent::Connected && event != LogEvent::Introduced && event != LogEvent::Authenticated;
}

bool isSmall(const LogFinding &finding)
{
    return finding.kind == LossKind::Delete && finding.documents.value_or(LargeDelete) < LargeDelete;
}

QString shortened(const QString &name)
{
    constexpr qsizetype longest = 300; // a namespace has 255 bytes at most
    return name.left(longest);
}

} // namespace

QString logOf(const QString &file)
{
    const qsizetype name = file.lastIndexOf(QLatin1Char('/')) + 1;
    const qsizetype end = file.indexOf(QLatin1String(".log"), name);
    if (end >= 0)
        return file.first(end + 4);
    return file.endsWith(QLatin1String(".gz")) ? file.chopped(3) : file;
}

void LogFinder::beginFile(const QString &host, const QString &file)
{
    m_place = {host, file, 0};
    m_log = host + QLatin1Char('\n') + logOf(file);
    m_line = 0;
    m_sawLog = false;
}

void LogFinder::take(QByteArrayView text)
{
    ++m_line;
    if (!m_sawLog)
        m_sawLog = looksLikeLog(text, m_reading);
    const auto line = parseLogLine(text, m_reading);
    if (!line)
        return;
    if (!isLoss(line->event)) {
        m_connections.note(m_log, *line);
        return;
    }
    if (isScratch(line->nameSpace))
        return;
    add(findingOf(*line, text));
}

LogFinding LogFinder::findingOf(const LogLine &line, QByteArrayView text) const
{
    LogFinding finding;
    finding.kind = kindOf(line.event);
    finding.milliseconds = line.milliseconds;
    finding.lastMilliseconds = line.milliseconds;
    finding.zoneWasTold = line.zoneWasTold;
    finding.yearWasTold = line.yearWasTold;
    finding.nameSpace = shortened(line.nameSpace);
    finding.target = shortened(line.target);
    finding.dropsTarget = line.dropsTarget;
    finding.documents = line.documents;
    finding.took = line.took;
    finding.context = shortened(line.context);
    finding.client = shortened(line.client);
    finding.appName = shortened(line.appName);
    finding.place = m_place;
    finding.place.line = m_line;
    finding.text = QString::fromUtf8(text.first(std::min(text.size(), LongestText)));
    finding.hosts = QStringList{m_place.host.isEmpty() ? logOf(m_place.file) : m_place.host};
    finding.byReplication = !line.context.startsWith(QLatin1String("conn"));
    finding.isConfirmed = line.event == LogEvent::DropFinished || line.isCommand;
    nameWho(finding);
    return finding;
}

void LogFinder::nameWho(LogFinding &finding) const
{
    const QString log = finding.place.host + QLatin1Char('\n') + logOf(finding.place.file);
    const auto *who = m_connections.who(log, finding.context, finding.milliseconds);
    if (!who)
        return;
    for (auto [known, told] : {std::pair(&finding.user, &who->user), std::pair(&finding.client, &who->client),
                               std::pair(&finding.appName, &who->appName)}) {
        if (known->isEmpty())
            *known = *told;
    }
}

void LogFinder::add(LogFinding finding)
{
    ++m_version;
    const QString thread = m_log + QLatin1Char('\n') + finding.context;
    std::vector<quint64> &mine = m_byThread[thread];
    // The last ones alone: a line belongs to what was told just before it.
    constexpr size_t lookedAt = 50;
    for (size_t i = mine.size(); i > 0 && mine.size() - i < lookedAt; --i) {
        LogFinding &known = m_findings.at(mine[i - 1]);
        if (!isSameWork(known, finding))
            continue;
        m_order.erase({{!isSmall(known), known.milliseconds}, mine[i - 1]});
        addWork(known, finding);
        m_order.insert({{!isSmall(known), known.milliseconds}, mine[i - 1]});
        return;
    }
    const quint64 id = m_next++;
    mine.push_back(id);
    m_order.insert({{!isSmall(finding), finding.milliseconds}, id});
    m_findings.emplace(id, std::move(finding));
    if (m_findings.size() > MostFindings)
        forgetOne();
}

void LogFinder::forgetOne()
{
    const quint64 id = m_order.begin()->second;
    m_order.erase(m_order.begin());
    const LogFinding &finding = m_findings.at(id);
    if (!isSmall(finding))
        ++m_notListed;
    const QString thread =
        finding.place.host + QLatin1Char('\n') + logOf(finding.place.file) + QLatin1Char('\n') + finding.context;
    if (const auto mine = m_byThread.find(thread); mine != m_byThread.end()) {
        std::erase(mine->second, id);
        if (mine->second.empty())
            m_byThread.erase(mine);
    }
    m_findings.erase(id);
}

std::vector<LogFinding> LogFinder::findings() const
{
    std::vector<LogFinding> all;
    for (const auto &[id, finding] : m_findings) {
        all.push_back(finding);
        nameWho(all.back()); // what was rotated away before may have been read after
    }
    return merged(std::move(all));
}

} // namespace tidemark
