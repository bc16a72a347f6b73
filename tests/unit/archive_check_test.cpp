#include "archive/archive_check.h"
#include "support/archive_builder.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;
using Outcome = ArchiveCheck::Outcome;

Q_DECLARE_METATYPE(tidemark::ArchiveCheck::Outcome)

namespace {

class ArchiveCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void everyTruncationIsFound();
    void everyFlippedBitIsFound();
    void judgesWhatTarMakes_data();
    void judgesWhatTarMakes();
    void endsOnAnyAttributes_data();
    void endsOnAnyAttributes();
    void canBeStopped();

private:
    QString write(const QByteArray &bytes) const
    {
        const QString path = m_dir.filePath(QStringLiteral("a.tar.gz"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    bool run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_dir.path());
        process.start(program, arguments);
        return process.waitForFinished(60000) && process.exitCode() == 0;
    }
    QByteArray unpackedByGzip(const QByteArray &bytes) const
    {
        QProcess process;
        process.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), write(bytes)});
        return process.waitForFinished(60000) && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                         : QByteArray();
    }
    QTemporaryDir m_dir;
};

void ArchiveCheckTest::judges_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Outcome>("outcome");
    const QByteArray tar = makeTar(QStringLiteral("rs0"), {{QStringLiteral("a.wt"), noise(5000, 1)}});
    const QByteArray packed = gzip(tar);
    QTest::newRow("tar.gz") << packed << Outcome::Intact;
    QTest::newRow("plain tar") << tar << Outcome::Intact;
    QTest::newRow("tar padded to a record")
        << gzip(tar + QByteArray(10240 - tar.size() % 10240, '\0')) << Outcome::Intact;
    QTest::newRow("two members") << gzip(tar.left(3000)) + gzip(tar.mid(3000)) << Outcome::Intact;
    QTest::newRow("trailer missing") << packed.left(packed.size() - 8) << Outcome::Truncated;
    QTest::newRow("one byte missing") << packed.left(packed.size() - 1) << Outcome::Truncated;
    QTest::newRow("half") << packed.left(packed.size() / 2) << Outcome::Truncated;
    QTest::newRow("only the magic") << packed.left(2) << Outcome::Truncated;
    QTest::newRow("tar end missing") << gzip(tar.left(tar.size() - 1024)) << Outcome::Truncated;
    QTest::newRow("half of the tar end") << gzip(tar.left(tar.size() - 512)) << Outcome::Truncated;
    QTest::newRow("plain tar without end") << tar.left(tar.size() - 1024) << Outcome::Truncated;
    QTest::newRow("file cut inside the tar") << gzip(tar.left(2000)) << Outcome::Truncated;
    QTest::newRow("bytes behind the gzip") << packed + "x" << Outcome::Damaged;
    QTest::newRow("zeros behind the gzip") << packed + QByteArray(512, '\0') << Outcome::Damaged;
    QTest::newRow("text behind the tar") << gzip(tar + "hello") << Outcome::Damaged;
    QTest::newRow("another tar behind the tar") << gzip(tar + tar) << Outcome::Damaged;
    QTest::newRow("second member cut") << gzip(tar.left(3000)) + gzip(tar.mid(3000)).chopped(3) << Outcome::Truncated;
    QTest::newRow("wrong length in the trailer") << packed.chopped(1) + QByteArray(1, '\x55') << Outcome::Damaged;
    QTest::newRow("HTML") << QByteArray("<!DOCTYPE html><html></html>") << Outcome::NotAnArchive;
    QTest::newRow("much HTML") << QByteArray("<html>").repeated(1000) << Outcome::NotAnArchive;
    QTest::newRow("nothing") << QByteArray() << Outcome::NotAnArchive;
    QTest::newRow("zeros") << QByteArray(5120, '\0') << Outcome::NotAnArchive;
    QTest::newRow("compressed text") << gzip("hello") << Outcome::NotAnArchive;
    QTest::newRow("compressed much text") << gzip(QByteArray("hello").repeated(1000)) << Outcome::NotAnArchive;
    QTest::newRow("gzip in gzip") << gzip(packed) << Outcome::NotAnArchive;
}

void ArchiveCheckTest::judges()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Outcome, outcome);
    const auto check = checkArchive(write(bytes));
    QVERIFY(check);
    QVERIFY2(check->outcome == outcome, qPrintable(check->sentence));
    QVERIFY(!check->sentence.isEmpty());
    if (outcome == Outcome::Intact) {
        QCOMPARE(check->entries, qint64(2));
        QCOMPARE(check->topDirectory, QStringLiteral("rs0"));
    }
}

