#include "support/archive_builder.h"
#include "unpack_bench.h"

#include <QTest>

#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QByteArray flipped(QByteArray bytes, qsizetype at)
{
    bytes[at] = static_cast<char>(bytes.at(at) ^ 0x20);
    return bytes;
}

/// What comes out of an archive, and what none may bring along.
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

private:
    UnpackBench m_bench;
};

void UnpackTest::unpacks()
{
    const QByteArray contents = noise(300000, 8);
    const QString archive =
        m_bench.write(gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("restoreInfo.txt"), "x"},
                                                           {QStringLiteral("journal/a.wt"), contents}})));
    const QTemporaryDir target;
    qint64 seen = 0;
    const auto unpacked = unpackArchive(archive, target.path(), [&seen](qint64 bytes) {
        seen = bytes;
        return true;
    });
    QVERIFY2(unpacked, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QCOMPARE(unpacked->directory, target.filePath(QStringLiteral("rs0")));
    QCOMPARE(unpacked->entries, qint64(3));
    QCOMPARE(unpacked->bytes, qint64(300001));
    QCOMPARE(seen, QFileInfo(archive).size());
    QCOMPARE(UnpackBench::contentsOf(target.filePath(QStringLiteral("rs0/journal/a.wt"))), contents);
    QCOMPARE(UnpackBench::namesIn(target.path()), QStringList{QStringLiteral("rs0")});
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
    const auto unpacked = unpackArchive(m_bench.write(bytes), target.path());
    QVERIFY2(unpacked.has_value() == whole, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QCOMPARE(UnpackBench::namesIn(target.path()), whole ? QStringList{QStringLiteral("rs0")} : QStringList());
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
        const auto unpacked = unpackArchive(m_bench.write(flipped(packed, at)), target.path());
        QVERIFY2(!unpacked, qPrintable(QString::number(at)));
        QVERIFY(UnpackBench::namesIn(target.path()).isEmpty());
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
    QVERIFY(UnpackBench::sh(place.path(),
                            QStringLiteral("mkdir -p top/journal; echo x >top/storage.bson; "
                                           "for i in 1 2 3 4 5 6 7 8; do dd if=/dev/urandom of=top/sparse bs=4096 "
                                           "count=1 seek=$((i*40)) conv=notrunc 2>/dev/null; done; "
                                           "head -c 100000 /dev/urandom >top/journal/log; mkdir target; ") +
                                pack));
    const auto unpacked =
        unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), place.filePath(QStringLiteral("target")));
    QVERIFY2(unpacked, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QVERIFY(UnpackBench::sh(place.path(), QStringLiteral("diff -r top target/top")));
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
    QVERIFY(UnpackBench::sh(place.path(), script + QStringLiteral("; mkdir target")));
    const QString target = place.filePath(QStringLiteral("target"));
    const auto unpacked = unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), target);
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Refused);
    QVERIFY(!QFile::exists(place.filePath(QStringLiteral("escaped"))));
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/escaped")));
    QVERIFY(UnpackBench::namesIn(target).isEmpty());
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
    const auto unpacked = unpackArchive(m_bench.write(gzip(tar)), target.path(), {}, options);
    QVERIFY(!unpacked);
    QVERIFY2(unpacked.error().kind == ErrorKind::Refused, qPrintable(UnpackBench::sentenceOf(unpacked)));
    QVERIFY(UnpackBench::namesIn(target.path()).isEmpty());
}

void UnpackTest::refusesEndlessFolders()
{
    const QTemporaryDir place;
    QVERIFY(UnpackBench::sh(place.path(),
                            QStringLiteral("mkdir target; p=top; for i in $(seq 70); do p=$p/a; done; mkdir -p $p; "
                                           "tar -czf a.tar.gz top")));
    const auto unpacked =
        unpackArchive(place.filePath(QStringLiteral("a.tar.gz")), place.filePath(QStringLiteral("target")));
    QVERIFY(!unpacked);
    QCOMPARE(unpacked.error().kind, ErrorKind::Refused);
    QVERIFY(UnpackBench::namesIn(place.filePath(QStringLiteral("target"))).isEmpty());
}

} // namespace

QTEST_GUILESS_MAIN(UnpackTest)
#include "unpack_test.moc"
