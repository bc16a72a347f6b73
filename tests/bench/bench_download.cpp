/// How fast archives come home, beside curl.
///
///   bench_download [--size 2G] [--rounds 5] [--folder DIR] [--memory] [--rehash]
///
/// Each round, one after the other, from a local nginx: the engine until the archive is safe (synced, hashed, renamed);
/// `curl -o`, on a disk with `sync` behind it; `curl -o && sha1sum`. Prints every time, the medians and the ratios of
/// each round, on a disk also how fast it takes bytes past the page cache. The engine runs in a process of its own,
/// like curl, and its time counts from that process's start.
/// --memory: the engine's peak memory for 256 MiB and for 8 GiB, and for four downloads at once. --rehash: bytes
/// already here against `openssl sha1`.
#include "bench/bench_server.h"
#include "bench/timed_process.h"
#include "downloads/part_file.h"
#include "support/fake_jobs.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <vector>

#include <linux/magic.h>
#include <sys/vfs.h>

using namespace tidemark;

namespace {

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

qint64 peakMemoryKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').value(0).toLongLong();
    }
    return 0;
}

/// The engine's own process: `url` downloaded into `folder`, `count` times at once. Prints "seconds sha1 peakKiB".
int runEngine(const QString &url, const QString &folder, const QString &caFile, int count)
{
    QElapsedTimer clock;
    clock.start();
    const auto age = [] { // of this process: loading it counts, as it does for curl
        QFile stat(QStringLiteral("/proc/self/stat"));
        QFile uptime(QStringLiteral("/proc/uptime"));
        if (!stat.open(QIODevice::ReadOnly) || !uptime.open(QIODevice::ReadOnly))
            return 0.0;
        const QByteArray text = stat.readAll();
        const double started = text.mid(text.lastIndexOf(')') + 2).split(' ').value(19).toDouble() / 100.0;
        return std::max(0.0, uptime.readAll().split(' ').value(0).toDouble() - started);
    }();
    test::FakeJobs jobs;
    jobs.job.delivery.url = url;
    DownloadOptions options;
    options.caCertificateFiles = {caFile};
    const SystemClock wallClock;
    DownloadQueue queue(jobs.reader(), wallClock, folder + QStringLiteral("/state"), options);
    queue.setConcurrent(count);
    for (int number = 0; number < count; ++number) {
        DownloadSource source;
        source.job = JobId(QStringLiteral("%1").arg(number + 1));
        source.fileName = QStringLiteral("archive%1.tar.gz").arg(number);
        source.maxDownloads = UnlimitedDownloads;
        if (!queue.add(source, folder))
            return 1;
    }
    QSet<QString> done;
    QObject::connect(&queue, &DownloadQueue::changed, &queue, [&](const DownloadId &changed) {
        const Download &download = *queue.download(changed);
        if (!download.sha1.isEmpty()) {
            done.insert(download.source.fileName);
            if (done.size() < count)
                return;
            out() << age + static_cast<double>(clock.nsecsElapsed()) / 1e9 << ' ' << download.sha1 << ' '
                  << peakMemoryKiB() << '\n';
            out().flush();
            std::_Exit(0);
        }
        if (isEnd(download.state) || download.state == DownloadState::Paused) {
            out() << "failed: " << stateText(download.state) << ' '
                  << (download.error ? download.error->sentence : QString()) << '\n';
            out().flush();
            QCoreApplication::exit(1);
        }
    });
    return QCoreApplication::exec();
}

/// Noise that cannot be compressed, or a sparse file where only its size counts.
bool makeFile(const QString &path, qint64 size, bool sparse)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    if (sparse)
        return file.resize(size);
    QByteArray block(1 << 20, Qt::Uninitialized);
    QRandomGenerator random(1);
    for (qint64 done = 0; done < size; done += block.size()) {
        random.fillRange(reinterpret_cast<quint32 *>(block.data()), block.size() / 4);
        if (file.write(block.constData(), std::min<qint64>(block.size(), size - done)) < 0)
            return false;
    }
    return true;
}

struct EngineRun
{
    double seconds = std::nan("");
    double processor = 0;
    QString sha1;
    qint64 peakKiB = 0;
};

EngineRun engine(const QString &url, const QString &folder, const QString &caFile, int count = 1)
{
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    const bench::Cost cost = bench::costOf(QCoreApplication::applicationFilePath(),
                                           {QStringLiteral("--engine"), url, folder, caFile, QString::number(count)});
    const QStringList parts = cost.output.split(QLatin1Char(' '));
    QDir(folder).removeRecursively();
    if (!cost.isDone || parts.size() != 3) {
        out() << "the engine said: " << cost.output << '\n';
        return {};
    }
    return {parts.at(0).toDouble(), cost.processor, parts.at(1), parts.at(2).toLongLong()};
}

bool isInMemory(const QString &folder)
{
    struct statfs system = {};
    return ::statfs(folder.toLocal8Bit().constData(), &system) == 0 && system.f_type == TMPFS_MAGIC;
}

/// One figure: the engine's, by round, over something else's.
struct Ratio
{
    QString name;
    double goal = 0;
    std::vector<double> values = {};