void ArchiveCheckTest::everyTruncationIsFound()
{
    const QByteArray packed = gzip(makeTar(QStringLiteral("rs0"), {{QStringLiteral("a.wt"), noise(700, 2)}}));
    for (qsizetype size = 1; size < packed.size(); ++size) {
        const auto check = checkArchive(write(packed.left(size)));
        QVERIFY(check);
        QVERIFY2(check->outcome == Outcome::Truncated,
                 qPrintable(QStringLiteral("%1: %2").arg(size).arg(check->sentence)));
    }
}

void ArchiveCheckTest::everyFlippedBitIsFound()
{
    const QByteArray tar = makeTar(QStringLiteral("rs0"), {{QStringLiteral("a.wt"), noise(700, 2)}});
    const QByteArray packed = gzip(tar);
    for (qsizetype at = 10; at < packed.size(); ++at) { // before that is gzip's header: time and system, not contents
        QByteArray flipped = packed;
        flipped[at] = static_cast<char>(flipped.at(at) ^ (1 << (at % 8)));
        const auto check = checkArchive(write(flipped));
        QVERIFY(check);
        // A few bits say nothing, such as the code of a symbol that is never used: gzip's own answer is the same bytes.
        if (check->outcome == Outcome::Intact)
            QVERIFY2(unpackedByGzip(flipped) == tar, qPrintable(QString::number(at)));
    }
}

void ArchiveCheckTest::judgesWhatTarMakes_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("gnu") << QStringList{QStringLiteral("--format=gnu")};
    QTest::newRow("pax") << QStringList{QStringLiteral("--format=pax")};
    QTest::newRow("ustar") << QStringList{QStringLiteral("--format=ustar")};
    QTest::newRow("v7") << QStringList{QStringLiteral("--format=v7")};
    QTest::newRow("sparse, gnu") << QStringList{QStringLiteral("--format=gnu"), QStringLiteral("-S")};
    QTest::newRow("sparse, pax") << QStringList{QStringLiteral("--format=pax"), QStringLiteral("-S")};
}

void ArchiveCheckTest::judgesWhatTarMakes()
{
    QFETCH(QStringList, options);
    const bool isOld =
        options.first().contains(QLatin1String("v7")) || options.first().contains(QLatin1String("ustar"));
    const QString name = QString(isOld ? 40 : 150, QLatin1Char('n'));
    QVERIFY(run(QStringLiteral("sh"),
                {QStringLiteral("-c"),
                 QStringLiteral("rm -rf top; mkdir -p top/sub && echo x >top/%1 && "
                                "for i in 1 2 3 4 5 6 7 8; do dd if=/dev/urandom of=top/sub/sparse bs=4096 "
                                "count=1 seek=$((i*40)) conv=notrunc 2>/dev/null; done; "
                                "ln -f top/%1 top/hard; ln -sf sub top/soft")
                     .arg(name)}));
    QVERIFY(run(QStringLiteral("tar"),
                options + QStringList{QStringLiteral("-czf"), QStringLiteral("a.tar.gz"), QStringLiteral("top")}));
    const auto check = checkArchive(m_dir.filePath(QStringLiteral("a.tar.gz")));
    QVERIFY(check);
    QVERIFY2(check->outcome == Outcome::Intact, qPrintable(check->sentence));
    QCOMPARE(check->topDirectory, QStringLiteral("top"));
    QCOMPARE(check->entries, qint64(6));
}

void ArchiveCheckTest::endsOnAnyAttributes_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::newRow("zeros") << QByteArray(512, '\0');
    QTest::newRow("a length of nothing") << QByteArray("0 size=1\n");
    QTest::newRow("a negative length") << QByteArray("-9 size=1\n");
    QTest::newRow("a length beyond the end") << QByteArray("100 size=1\n");
    QTest::newRow("a length beyond any number") << QByteArray("9223372036854775807 size=1\n");
    QTest::newRow("no length") << QByteArray("size=1\n");
    QTest::newRow("only a length") << QByteArray("7");
}

void ArchiveCheckTest::endsOnAnyAttributes()
{
    QFETCH(QByteArray, attributes);
    const QByteArray tar = makeTar(QStringLiteral("rs0"), {{QStringLiteral("a"), attributes}});
    const auto check = checkArchive(write(retyped(tar, 'x')));
    QVERIFY(check);
    QCOMPARE(check->outcome, Outcome::Intact); // the attributes are passed over
}

void ArchiveCheckTest::canBeStopped()
{
    const auto check = checkArchive(write(makeArchive(2000000)), [](qint64) { return false; });
    QVERIFY(!check);
    QCOMPARE(check.error().kind, ErrorKind::Cancelled);
    QVERIFY(!checkArchive(m_dir.filePath(QStringLiteral("missing"))));
}

} // namespace

QTEST_GUILESS_MAIN(ArchiveCheckTest)
#include "archive_check_test.moc"
