/// How fast archives come home, beside curl.
///
///   bench_download [--size 2G] [--rounds 5] [--folder DIR] [--memory] [--rehash]
///
/// Each round, one after the other, from a local nginx: the engine until the SHA-1 is known; `curl -o`;
/// `curl -o && sha1sum`. Prints every time, the medians and the ratios of each round. The engine runs in a process of
/// its own, like curl, and its time counts from that process's start.
/// --memory: the engine's peak memory for 256 MiB and for 8 GiB. --rehash: bytes already here against `openssl sha1`.
#include "bench/bench_server.h"
#include "downloads/part_file.h"
#include "support/fake_jobs.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <vector>

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

/// The engine's own process: one download of `url` into `folder`. Prints "seconds sha1 peakKiB".
int runEngine(const QString &url, const QString &folder, const QString &caFile)
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
    DownloadSource source;
    source.job = jobs.job.id;
    source.fileName = QStringLiteral("archive.tar.gz");
    source.maxDownloads = UnlimitedDownloads;
    DownloadOptions options;
    options.caCertificateFiles = {caFile};
    const SystemClock wallClock;
    DownloadQueue queue(jobs.reader(), wallClock, folder + QStringLiteral("/state"), options);
    const auto id = queue.add(source, folder);
    if (!id)
        return 1;
    QObject::connect(&queue, &DownloadQueue::changed, &queue, [&](const DownloadId &changed) {
        const Download &download = *queue.download(changed);
        if (!download.sha1.isEmpty()) {
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

double timeOf(const QString &command)
{
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command});
    process.waitForFinished(-1);
    const double seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    return process.exitCode() == 0 ? seconds : std::nan("");
}

struct EngineRun
{
    double seconds = std::nan("");
    QString sha1;
    qint64 peakKiB = 0;
};

EngineRun engine(const QString &url, const QString &folder, const QString &caFile)
{
    QDir(folder).removeRecursively();
    QDir().mkpath(folder);
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--engine"), url, folder, caFile});
    process.waitForFinished(-1);
    const QString text = QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
    const QStringList parts = text.split(QLatin1Char(' '));
    QDir(folder).removeRecursively();
    if (process.exitCode() != 0 || parts.size() != 3) {
        out() << "the engine said: " << text << '\n';
        return {};
    }
    return {parts.at(0).toDouble(), parts.at(1), parts.at(2).toLongLong()};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

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
        const QString target = file(QStringLiteral("curl.out"));
        const QString curl = QStringLiteral("curl -sSf --cacert '%1' -o '%2' '%3'").arg(m_server.caFile(), target, url);
        std::vector<double> engines;
        std::vector<double> curls;
        std::vector<double> boths;
        std::vector<double> againstCurl;
        std::vector<double> againstBoth;
        for (int round = 1; round <= m_rounds; ++round) {
            const EngineRun run = engine(url, file(QStringLiteral("engine")), m_server.caFile());
            QFile::remove(target);
            const double alone = timeOf(curl);
            QFile::remove(target);
            const double both = timeOf(curl + QStringLiteral(" && sha1sum '%1' >/dev/null").arg(target));
            QFile::remove(target);
            if (run.sha1 != m_sha1 || std::isnan(alone) || std::isnan(both)) {
                out() << title << ": round " << round << " failed\n";
                return false;
            }
            engines.push_back(run.seconds);
            curls.push_back(alone);
            boths.push_back(both);
            againstCurl.push_back(run.seconds / alone);
            againstBoth.push_back(run.seconds / both);
            out() << QStringLiteral("%1 round %2: engine %3 s, curl %4 s, curl and sha1sum %5 s; ratios %6 and %7\n")
                         .arg(title)
                         .arg(round)
                         .arg(run.seconds, 0, 'f', 3)
                         .arg(alone, 0, 'f', 3)
                         .arg(both, 0, 'f', 3)
                         .arg(run.seconds / alone, 0, 'f', 2)
                         .arg(run.seconds / both, 0, 'f', 2);
            out().flush();
        }
        const double megabytes = static_cast<double>(m_size) / 1e6;
        out() << QStringLiteral(
                     "%1 medians: engine %2 s (%3 MB/s), curl %4 s, curl and sha1sum %5 s; ratios %6 (goal %7) "
                     "and %8 (goal %9)\n")
                     .arg(title)
                     .arg(median(engines), 0, 'f', 3)
                     .arg(megabytes / median(engines), 0, 'f', 0)
                     .arg(median(curls), 0, 'f', 3)
                     .arg(median(boths), 0, 'f', 3)
                     .arg(median(againstCurl), 0, 'f', 2)
                     .arg(goalCurl, 0, 'f', 1)
                     .arg(median(againstBoth), 0, 'f', 2)
                     .arg(goalBoth, 0, 'f', 1);
        out().flush();
        return true;
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
        QFile::remove(file(QStringLiteral("sparse")));
        if (peaks[0] == 0 || peaks[1] == 0)
            return false;
        out() << QStringLiteral(
                     "peak memory: %1 KiB for %2 MiB, %3 KiB for %4 MiB: %5 % more (goals: 5 % and 65536 KiB)\n")
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
            timeOf(QStringLiteral("cat '%1' >/dev/null").arg(paths.part)); // both from the page cache
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
            const double theirs = timeOf(QStringLiteral("openssl sha1 '%1' >/dev/null").arg(paths.part));
            ratios.push_back(ours / theirs);
            out() << QStringLiteral("bytes already here: %1 s, openssl sha1 %2 s, ratio %3\n")
                         .arg(ours, 0, 'f', 3)
                         .arg(theirs, 0, 'f', 3)
                         .arg(ours / theirs, 0, 'f', 2);
            out().flush();
        }
        QDir(folder).removeRecursively();
        out() << QStringLiteral("bytes already here, median ratio: %1 (goal 1.1)\n").arg(median(ratios), 0, 'f', 2);
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
        return runEngine(arguments.value(2), arguments.value(3), arguments.value(4));

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
    bool ok = bench.compare(QStringLiteral("HTTP"), server.httpUrl(QStringLiteral("archive")), 0.8, 0.5) &&
              bench.compare(QStringLiteral("TLS"), server.tlsUrl(QStringLiteral("archive")), 1.0, 0.6);
    if (ok && parser.isSet(rehash))
        ok = bench.rehash();
    if (ok && parser.isSet(memory))
        ok = bench.memory(qint64(256) << 20, bench::bytesOf(parser.value(large)));
    return ok ? 0 : 1;
}
