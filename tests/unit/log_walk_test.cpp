#include "base/byte_pipe.h"
#include "logs/line_splitter.h"
#include "logs/log_folder.h"
#include "logs/log_search.h"
#include "logs/log_walk.h"
#include "support/archive_builder.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <thread>

using namespace tidemark;
using namespace tidemark::test;

namespace {

const QByteArray dropLine = R"({"t":{"$date":"2026-11-27T14:03:07.214+00:00"},"s":"I","c":"COMMAND","id":518070,)"
                            R"("ctx":"conn5","msg":"CMD: drop","attr":{"namespace":"shop.orders"}})"
                            "\n";
const QByteArray otherLine = R"({"t":{"$date":"2026-11-27T14:03:01.000+00:00"},"s":"I","c":"COMMAND","id":51803,)"
                             R"("ctx":"conn4107","msg":"Slow query","attr":{"type":"command","ns":"shop.orders",)"
                             R"("command":{"find":"orders"},"docsExamined":57989,"durationMillis":171}})"
                             "\n";

LogReading reading()
{
    return {QTimeZone::utc(), QDateTime(QDate(2026, 11, 27), QTime(14, 20), Qt::UTC)};
}

qint64 highWater()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    return all.mid(all.indexOf("VmHWM:") + 6).trimmed().split(' ').front().toLongLong() * 1024;
}

/// The same bytes again and again, then others.
class EndlessSource final : public ByteSource
{
public:
    EndlessSource(QByteArray piece, qint64 times, QByteArray last)
        : m_piece(std::move(piece))
        , m_times(times)
        , m_last(std::move(last))
    {
    }
    Result<QByteArrayView> next() override
    {
        if (m_times-- > 0)
            return QByteArrayView(m_piece);
        return m_times == -1 ? QByteArrayView(m_last) : QByteArrayView();
    }

private:
    QByteArray m_piece;
    qint64 m_times;
    QByteArray m_last;
};

} // namespace

/// Logs in files, folders and archives, whole and broken.
class LogWalkTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }

    static LogFindings found(const QStringList &paths)
    {
        LogWalk walk(reading(), std::make_shared<LogSearchSignals>());
        walk.readPaths(paths);
        return walk.findings();
    }

