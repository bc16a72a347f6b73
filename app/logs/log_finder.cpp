#include "logs/log_finder.h"

#include "logs/log_merge.h"
#include "logs/log_time.h"
#include "logs/log_work.h"

#include <algorithm>
#include <utility>

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

/// The line's own word counts more.
void nameWho(LogFinding &finding, const LogConnections::Who &who)
{
    if (!who.user.startsWith(QLatin1String("__system@"))) // the members and routers themselves, for somebody else
        finding.user = who.user;
    for (auto [known, told] : {std::pair(&finding.client, &who.client), std::pair(&finding.appName, &who.appName)}) {
        if (known->isEmpty())
            *known = *told;
    }
}

QString hostName(const LogPlace &place)
{
    return place.host.isEmpty() ? logOf(place.file) : place.host;
}

/// A clock that was wrong for a moment must not make a log tell of every time there is.
bool isPlausible(qint64 milliseconds, const LogReading &reading)
{
    static const qint64 firstRelease = QDateTime(QDate(2009, 1, 1), QTime(0, 0), Qt::UTC).toMSecsSinceEpoch();
    return milliseconds >= firstRelease && milliseconds <= reading.now.addDays(1).toMSecsSinceEpoch();
}

bool isLoss(LogEvent event)
{
    return event < LogEvent::Connected;
}

LossSteps stepsOf(const LogLine &line)
{
    if (line.isCommand)
        return WholeCommand;
    return line.event == LogEvent::DropFinished || line.event == LogEvent::Delete ? CarriedOut : Asked;
}

/// What no client ordered of this member. Of deletes mongod has some of its own: those of TTL indexes.
bool isByReplication(const LogLine &line)
{
    return line.event == LogEvent::Delete ? line.context.contains(QLatin1String("repl"), Qt::CaseInsensitive)
                                          : !line.context.startsWith(QLatin1String("conn"));
}

