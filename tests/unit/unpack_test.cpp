#include "archive/archive_threads.h"
#include "archive/unpack.h"
#include "archive/unpack_space.h"
#include "support/archive_builder.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = static_cast<char>(bytes.at(at) ^ 0x20);
    return bytes;
}

class UnpackTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unpacks();
    void unpacksOnlyWhatIsWhole_data();
    void unpacksOnlyWhatIsWhole();
    void everyFlippedByteIsFound();
    void unpacksWhatGzipAndTarMake_data();
    void unpacksWhatGzipAndTarMake();
    void refusesToLeaveTheFolder_data();
    void refusesToLeaveTheFolder();
    void refusesWhatNoDatabaseHas_data();
    void refusesWhatNoDatabaseHas();
    void refusesEndlessFolders();
    void overwritesNothing();
    void followsNoLinkThatIsThere();
    void namesAppearOnlyAtTheEnd();
    void leavesNothingWhenStopped();
    void removesWhatACrashLeft();
    void leavesOthersAlone();
    void judgesSpace_data();
    void judgesSpace();
    void looksAtSpaceBeforeTheFirstByte();
    void looksAtSpaceWhileItWrites();
    void archivesHaveThreadsOfTheirOwn();

private:
    QString write(const QByteArray &bytes) const
    {
        const QString path = m_dir.filePath(QStringLiteral("a.tar.gz"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    static QStringList namesIn(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    static QByteArray contentsOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static bool sh(const QString &folder, const QString &script)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("sh"), {QStringLiteral("-ec"), script});
        return process.waitForFinished(60000) && process.exitCode() == 0;
    }
    QTemporaryDir m_dir;
};

QString sentenceOf(const Result<Unpacked> &result)
{
    return result ? QString() : result.error().sentence + QLatin1Char(' ') + result.error().hint;
}

void UnpackTest::unpacks()
{
    const QByteArray contents = noise(300000, 8);
    const QString archive = write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("restoreInfo.txt"), "x"},
                                                                       {QStringLiteral("journal/a.wt"), contents}})));
    const QTemporaryDir target;
    qint64 seen = 0;
    const auto unpacked = unpackArchive(archive, target.path(), [&seen](qint64 bytes) {
        seen = bytes;
        return true;
    });
    QVERIFY2(unpacked, qPrintable(sentenceOf(unpacked)));
    QCOMPARE(unpacked->directory, target.filePath(QStringLiteral("rs0")));
    QCOMPARE(unpacked->entries, qint64(3));
    QCOMPARE(unpacked->bytes, qint64(300001));
    QCOMPARE(seen, QFileInfo(archive).size());
    QCOMPARE(contentsOf(target.filePath(QStringLiteral("rs0/journal/a.wt"))), contents);
    QCOMPARE(namesIn(target.path()), QStringList{QStringLiteral("rs0")});
}

void UnpackTest::unpacksOnlyWhatIsWhole_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("whole");
    const QByteArray tar = makeTar(QStringLiteral("rs0"), {{QStringLiteral("a.wt"), noise(5000, 1)}});
    const QByteArray packed = gzip(tar);
    const QByteArray first = gzip(tar.left(3000));
    const QByteArray second = gzip(tar.mid(3000));
    QTest::newRow("one member") << packed << true;
    QTest::newRow("two members") << first + second << true;
    QTest::newRow("an empty member in between") << first + gzip({}) + second << true;
    QTest::newRow("plain tar") << tar << true;
    // The last eight bytes: CRC-32, length.
    QTest::newRow("wrong checksum") << flipped(packed, packed.size() - 8) << false;
    QTest::newRow("wrong length") << flipped(packed, packed.size() - 4) << false;
    QTest::newRow("first member's checksum wrong") << flipped(first, first.size() - 8) + second << false;
    QTest::newRow("second member's checksum wrong") << first + flipped(second, second.size() - 8) << false;
    // Not compressed, so that the flipped byte is the data's and nothing but the checksum can tell.
    QTest::newRow("flipped byte in the data") << flipped(gzip(tar, 0), 3000) << false;
    QTest::newRow("bytes behind the gzip") << packed + "x" << false;
    QTest::newRow("bytes behind the tar") << gzip(tar + "hello") << false;
    QTest::newRow("trailer missing") << packed.chopped(8) << false;
    QTest::newRow("one byte missing") << packed.chopped(1) << false;
    QTest::newRow("half") << packed.left(packed.size() / 2) << false;
    QTest::newRow("second member missing") << first << false;
    QTest::newRow("tar end missing") << gzip(tar.chopped(1024)) << false;
    QTest::newRow("text") << QByteArray("<html>") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void UnpackTest::unpacksOnlyWhatIsWhole()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, whole);
    const QTemporaryDir target;
    const auto unpacked = unpackArchive(write(bytes), target.path());
    QVERIFY2(unpacked.has_value() == whole, qPrintable(sentenceOf(unpacked)));
    QCOMPARE(namesIn(target.path()), whole ? QStringList{QStringLiteral("rs0")} : QStringList());
    if (!whole)
        QCOMPARE(unpacked.error().kind, ErrorKind::Parse);
}