private Q_SLOTS:
    void readsWhatIsPacked_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("findings");
        QTest::addColumn<int>("files");
        QTest::addColumn<QString>("says"); ///< of problems and files that are no log
        const auto row = [](const char *name, const QByteArray &bytes, int findings, int files, const char *says = "") {
            QTest::newRow(name) << bytes << findings << files << QString::fromUtf8(says);
        };
        const QString host = QStringLiteral("db1.example.net");
        const QString log = QStringLiteral("mongodb.log");
        const QByteArray text = otherLine + dropLine;
        const QByteArray tar = makeTar(host, {{log, text}, {QStringLiteral("mongodb.log.1.gz"), gzip(otherLine)}});
        row("text", text, 1, 1);
        row("without an end of line", text.chopped(1), 1, 1);
        row("with carriage returns", QByteArray(text).replace("\n", "\r\n"), 1, 1);
        row("gzip", gzip(text), 1, 1);
        row("gzip of two members", gzip(otherLine) + gzip(dropLine), 1, 1);
        row("tar", tar, 1, 2);
        row("tar.gz", gzip(tar), 1, 2);
        row("tar.gz in a tar.gz", gzip(makeTar(host, {{QStringLiteral("a.tgz"), gzip(tar)}})), 1, 2);
        row("gzip, cut", gzip(text + noise(100000, 1).toBase64()).chopped(1000), 1, 1, "ends too early");
        row("gzip, damaged at its end", QByteArray(gzip(text)).replace(gzip(text).size() - 6, 1, "#"), 1, 1, "damaged");
        row("gzip and something", gzip(text) + "more", 1, 1, "something follows");
        row("tar, cut", tar.first(512 * 3 + 10), 0, 0, "");
        row("tar.gz, cut", gzip(tar + noise(200000, 3)).chopped(500), 1, 2, "");
        row("nothing", {}, 0, 0);
        row("a picture", "\x89PNG\r\n\x1a\n" + QByteArray(1000, '\0'), 0, 0, "no log");
        row("UTF-16", QByteArray("2\0002\0006\000", 6) + QByteArray(100, '\0'), 0, 0, "no log");
        row("a page", "<html>\n<body>\n", 0, 0, "no log");
        row("a long line", QByteArray(LineSplitter::Longest + 5, 'x') + '\n' + text, 1, 1);
        row("a long line at the end", text + QByteArray(LineSplitter::Longest + 5, 'x'), 1, 1);
        row("gzip in gzip in gzip", gzip(gzip(gzip(text))), 1, 1);
        row("too deep", gzip(gzip(gzip(gzip(gzip(gzip(gzip(gzip(text)))))))), 0, 0, "no log");
        row("a zip", "PK\3\4" + QByteArray(40, '\0'), 0, 0, "no log");
    }
    void readsWhatIsPacked()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, findings);
        QFETCH(int, files);
        QFETCH(QString, says);
        const LogFindings all = found({write(QStringLiteral("x/given"), bytes)});
        if (qstrcmp(QTest::currentDataTag(), "tar, cut") == 0) {
            QVERIFY(all.problemCount > 0); // how much of the entry libarchive hands out is its business
            return;
        }
        QCOMPARE(static_cast<int>(all.list.size()), findings);
        QCOMPARE(static_cast<int>(all.files), files);
        const QString told =
            all.problems.join(QLatin1Char(' ')) + (all.notLogs.isEmpty() ? QString() : QStringLiteral(" no log"));
        QVERIFY2(told.contains(says), qPrintable(told));
        QVERIFY2(!says.isEmpty() || told.isEmpty() || bytes.size() > 100000, qPrintable(told));
    }

    void namesTheHostByItsFolder()
    {
        const QByteArray tar =
            makeTar(QStringLiteral("db1.example.net"), {{QStringLiteral("shop_0/27017/mongodb.log"), dropLine}});
        const LogFinding inArchive = found({write(QStringLiteral("a.tar"), tar)}).list.at(0);
        QCOMPARE(inArchive.place, (LogPlace{QStringLiteral("db1.example.net"),
                                            QStringLiteral("db1.example.net/shop_0/27017/mongodb.log"), 1}));
        const LogFinding alone = found({write(QStringLiteral("mongod.log"), otherLine + dropLine)}).list.at(0);
        QCOMPARE(alone.place, (LogPlace{{}, QStringLiteral("mongod.log"), 2}));
    }

    void readsAFolder()
    {
        write(QStringLiteral("logs/db1/mongodb.log"), otherLine);
        write(QStringLiteral("logs/db1/diagnostic.data/metrics"), QByteArray(600, '\0'));
        write(QStringLiteral("logs/db2/mongodb.log.gz"), gzip(dropLine));
        const QString pipe = m_folder.filePath(QStringLiteral("logs/db2/pipe"));
        QCOMPARE(mkfifo(qPrintable(pipe), 0600), 0);
        QVERIFY(QFile::link(m_folder.filePath(QStringLiteral("logs")),
                            m_folder.filePath(QStringLiteral("logs/db1/round"))));
        const LogFindings all = found({m_folder.filePath(QStringLiteral("logs"))});
        QCOMPARE(all.files, 2);
        QCOMPARE(all.list.size(), size_t(1));
        QCOMPARE(all.list[0].place.host, QStringLiteral("db2"));
        QCOMPARE(all.notLogs, QStringList{QStringLiteral("db1/diagnostic.data/metrics")});
        QCOMPARE(all.links, QStringList{QStringLiteral("db1/round")});
        const LogFindings opened = found({pipe}); // must not wait for somebody to write
        QCOMPARE(opened.notLogsCount, 1);
        QCOMPARE(found({m_folder.filePath(QStringLiteral("gone"))}).problemCount, 1);
    }

    /// What is not read is said: that nothing was found in it means nothing.
    void tellsWhatItPassedOver()
    {
        const auto in = [this](const char *name) {
            return m_folder.filePath(QStringLiteral("over/") + QLatin1String(name));
        };
        write(QStringLiteral("over/db1/mongodb.log"), dropLine);
        write(QStringLiteral("over/db2/empty.log"), {});
        write(QStringLiteral("over/real/mongodb.log"), otherLine);
        QVERIFY(QFile::link(in("real/mongodb.log"), in("db1/linked.log"))); // a file is read
        QVERIFY(QFile::link(in("gone.log"), in("db1/gone.log")));
        QVERIFY(QFile::link(in("real"), in("db1/folder")));
        LogFindings all = found({m_folder.filePath(QStringLiteral("over"))});
        QCOMPARE(all.files, 3);
        QCOMPARE(all.emptyFiles, 1);
        QCOMPARE(all.linkCount, 2);
        all.links.sort();
        QCOMPARE(all.links, (QStringList{QStringLiteral("db1/folder"), QStringLiteral("db1/gone.log")}));
        const LogFindings given = found({in("db1/folder")}); // one that was meant
        QCOMPARE(given.files, 1);
    }

    void tellsOfAFolderThatItMayNotRead()
    {
        write(QStringLiteral("locked/open/mongodb.log"), dropLine);
        write(QStringLiteral("locked/shut/mongodb.log"), dropLine);
        const QString shut = m_folder.filePath(QStringLiteral("locked/shut"));
        QFile(m_folder.path()).setPermissions(QFile::Permissions(0x7755));
        QVERIFY(QFile(shut).setPermissions(QFile::Permissions()));
        const uid_t me = geteuid();
        const bool isRoot = me == 0; // whom nothing is shut to
        constexpr uid_t nobody = 65534;
        QVERIFY(!isRoot || seteuid(nobody) == 0);
        const LogFindings all = found({m_folder.filePath(QStringLiteral("locked"))});
        const LogFindings alone = found({shut});
        QVERIFY(!isRoot || seteuid(me) == 0);
        QVERIFY(QFile(shut).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(all.files, 1);
        QCOMPARE(all.problems, QStringList{QStringLiteral("shut: the folder cannot be read: Permission denied.")});
        QCOMPARE(alone.problemCount, 1);
    }

    void tellsThatThereAreMoreFiles()
    {
        const QString many = m_folder.filePath(QStringLiteral("many"));
        QVERIFY(QDir().mkpath(many));
        for (size_t i = 0; i < MostFiles + 1; ++i) {
            QFile file(QStringLiteral("%1/%2").arg(many).arg(i));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const std::atomic<bool> isStopped = false;
        const FoundFiles more = findFiles({many}, isStopped);
        QVERIFY(more.hasMore);
        QCOMPARE(more.files.size(), MostFiles);
        QVERIFY(QFile::remove(many + QStringLiteral("/5")));
        QVERIFY(!findFiles({many}, isStopped).hasMore);
        QVERIFY(found({many, many}).hasMoreFiles);
    }

    void tellsOfLinksInAnArchive()
    {
        QByteArray tar = makeTar(QStringLiteral("db1"),
                                 {{QStringLiteral("mongodb.log"), dropLine}, {QStringLiteral("current"), {}}});
        const qsizetype header = tar.indexOf("db1/current");
        tar[header + 156] = '2';
        tar.replace(header + 157, 11, "mongodb.log");
        tar.replace(header + 148, 8, "        ");
        int sum = 0;
        for (qsizetype i = header; i < header + 512; ++i)
            sum += static_cast<unsigned char>(tar[i]);
        tar.replace(header + 148, 8, QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
        const LogFindings all = found({write(QStringLiteral("links.tar"), tar)});
        QCOMPARE(all.files, 1);
        QCOMPARE(all.links, QStringList{QStringLiteral("db1/current")});
    }

    void tellsFilesOfOneNameApart()
    {
        const QByteArray other = QByteArray(dropLine).replace("orders", "others");
        const QStringList paths{write(QStringLiteral("apart/db1/mongod.log"), dropLine),
                                write(QStringLiteral("apart/db2/mongod.log"), other)};
        QCOMPARE(givenNames(paths), (QStringList{QStringLiteral("db1/mongod.log"), QStringLiteral("db2/mongod.log")}));
        QCOMPARE(givenNames({paths[0], QStringLiteral("/x/y.log")}),
                 (QStringList{QStringLiteral("mongod.log"), QStringLiteral("y.log")}));
        QCOMPARE(givenNames({QStringLiteral("/a/mongod.log"), QStringLiteral("/a/mongod.log.1")}),
                 (QStringList{QStringLiteral("mongod.log"), QStringLiteral("mongod.log.1")}));
        QCOMPARE(givenNames({QStringLiteral("/a/mongod.log"), QStringLiteral("/b/mongod.log.gz")}),
                 (QStringList{QStringLiteral("a/mongod.log"), QStringLiteral("b/mongod.log.gz")}));
        for (const QStringList &given : {paths, QStringList{m_folder.filePath(QStringLiteral("apart/db1")),
                                                            m_folder.filePath(QStringLiteral("apart/db2"))}}) {
            const LogFindings all = found(given);
            QCOMPARE(all.list.size(), size_t(2));
            QStringList hosts{all.list[0].place.host, all.list[1].place.host};
            hosts.sort();
            QCOMPARE(hosts, (QStringList{QStringLiteral("db1"), QStringLiteral("db2")}));
        }
    }

    void tellsWhichTimesItRead()
    {
        const QByteArray late = QByteArray(otherLine).replace("14:03:01", "14:10:00");
        const LogFindings all = found({write(QStringLiteral("times/db1/mongodb.log"), otherLine.repeated(9) + late),
                                       write(QStringLiteral("times/db2/mongodb.log.gz"), gzip(dropLine))});
        const qint64 first = QDateTime(QDate(2026, 11, 27), QTime(14, 3, 1), Qt::UTC).toMSecsSinceEpoch();
        QCOMPARE(all.covers.size(), size_t(2));
        QCOMPARE(all.covers[0], (LogCover{QStringLiteral("db1"), {{first, first + 419'000}}}));
        QCOMPARE(all.covers[1], (LogCover{QStringLiteral("db2"), {{first + 6214, first + 6214}}}));
    }

    void takesNoHarmFromNames()
    {
        QByteArray tar = makeTar(QStringLiteral("db1"), {{QStringLiteral("abcdefghijklm.log"), dropLine}});
        const qsizetype at = tar.indexOf("abcdefghijklm.log");
        tar.replace(at, 17, "../../\x1b[31m\xff/ab.b"); // of the same length, and the sum of the header is mended below
        const qsizetype header = at / 512 * 512;
        tar.replace(header + 148, 8, "        ");
        int sum = 0;
        for (qsizetype i = header; i < header + 512; ++i)
            sum += static_cast<unsigned char>(tar[i]);
        tar.replace(header + 148, 8, QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
        const LogFindings all = found({write(QStringLiteral("names.tar"), tar)});
        QCOMPARE(all.list.size(), size_t(1));
        const QString file = all.list[0].place.file;
        QVERIFY2(!file.contains(QLatin1String("..")) && !file.contains(QChar(0x1b)), qPrintable(file));
    }

    void staysFlatInMemory()
    {
        const qint64 wanted = qEnvironmentVariableIsSet("TIDEMARK_LOG_BYTES")
                                  ? qEnvironmentVariable("TIDEMARK_LOG_BYTES").toLongLong()
                                  : 64LL * 1024 * 1024;
        const QByteArray block = otherLine.repeated(4 * 1024 * 1024 / static_cast<int>(otherLine.size()));
        EndlessSource packed(gzip(block), wanted / block.size(), gzip(dropLine));
        LogWalk walk(reading(), std::make_shared<LogSearchSignals>());
        const qint64 before = highWater();
        QElapsedTimer since;
        since.start();
        walk.readStream(QStringLiteral("stream"), packed);
        const qint64 grown = highWater() - before;
        const LogFindings all = walk.findings();
        qInfo() << wanted / 1024 / 1024 << "MiB in" << since.elapsed() << "ms," << all.lines << "lines, memory grown by"
                << grown / 1024 << "KiB";
        QCOMPARE(all.list.size(), size_t(1));
        QVERIFY(all.lines > wanted / otherLine.size() / 2);
        QVERIFY2(grown < 16 * 1024 * 1024, qPrintable(QString::number(grown)));
    }

    void endsABombWhenTold()
    {
        const auto signs = std::make_shared<LogSearchSignals>();
        EndlessSource bomb(gzip(QByteArray(64 * 1024 * 1024, 'x')), 1000000, {});
        LogWalk walk(reading(), signs);
        std::thread later([signs] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            signs->isStopped = true;
        });
        const qint64 before = highWater();
        walk.readStream(QStringLiteral("bomb"), bomb);
        later.join();
        QVERIFY(highWater() - before < 16 * 1024 * 1024);
        QCOMPARE(walk.findings().problemCount, 0);
    }

    void tellsWhatItFindsWhileItReads()
    {
        LogSearch search;
        const auto pipe = std::make_shared<BytePipe>();
        QSignalSpy ended(&search, &LogSearch::finished);
        search.searchStream(QStringLiteral("stream"), pipe, reading());
        pipe->write(dropLine + otherLine);
        const auto more = [&] {
            pipe->write(otherLine);
            return search.findings().list.size() == 1;
        };
        QVERIFY(QTest::qWaitFor(more, 5000));
        QVERIFY(search.isRunning());
        QCOMPARE(search.findings().files, 1); // the one that is being read
        const auto isCovered = [&] {
            pipe->write(QByteArray(otherLine).replace("14:03:01", "14:10:00"));
            const auto &covers = search.findings().covers;
            return !covers.empty() && covers[0].spans[0].last - covers[0].spans[0].first > 400'000;
        };
        QVERIFY(QTest::qWaitFor(isCovered, 5000)); // though nothing more is found
        QCOMPARE(search.findings().list.size(), size_t(1));
        pipe->end();
        QVERIFY(ended.wait(5000));
        QVERIFY(!search.isRunning());
        QCOMPARE(search.findings().files, 1);
    }

    void stopsAtOnce()
    {
        LogSearch search;
        const auto pipe = std::make_shared<BytePipe>();
        QSignalSpy ended(&search, &LogSearch::finished);
        search.searchStream(QStringLiteral("stream"), pipe, reading());
        pipe->write(dropLine);
        search.stop();
        QVERIFY(!search.isRunning());
        QVERIFY(pipe->isClosed());
        QVERIFY(!ended.wait(300));
        search.searchPaths({write(QStringLiteral("next.log"), dropLine)}, reading());
        QVERIFY(ended.wait(5000));
        QCOMPARE(search.findings().list.size(), size_t(1));
    }
};

QTEST_GUILESS_MAIN(LogWalkTest)

#include "log_walk_test.moc"