    void add(double ours, double theirs) { values.push_back(ours / theirs); }
    QString text() const
    {
        return QStringLiteral("%1 %2 (goal %3)").arg(name).arg(bench::median(values), 0, 'f', 2).arg(goal, 0, 'f', 2);
    }
};

class Bench
{
public:
    Bench(QString folder, qint64 size, int rounds)
        : m_folder(std::move(folder))
        , m_size(size)
        , m_rounds(rounds)
        , m_server(m_folder)
    {
    }

    bool prepare()
    {
        const QString problem = m_server.start();
        if (!problem.isEmpty() || !makeFile(file(QStringLiteral("archive")), m_size, false)) {
            out() << problem << '\n';
            return false;
        }
        QProcess judge;
        judge.start(QStringLiteral("sha1sum"), {file(QStringLiteral("archive"))});
        judge.waitForFinished(-1);
        m_sha1 = QString::fromLatin1(judge.readAllStandardOutput().left(40));
        return m_sha1.size() == 40;
    }

    bool compare(const QString &title, const QString &url, double goalCurl, double goalBoth)
    {
        const bool onDisk = !isInMemory(m_folder);
        const QString target = file(QStringLiteral("curl.out"));
        const QString curl = QStringLiteral("curl -sSf --cacert '%1' -o '%2' '%3'").arg(m_server.caFile(), target, url);
        const QString alone = onDisk ? curl + QStringLiteral(" && sync '%1'").arg(target) : curl;
        const QString both = curl + QStringLiteral(" && sha1sum '%1' >/dev/null").arg(target);
        Ratio againstCurl{onDisk ? QStringLiteral("engine / (curl && sync)") : QStringLiteral("engine / curl"),
                          onDisk ? 0.9 : goalCurl};
        Ratio againstBoth{QStringLiteral("engine / (curl && sha1sum)"), goalBoth};
        Ratio processor{QStringLiteral("processor, engine / (curl && sha1sum)"), 0.5};
        std::vector<double> engines;
        std::vector<double> processors;
        for (int round = 1; round <= m_rounds; ++round) {
            const EngineRun run = engine(url, file(QStringLiteral("engine")), m_server.caFile());
            QFile::remove(target);
            const bench::Cost first = bench::costOf(alone);
            QFile::remove(target);
            const bench::Cost second = bench::costOf(both);
            QFile::remove(target);
            if (run.sha1 != m_sha1 || !first.isDone || !second.isDone) {
                out() << title << ": round " << round << " failed\n";
                return false;
            }
            engines.push_back(run.seconds);
            processors.push_back(run.processor);
            againstCurl.add(run.seconds, first.seconds);
            againstBoth.add(run.seconds, second.seconds);
            processor.add(run.processor, second.processor);
            out() << QStringLiteral("%1 round %2: engine %3 s (processor %4), curl %5 s (%6), and sha1sum %7 s (%8)\n")
                         .arg(title)
                         .arg(round)
                         .arg(run.seconds, 0, 'f', 3)
                         .arg(run.processor, 0, 'f', 2)
                         .arg(first.seconds, 0, 'f', 3)
                         .arg(first.processor, 0, 'f', 2)
                         .arg(second.seconds, 0, 'f', 3)
                         .arg(second.processor, 0, 'f', 2);
            out().flush();
        }
        const double rate = static_cast<double>(m_size) / 1e6 / bench::median(engines);
        out() << QStringLiteral("%1 medians: engine %2 s (%3 MB/s), processor %4 s; %5; %6; %7\n")
                     .arg(title)
                     .arg(bench::median(engines), 0, 'f', 3)
                     .arg(rate, 0, 'f', 0)
                     .arg(bench::median(processors), 0, 'f', 2)
                     .arg(againstCurl.text(), againstBoth.text(), processor.text());
        if (onDisk)
            out() << diskText(rate) << '\n';
        out().flush();
        return true;
    }

    /// How fast the disk itself takes as many bytes, past the page cache and synced.
    QString diskText(double rate)
    {
        const QString target = file(QStringLiteral("direct"));
        const bench::Cost written =
            bench::costOf(QStringLiteral("dd if=/dev/zero of='%1' bs=4M count=%2 oflag=direct conv=fsync status=none")
                              .arg(target)
                              .arg(std::max<qint64>(1, m_size >> 22)));
        QFile::remove(target);
        if (!written.isDone)
            return QStringLiteral("the disk takes nothing past the page cache");
        const double disk = static_cast<double>(m_size) / 1e6 / written.seconds;
        return QStringLiteral("the disk itself: %1 MB/s%2")
            .arg(disk, 0, 'f', 0)
            .arg(rate > 0.9 * disk ? QStringLiteral(": disk-bound") : QString());
    }