void UnpackTest::everyFlippedByteIsFound()
{
    const QByteArray contents = noise(700, 2);
    const QByteArray packed = gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a.wt"), contents}}), 0);
    // Before that are gzip's header, time and system, and the unused bits of the first block's head.
    for (qsizetype at = 11; at < packed.size(); ++at) {
        const QTemporaryDir target;
        const auto unpacked = unpackArchive(write(flipped(packed, at)), target.path());
        QVERIFY2(!unpacked, qPrintable(QString::number(at)));
        QVERIFY(namesIn(target.path()).isEmpty());
    }
}

void UnpackTest::unpacksWhatGzipAndTarMake_data()
{
    QTest::addColumn<QString>("pack"); // makes a.tar.gz of top
    const auto row = [](const char *title, const char *script) { QTest::newRow(title) << QString::fromLatin1(script); };
    row("gnu", "tar --format=gnu -czf a.tar.gz top");
    row("pax", "tar --format=pax -czf a.tar.gz top");
    row("sparse, gnu", "tar --format=gnu -S -czf a.tar.gz top");
    row("sparse, pax", "tar --format=pax -S -czf a.tar.gz top");
    row("ends in a hole", "truncate -s 3000000 top/sparse; tar -S -czf a.tar.gz top");
    row("members", "tar -cf a.tar top; split -b 20000 a.tar part.; for p in part.*; do gzip -c $p; done >a.tar.gz");
}

void UnpackTest::unpacksWhatGzipAndTarMake()
{
    QFETCH(QString, pack);
    const QTemporaryDir place;
    QVERIFY(sh(place.path(), QStringLiteral("mkdir -p top/journal; echo x >top/storage.bson; "
                                            "for i in 1 2 3 4 5 6 7 8; do dd if=/dev/urandom of=top/sparse bs=4096 "
                                            "count=1 seek=$((i*40)) conv=notrunc 2>/dev/null; done; "
                                            "head -c 100000 /dev/urandom >top/journal/log; mkdir target; ") +
                                 pack));
    const auto unpacked =
        unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), place.filePath(QStringLiteral("target")));
    QVERIFY2(unpacked, qPrintable(sentenceOf(unpacked)));
    QVERIFY(sh(place.path(), QStringLiteral("diff -r top target/top")));
}

void UnpackTest::refusesToLeaveTheFolder_data()
{
    QTest::addColumn<QString>("script"); // makes a.tar.gz in the working directory
    const auto row = [](const char *title, const char *script) { QTest::newRow(title) << QString::fromLatin1(script); };
    row("parent", "echo x >f; tar -czPf a.tar.gz --transform 's|^f|../escaped|' f");
    row("parent in the middle", "echo x >f; tar -czPf a.tar.gz --transform 's|^f|a/../../escaped|' f");
    row("absolute", "echo x >f; tar -czPf a.tar.gz --transform 's|^f|/tmp/escaped|' f");
    row("symbolic link", "ln -s / l; tar -czf a.tar.gz l");
    row("symbolic link, then through it",
        "mkdir d; echo x >d/f; ln -s /tmp l; tar -czf a.tar.gz --transform 's|^d|l|' l d/f");
    row("hard link", "echo x >f; ln f g; tar -czf a.tar.gz f g");
    row("pipe", "mkfifo p; tar -czf a.tar.gz p");
}