/// Of a run of one line.
DeleteRun runOf(const LogLine &line)
{
    DeleteRun run;
    run.isOpen = !line.documents.most;
    run.largest = line.documents.most.value_or(0);
    run.parts = line.parts;
    if (!line.isCommand) {
        run.loose = 1;
        run.looseDocuments = line.documents.least;
        run.looseFrom = line.milliseconds;
    }
    return run;
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

void LogFinder::beginFile(const QString &host, const QString &file, const QString &archive)
{
    m_place = {host, file, 0};
    m_log = QStringList{archive, host, logOf(file)}.join(QLatin1Char('\n'));
    m_line = 0;
    m_sawLog = false;
    m_span.reset();
    for (Beginning &kept : m_latest)
        kept.length = 0;
    ++m_file;
}

void LogFinder::keepBeginning(QByteArrayView line)
{
    Beginning &kept = m_latest[static_cast<size_t>(m_line) % m_latest.size()];
    kept.length = std::min(line.size(), LongestBeginning);
    std::copy_n(line.begin(), kept.length, kept.bytes.begin());
}

void LogFinder::noteTimes()
{
    if (!m_sawLog)
        return;
    for (size_t back = 0; back < m_latest.size(); ++back) {
        Beginning &kept = m_latest[static_cast<size_t>(m_line + 8 - static_cast<qint64>(back)) % m_latest.size()];
        const qsizetype length = std::exchange(kept.length, 0);
        const auto time = lineTime(QByteArrayView(kept.bytes.data(), length), m_reading);
        if (time && isPlausible(time->milliseconds, m_reading)) {
            m_span = {std::min(m_span ? m_span->first : time->milliseconds, time->milliseconds),
                      std::max(m_span ? m_span->last : time->milliseconds, time->milliseconds)};
            m_sawZoneless = m_sawZoneless || !time->zoneWasTold;
            break;
        }
    }
    if (m_span)
        m_covers.add(hostName(m_place), *m_span);
}

/// A log that stands there twice, packed and unpacked, tells of everything twice.
bool LogFinder::wasReadBefore(QByteArrayView line)
{
    const size_t hash = qHash(line, qHash(m_log));
    const auto known = m_inFile.constFind(hash);
    if (known != m_inFile.constEnd())
        return *known != m_file;
    if (m_inFile.size() < MostHashes)
        m_inFile.insert(hash, m_file);
    return false;
}

void LogFinder::take(QByteArrayView text)
{
    ++m_line;
    keepBeginning(text);
    if (!m_sawLog) {
        m_sawLog = looksLikeLog(text, m_reading);
        if (m_sawLog)
            noteTimes(); // its first
    }
    const auto line = parseLogLine(text, m_reading);
    if (!line)
        return;
    if (!isLoss(line->event)) {
        m_connections.note(m_log, *line);
        return;
    }
    if (isScratch(line->nameSpace) || wasReadBefore(text))
        return;
    add(findingOf(*line, text));
}

LogFinding LogFinder::findingOf(const LogLine &line, QByteArrayView text) const
{
    LogFinding finding;
    finding.kind = kindOf(line.event);
    finding.milliseconds = line.milliseconds;
    finding.endMilliseconds = line.milliseconds + line.took;
    finding.zoneWasTold = line.zoneWasTold;
    finding.yearWasTold = line.yearWasTold;
    finding.nameSpace = line.nameSpace;
    finding.target = line.target;
    finding.dropsTarget = line.dropsTarget;
    if (line.event == LogEvent::Delete) {
        finding.documents = line.documents;
        finding.run = runOf(line);
    }
    finding.context = line.context;
    finding.client = line.client;
    finding.appName = line.appName;
    finding.place = m_place;
    finding.place.line = m_line;
    finding.text = QString::fromUtf8(text.first(std::min(text.size(), LongestText)));
    finding.hosts = QStringList{hostName(m_place)};
    finding.byReplication = isByReplication(line);
    finding.steps = stepsOf(line);
    return finding;
}

LogFinder::Order LogFinder::orderOf(const LogFinding &finding)
{
    const bool mayHaveFailed = finding.kind == LossKind::Drop && !finding.isConfirmed();
    const bool mayBeSmall = finding.kind == LossKind::Delete && finding.documents.least < LargeDelete;
    // A database that goes leaves a line for each of its collections on each member.
    const bool isCopied = finding.kind == LossKind::Drop && finding.byReplication;
    int rank = 4;
    if (isSmall(finding))
        rank = 0;
    else if (mayHaveFailed)
        rank = 1;
    else if (mayBeSmall)
        rank = 2;
    else if (isCopied)
        rank = 3;
    return {rank, finding.milliseconds};
}

void LogFinder::add(LogFinding finding)
{
    ++m_version;
    const QString thread = m_log + QLatin1Char('\n') + finding.context;
    std::vector<quint64> &mine = m_byThread[thread];
    // The last ones alone: a line belongs to what was told just before it.
    constexpr size_t lookedAt = 50;
    for (size_t i = mine.size(); i > 0 && mine.size() - i < lookedAt; --i) {
        LogFinding &known = m_findings.at(mine[i - 1]).finding;
        if (!isSameWork(known, finding))
            continue;
        m_order.erase({orderOf(known), mine[i - 1]});
        addWork(known, finding);
        m_order.insert({orderOf(known), mine[i - 1]});
        return;
    }
    const quint64 id = m_next++;
    mine.push_back(id);
    m_order.insert({orderOf(finding), id});
    const auto who = m_connections.who(m_log, finding.context, finding.milliseconds);
    m_findings.emplace(id, Kept{std::move(finding), m_log, who});
    if (m_findings.size() > MostFindings)
        forgetOne();
}

void LogFinder::forgetOne()
{
    const quint64 id = m_order.begin()->second;
    m_order.erase(m_order.begin());
    const auto &[finding, log, who] = m_findings.at(id);
    if (!isSmall(finding))
        ++m_notListed;
    const QString thread = log + QLatin1Char('\n') + finding.context;
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
    for (const auto &[id, kept] : m_findings) {
        LogFinding &finding = all.emplace_back(kept.finding);
        // What was rotated away before may have been read after, and what was known may be forgotten.
        const auto now = m_connections.who(kept.log, finding.context, finding.milliseconds);
        if (const auto &who = now ? now : kept.who)
            nameWho(finding, *who);
    }
    return merged(std::move(all));
}

} // namespace tidemark