    bool memory(qint64 small, qint64 large)
    {
        qint64 peaks[2] = {0, 0};
        const qint64 sizes[2] = {small, large};
        for (int i = 0; i < 2; ++i) {
            if (!makeFile(file(QStringLiteral("sparse")), sizes[i], true))
                return false;
            peaks[i] =
                engine(m_server.tlsUrl(QStringLiteral("sparse")), file(QStringLiteral("engine")), m_server.caFile())
                    .peakKiB;
        }
        makeFile(file(QStringLiteral("sparse")), small, true);
        const qint64 four =
            engine(m_server.tlsUrl(QStringLiteral("sparse")), file(QStringLiteral("engine")), m_server.caFile(), 4)
                .peakKiB;
        out() << QStringLiteral("peak memory, four at once: %1 KiB more than one (goal 24576)\n").arg(four - peaks[0]);
        QFile::remove(file(QStringLiteral("sparse")));
        if (peaks[0] == 0 || peaks[1] == 0)
            return false;
        out() << QStringLiteral("peak memory: %1 KiB for %2 MiB, %3 KiB for %4 MiB: %5 % more (goal: 3 %)\n")
                     .arg(peaks[0])
                     .arg(small >> 20)
                     .arg(peaks[1])
                     .arg(large >> 20)
                     .arg(100.0 * static_cast<double>(peaks[1] - peaks[0]) / static_cast<double>(peaks[0]), 0, 'f', 1);
        out().flush();
        return true;
    }

    bool rehash()
    {
        const QString folder = file(QStringLiteral("engine"));
        std::vector<double> ratios;
        for (int round = 1; round <= m_rounds; ++round) {
            QDir(folder).removeRecursively();
            QDir().mkpath(folder);
            const DownloadPaths paths(folder, QStringLiteral("a.tar.gz"));
            Journal journal;
            journal.job = JobId(QStringLiteral("1"));
            journal.fileName = QStringLiteral("a.tar.gz");
            journal.bootId = disk::bootId();
            journal.syncedBytes = QFileInfo(file(QStringLiteral("archive"))).size();
            if (!QFile::copy(file(QStringLiteral("archive")), paths.part) || !writeJournal(paths.journal, journal))
                return false;
            bench::costOf(QStringLiteral("cat '%1' >/dev/null").arg(paths.part)); // both from the page cache
            PartOwner owner;
            owner.job = journal.job;
            owner.fileName = owner.localName = journal.fileName;
            owner.folder = folder;
            PartFile part(owner);
            QElapsedTimer clock;
            clock.start();
            if (!part.open(false, {}) || part.sha1() != m_sha1)
                return false;
            const double ours = static_cast<double>(clock.nsecsElapsed()) / 1e9;
            const double theirs = bench::costOf(QStringLiteral("openssl sha1 '%1' >/dev/null").arg(paths.part)).seconds;
            ratios.push_back(ours / theirs);
            out() << QStringLiteral("bytes already here: %1 s, openssl sha1 %2 s, ratio %3\n")
                         .arg(ours, 0, 'f', 3)
                         .arg(theirs, 0, 'f', 3)
                         .arg(ours / theirs, 0, 'f', 2);
            out().flush();
        }
        QDir(folder).removeRecursively();
        out() << QStringLiteral("bytes already here, median ratio: %1 (goal 0.85)\n")
                     .arg(bench::median(ratios), 0, 'f', 2);
        return true;
    }

    QString file(const QString &name) const { return QDir(m_folder).filePath(name); }
    const bench::BenchServer &server() const { return m_server; }

private:
    QString m_folder;
    qint64 m_size;
    int m_rounds;
    bench::BenchServer m_server;
    QString m_sha1;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--engine"))
        return runEngine(arguments.value(2), arguments.value(3), arguments.value(4),
                         std::max(1, arguments.value(5).toInt()));

    QCommandLineParser parser;
    const QCommandLineOption size(QStringLiteral("size"), {}, QStringLiteral("bytes"), QStringLiteral("2G"));
    const QCommandLineOption rounds(QStringLiteral("rounds"), {}, QStringLiteral("n"), QStringLiteral("5"));
    const QCommandLineOption folder(QStringLiteral("folder"), {}, QStringLiteral("dir"), QDir::tempPath());
    const QCommandLineOption memory(QStringLiteral("memory"));
    const QCommandLineOption large(QStringLiteral("large"), {}, QStringLiteral("bytes"), QStringLiteral("8G"));
    const QCommandLineOption rehash(QStringLiteral("rehash"));
    parser.addOptions({size, rounds, folder, memory, large, rehash});
    parser.process(application);

    const QTemporaryDir place(QDir(parser.value(folder)).filePath(QStringLiteral("bench-XXXXXX")));
    Bench bench(place.path(), bench::bytesOf(parser.value(size)), std::max(1, parser.value(rounds).toInt()));
    if (!bench.prepare())
        return 1;
    const auto &server = bench.server();
    bool ok = bench.compare(QStringLiteral("HTTP"), server.httpUrl(QStringLiteral("archive")), 0.5, 0.45) &&
              bench.compare(QStringLiteral("TLS"), server.tlsUrl(QStringLiteral("archive")), 0.8, 0.45);
    if (ok && parser.isSet(rehash))
        ok = bench.rehash();
    if (ok && parser.isSet(memory))
        ok = bench.memory(qint64(256) << 20, bench::bytesOf(parser.value(large)));
    return ok ? 0 : 1;
}