void UnpackTest::refusesToLeaveTheFolder()
{
    QFETCH(QString, script);
    const QTemporaryDir place;
    QVERIFY(sh(place.path(), script + QStringLiteral("; mkdir target")));
    const QString target = place.filePath(QStringLiteral("target"));
    const auto unpacked = unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), target);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Refused);
    QVERIFY(!QFile::exists(place.filePath(QStringLiteral("escaped"))));
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/escaped")));
    QVERIFY(namesIn(target).isEmpty());
}

void UnpackTest::refusesWhatNoDatabaseHas_data()
{
    QTest::addColumn<QByteArray>("tar");
    const auto withFile = [](const QString &name) { return makeTar(QStringLiteral("rs0"), {{name, {}}}); };
    QTest::newRow("character device") << retyped(withFile(QStringLiteral("d")), '3');
    QTest::newRow("block device") << retyped(withFile(QStringLiteral("d")), '4');
    QTest::newRow("hard link to itself") << retyped(withFile(QStringLiteral("d")), '1');
    QTest::newRow("symbolic link to nothing") << retyped(withFile(QStringLiteral("d")), '2');
    QTest::newRow("the same path twice") << makeTar(QStringLiteral("rs0"),
                                                    {{QStringLiteral("a"), "1"}, {QStringLiteral("a"), "2"}});
    QTest::newRow("the same path twice, written otherwise")
        << makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "1"}, {QStringLiteral(".//a"), "2"}});
    QList<std::pair<QString, QByteArray>> many;
    for (int i = 0; i < 20; ++i)
        many.append({QString::number(i), {}});
    QTest::newRow("more entries than allowed") << makeTar(QStringLiteral("rs0"), many);
    QTest::newRow("a name kept for unpacking") << makeTar(QStringLiteral(".tidemark-unpacking-1"), {});
}

void UnpackTest::refusesWhatNoDatabaseHas()
{
    QFETCH(QByteArray, tar);
    const QTemporaryDir target;
    UnpackOptions options;
    options.mostEntries = 10;
    const auto unpacked = unpackArchive(write(gzip(tar)), target.path(), {}, options);
    QVERIFY(!unpacked);
    QVERIFY2(unpacked.error().kind == ErrorKind::Refused, qPrintable(sentenceOf(unpacked)));
    QVERIFY(namesIn(target.path()).isEmpty());
}

void UnpackTest::refusesEndlessFolders()
{
    const QTemporaryDir place;
    QVERIFY(sh(place.path(), QStringLiteral("mkdir target; p=top; for i in $(seq 70); do p=$p/a; done; mkdir -p $p; "
                                            "tar -czf a.tar.gz top")));
    const auto unpacked =
        unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), place.filePath(QStringLiteral("target")));
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Refused);
    QVERIFY(namesIn(place.filePath(QStringLiteral("target"))).isEmpty());
}

void UnpackTest::overwritesNothing()
{
    const QString archive = write(
        gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "new"}, {QStringLiteral("b"), noise(2000000, 1)}})));
    const QTemporaryDir target;
    QVERIFY(sh(target.path(), QStringLiteral("mkdir rs0; printf old >rs0/a")));
    qint64 read = 0;
    const auto unpacked = unpackArchive(archive, target.path(), [&read](qint64 bytes) {
        read = bytes;
        return true;
    });
    QVERIFY2(read < 1000000, "said only after all was unpacked");
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
    QVERIFY(!unpacked.error().hint.isEmpty());
    QCOMPARE(contentsOf(target.filePath(QStringLiteral("rs0/a"))), QByteArray("old"));
    QCOMPARE(namesIn(target.path()), QStringList{QStringLiteral("rs0")});

    // A name that is taken only after the first look.
    const QTemporaryDir later;
    const auto second = unpackArchive(archive, later.path(), [&later](qint64 bytes) {
        return bytes == 0 || QDir(later.path()).mkpath(QStringLiteral("rs0/mine"));
    });
    QVERIFY(!second);
    QCOMPARE(namesIn(later.path()), QStringList{QStringLiteral("rs0")});
    QCOMPARE(namesIn(later.filePath(QStringLiteral("rs0"))), QStringList{QStringLiteral("mine")});
}

