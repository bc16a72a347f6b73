#include "logs/log_walk.h"

#include "logs/line_splitter.h"
#include "logs/log_folder.h"
#include "logs/tar_entries.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QScopeGuard>

#include <utility>

namespace tidemark {

namespace {

/// Archives in archives: a log, packed, in an archive, packed, in another one.
constexpr int Deepest = 6;
constexpr qsizetype HeaderSize = 512;
constexpr qsizetype MostNames = 20;

/// A text may have any byte but this one.
bool isBinary(QByteArrayView begin)
{
    // Of as many bytes as are looked at in any case: how a stream is cut into pieces must not decide.
    return begin.first(std::min(begin.size(), HeaderSize)).contains('\0');
}

/// Of a path in an archive or a folder the first part: the archives of log collections have a folder for each host.
QString hostOf(const QString &name)
{
    const qsizetype slash = name.indexOf(QLatin1Char('/'));
    return slash < 0 ? QString() : name.first(slash);
}

} // namespace

LogWalk::LogWalk(LogReading reading, std::shared_ptr<LogSearchSignals> signs)
    : m_signals(std::move(signs))
    , m_finder(std::move(reading))
{
}

void LogWalk::readPaths(const QStringList &paths)
{
    const FoundFiles found = findFiles(paths, m_signals->isStopped);
    noteLinks(found.links);
    m_hasMoreFiles = found.hasMore;
    for (const auto &[folder, why] : found.refused) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = QCoreApplication::translate("tidemark::LogSearch", "the folder cannot be read: %1").arg(why);
        noteProblem(folder, error);
    }
    qint64 total = 0;
    for (const NamedFile &file : found.files)
        total += QFileInfo(file.path).size();
    m_signals->totalBytes = total;
    for (const NamedFile &file : found.files) {
        if (m_signals->isStopped)
            return;
        readFile(file.path, file.name);
    }
}

void LogWalk::readFile(const QString &path, const QString &name)
{
    const QFileInfo info(path);
    // Opening a pipe or a device would wait, or have no end.
    if (info.exists() && !info.isFile()) {
        noteNoLog(name);
        return;
    }
    FileSource source(path, m_signals);
    readAny(hostOf(name), name, source, 0);
}

void LogWalk::readStream(const QString &name, ByteSource &source)
{
    readAny({}, name, source, 0);
}

void LogWalk::readAny(const QString &host, const QString &name, ByteSource &source, int depth)
{
    PeekedSource peeked(source);
    const Result<QByteArrayView> begin = peeked.peek(HeaderSize);
    if (!begin) {
        noteProblem(name, begin.error());
        return;
    }
    if (begin->isEmpty()) {
        m_emptyFiles += m_signals->isStopped ? 0 : 1;
        return;
    }
    if (depth < Deepest && begin->startsWith("\x1f\x8b")) {
        GunzipSource unpacked(peeked, m_signals);
        readAny(host, name, unpacked, depth + 1);
    } else if (depth < Deepest && isTarHeader(*begin)) {
        readTar(host, name, peeked, depth + 1);
    } else if (isBinary(*begin)) {
        noteNoLog(name);
    } else {
        readLines(host, name, peeked);
    }
}

void LogWalk::readTar(const QString &host, const QString &name, ByteSource &source, int depth)
{
    TarEntries entries(source);
    const QString outer = std::exchange(m_archive, m_archive + QLatin1Char('/') + name);
    const auto back = qScopeGuard([&] { m_archive = outer; });
    while (!m_signals->isStopped) {
        const Result<QString> file = entries.nextFile();
        if (!file) {
            noteProblem(name, file.error());
            return;
        }
        if (file->isEmpty()) {
            noteLinks(entries.links());
            break;
        }
        const QString inside = hostOf(*file);
        readAny(inside.isEmpty() ? host : inside, *file, entries.contents(), depth);
    }
    // What is compressed is known to be whole at its very end alone.
    while (true) {
        const Result<QByteArrayView> rest = source.next();
        if (!rest)
            noteProblem(name, rest.error());
        if (!rest || rest->isEmpty())
            return;
    }
}

void LogWalk::readLines(const QString &host, const QString &name, ByteSource &source)
{
    m_finder.beginFile(host, name, m_archive);
    m_isInFile = true;
    LineSplitter splitter;
    const auto take = [this](QByteArrayView line) { m_finder.take(line); };
    const auto pass = [this] {
        m_finder.passLine();
        ++m_longLines;
    };
    while (true) {
        if (m_between)
            m_between();
        const Result<QByteArrayView> piece = source.next();
        if (!piece) {
            splitter.finish(take, pass);
            noteProblem(name, piece.error());
            break;
        }
        if (piece->isEmpty()) {
            splitter.finish(take, pass);
            break;
        }
        splitter.add(*piece, take, pass);
        m_finder.noteTimes();
    }
    m_finder.noteTimes();
    m_isInFile = false;
    m_lines += m_finder.lines();
    if (m_finder.sawLog())
        ++m_files;
    else if (m_finder.lines() > 0 && !m_signals->isStopped)
        noteNoLog(name);
}

void LogWalk::noteProblem(const QString &name, const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    ++m_problemCount;
    if (m_problems.size() < MostNames)
        m_problems << QCoreApplication::translate("tidemark::LogSearch", "%1: %2.", "a file, what is wrong with it")
                          .arg(name,
                               error.sentence.endsWith(QLatin1Char('.')) ? error.sentence.chopped(1) : error.sentence);
}

void LogWalk::noteNoLog(const QString &name)
{
    ++m_notLogsCount;
    if (m_notLogs.size() < MostNames)
        m_notLogs << name;
}

void LogWalk::noteLinks(const QStringList &names)
{
    m_linkCount += names.size();
    m_links << names.mid(0, MostNames - m_links.size());
}

LogFindings LogWalk::findings() const
{
    LogFindings found = readSoFar();
    found.list = m_finder.findings();
    return found;
}

LogFindings LogWalk::readSoFar() const
{
    const bool isReadingLog = m_isInFile && m_finder.sawLog();
    LogFindings found;
    found.notListed = m_finder.notListed();
    found.files = m_files + (isReadingLog ? 1 : 0);
    found.lines = m_lines + (m_isInFile ? m_finder.lines() : 0);
    found.longLines = m_longLines;
    found.notLogs = m_notLogs;
    found.notLogsCount = m_notLogsCount;
    found.problems = m_problems;
    found.problemCount = m_problemCount;
    found.links = m_links;
    found.linkCount = m_linkCount;
    found.emptyFiles = m_emptyFiles;
    found.hasMoreFiles = m_hasMoreFiles;
    found.covers = m_finder.covers();
    found.hasZoneless = m_finder.sawZoneless();
    return found;
}

} // namespace tidemark