void UnpackTest::followsNoLinkThatIsThere()
{
    const QString archive = write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), "new"}})));
    const QTemporaryDir elsewhere;
    const QTemporaryDir target;
    QVERIFY(QFile::link(elsewhere.path(), target.filePath(QStringLiteral("rs0"))));
    QVERIFY(!unpackArchive(archive, target.path()));
    QVERIFY(QDir(elsewhere.path()).isEmpty());
}

void UnpackTest::namesAppearOnlyAtTheEnd()
{
    const QTemporaryDir target;
    int seen = 0;
    const auto unpacked = unpackArchive(write(makeArchive(2000000)), target.path(), [&](qint64) {
        const QStringList names = namesIn(target.path());
        if (names.size() == 1 && names.first().startsWith(QLatin1String(".tidemark-unpacking-")))
            ++seen;
        return names.size() <= 1 && !names.join(QString()).startsWith(QLatin1String("rs0"));
    });
    QVERIFY2(unpacked, qPrintable(sentenceOf(unpacked)));
    QVERIFY(seen > 4);
}

void UnpackTest::leavesNothingWhenStopped()
{
    const QString archive = write(makeArchive(2000000));
    int calls = 0;
    const QTemporaryDir first;
    QVERIFY(unpackArchive(archive, first.path(), [&calls](qint64) { return ++calls > 0; }));
    QVERIFY(calls > 8);
    for (int at = 0; at < calls; ++at) { // wherever it is asked
        const QTemporaryDir target;
        int left = at;
        const auto unpacked = unpackArchive(archive, target.path(), [&left](qint64) { return left-- > 0; });
        QVERIFY2(!unpacked, qPrintable(QString::number(at)));
        QCOMPARE(unpacked.error().kind, ErrorKind::Cancelled);
        QVERIFY(namesIn(target.path()).isEmpty());
    }
}

void UnpackTest::removesWhatACrashLeft()
{
    const QString archive = write(makeArchive(2000000));
    const QTemporaryDir target;
    const pid_t child = ::fork();
    if (child == 0) {
        unpackArchive(archive, target.path(), [](qint64 bytes) {
            if (bytes > 1000000)
                ::_exit(9);
            return true;
        });
        ::_exit(0);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 9);
    const QStringList left = namesIn(target.path());
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().startsWith(QLatin1String(".tidemark-unpacking-")));

    const auto unpacked = unpackArchive(archive, target.path());
    QVERIFY2(unpacked, qPrintable(sentenceOf(unpacked)));
    QCOMPARE(unpacked->leftoversRemoved, 1);
    QVERIFY(unpacked->leftoversKept.isEmpty());
    QCOMPARE(namesIn(target.path()), QStringList{QFileInfo(unpacked->directory).fileName()});
}

void UnpackTest::leavesOthersAlone()
{
    const QTemporaryDir target;
    // A person's own things of such a name: a file, a link, and a folder without the lock to judge it by.
    QVERIFY(
        sh(target.path(), QStringLiteral("touch .tidemark-unpacking-1; ln -s /tmp .tidemark-unpacking-2; "
                                         "mkdir -p .tidemark-unpacking-3/files; touch .tidemark-unpacking-3/files/a")));
    const QString archive = write(makeArchive(1000000));
    const QString other = m_dir.filePath(QStringLiteral("other.tar.gz"));
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(gzip(makeTar(QStringLiteral("rs1"), {{QStringLiteral("a"), "1"}})));
    file.close();
    std::optional<Result<Unpacked>> second; // while the first is at work
    const auto first = unpackArchive(archive, target.path(), [&](qint64 bytes) {
        if (bytes > 500000 && !second)
            second = unpackArchive(other, target.path());
        return true;
    });
    QVERIFY2(first, qPrintable(sentenceOf(first)));
    QVERIFY(second && *second);
    QCOMPARE((*second)->leftoversRemoved, 0);
    QCOMPARE((*second)->leftoversKept, QStringList{target.filePath(QStringLiteral(".tidemark-unpacking-3"))});
    QCOMPARE(namesIn(target.path()).size(), 5);
}

void UnpackTest::judgesSpace_data()
{
    QTest::addColumn<qint64>("free"); // -1: unknown
    QTest::addColumn<qint64>("needed");
    QTest::addColumn<qint64>("reserve");
    QTest::addColumn<bool>("enough");
    QTest::newRow("enough") << qint64(1000) << qint64(100) << qint64(50) << true;
    QTest::newRow("just enough") << qint64(150) << qint64(100) << qint64(50) << true;
    QTest::newRow("one byte short") << qint64(149) << qint64(100) << qint64(50) << false;
    QTest::newRow("less than the reserve") << qint64(10) << qint64(1) << qint64(50) << false;
    QTest::newRow("nothing needed") << qint64(10) << qint64(0) << qint64(50) << true;
    QTest::newRow("unknown") << qint64(-1) << qint64(100) << qint64(50) << true;
    QTest::newRow("more than there is") << qint64(1000) << std::numeric_limits<qint64>::max() << qint64(50) << false;
}

void UnpackTest::judgesSpace()
{
    QFETCH(qint64, free);
    QFETCH(qint64, needed);
    QFETCH(qint64, reserve);
    QFETCH(bool, enough);
    const auto objection =
        unpackSpaceObjection({free < 0 ? std::nullopt : std::optional<qint64>(free), needed, reserve});
    QCOMPARE(!objection.has_value(), enough);
    if (objection)
        QCOMPARE(objection->kind, ErrorKind::Disk);
}

void UnpackTest::looksAtSpaceBeforeTheFirstByte()
{
    const QString archive = write(makeArchive(2000000));
    const QTemporaryDir target;
    qint64 read = 0;
    UnpackOptions options;
    options.freeSpace = [&](int) { return QFileInfo(archive).size() + options.reserveBytes - 1; };
    const auto unpacked = unpackArchive(
        archive, target.path(),
        [&read](qint64 bytes) {
            read = bytes;
            return true;
        },
        options);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Disk);
    QCOMPARE(read, qint64(0));
    QVERIFY(namesIn(target.path()).isEmpty());
}

void UnpackTest::looksAtSpaceWhileItWrites()
{
    // 70 MiB of zeros pack into very little: no look at the archive's size would tell.
    const QString archive =
        write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), QByteArray(70 * 1024 * 1024, '\0')}})));
    const auto unpackWith = [&archive](std::vector<qint64> answers) {
        const QTemporaryDir target;
        UnpackOptions options;
        options.reserveBytes = 0;
        options.freeSpace = [answers, at = std::size_t(0)](int) mutable {
            return answers.at(std::min(at++, answers.size() - 1));
        };
        const auto unpacked = unpackArchive(archive, target.path(), {}, options);
        return unpacked || !namesIn(target.path()).isEmpty() ? QStringLiteral("unpacked") : unpacked.error().sentence;
    };
    const qint64 plenty = 1000LL * 1024 * 1024;
    QVERIFY(unpackWith({plenty, plenty, plenty}) == QLatin1String("unpacked"));
    const QString beforeTheFile = unpackWith({plenty, plenty / 100});
    QVERIFY2(beforeTheFile.contains(QLatin1String("room")), qPrintable(beforeTheFile));
    const QString afterAWhile = unpackWith({plenty, plenty, 1000});
    QVERIFY2(afterAWhile.contains(QLatin1String("room")), qPrintable(afterAWhile));
}

void UnpackTest::archivesHaveThreadsOfTheirOwn()
{
    // Archive work that never ends keeps the others' threads free, and theirs the archives'.
    QSemaphore hang;
    const int theirs = QThreadPool::globalInstance()->maxThreadCount();
    const auto letGo = qScopeGuard([&hang, theirs] {
        hang.release(theirs + 1);
        QThreadPool::globalInstance()->waitForDone();
        archiveThreads().waitForDone();
    });
    for (int i = 0; i < theirs; ++i)
        QThreadPool::globalInstance()->start([&hang] { hang.acquire(); });
    const QFuture<int> done = onArchiveThread([] { return 7; });
    QTRY_VERIFY(done.isFinished());
    QCOMPARE(done.result(), 7);
    hang.release(theirs);
    QThreadPool::globalInstance()->waitForDone();

    const QFuture<int> hanging = onArchiveThread([&hang] {
        hang.acquire();
        return 1;
    });
    QTRY_COMPARE(archiveThreads().activeThreadCount(), 1);
    QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 0);
    hang.release();
    QTRY_VERIFY(hanging.isFinished());
}

} // namespace

QTEST_GUILESS_MAIN(UnpackTest)
#include "unpack_test.moc"
