#include "downloads/safe_name.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

class SafeNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsHarmlessNames_data();
    void keepsHarmlessNames();
    void makesNamesSafe_data();
    void makesNamesSafe();
    void numbersBeforeTheSuffix();
};

void SafeNameTest::keepsHarmlessNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("documented") << QStringLiteral("rs0-1609947369-5ff5e4a1e4b0a1c2d3e4f5a6.tar.gz");
    QTest::newRow("config servers") << QStringLiteral("config-csrs-5ff5e4a1-1609947369-5ff5.tar.gz");
    QTest::newRow("tar") << QStringLiteral("old.tar");
    QTest::newRow("umlauts") << QStringLiteral("Gr\u00f6\u00dfe.tar.gz");
    QTest::newRow("spaces inside") << QStringLiteral("my set.tar.gz");
}

void SafeNameTest::keepsHarmlessNames()
{
    QFETCH(QString, name);
    QCOMPARE(safeFileName(name), name);
}

void SafeNameTest::makesNamesSafe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected"); // empty: only the rules of every name are checked
    const auto row = [](const char *title, const QString &name, const QString &expected = {}) {
        QTest::newRow(title) << name << expected;
    };
    row("parent", QStringLiteral(".."), QStringLiteral("archive"));
    row("path up", QStringLiteral("../../etc/passwd"), QStringLiteral("_.____etc_passwd"));
    row("absolute", QStringLiteral("/etc/passwd"), QStringLiteral("_etc_passwd"));
    row("backslashes", QStringLiteral("..\\x.tar.gz"));
    row("NUL", QStringLiteral("a") + QChar(u'\0') + QStringLiteral("b.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("newline", QStringLiteral("a\nb.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("carriage return", QStringLiteral("a\rb.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("escape", QStringLiteral("a\u001b[31m.tar.gz"));
    row("300 bytes", QString(300, u'x') + QStringLiteral(".tar.gz"));
    row("300 bytes of two each", QString(300, QChar(0x00e4)) + QStringLiteral(".tar.gz"));
    row("300 emoji", QStringLiteral("\U0001f600").repeated(300) + QStringLiteral(".tar.gz"));
    row("only a long suffix", QLatin1Char('.') + QString(300, u'x'));
    row("reserved", QStringLiteral("CON"), QStringLiteral("_CON"));
    row("reserved with suffix", QStringLiteral("nul.tar.gz"), QStringLiteral("_nul.tar.gz"));
    row("reserved with digit", QStringLiteral("COM1.tar"), QStringLiteral("_COM1.tar"));
    row("right-to-left override", QStringLiteral("a\u202egz.rat.tar.gz"), QStringLiteral("a_gz.rat.tar.gz"));
    row("zero width", QStringLiteral("a\u200bb.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("slash look-alike", QStringLiteral("a\u2215b.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("full-width slash", QStringLiteral("a\uff0fb.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("line separator", QStringLiteral("a\u2028b.tar.gz"), QStringLiteral("a_b.tar.gz"));
    row("lone surrogate", QStringLiteral("a") + QChar(0xd800) + QStringLiteral("b.tar.gz"));
    row("leading dot", QStringLiteral(".bashrc"), QStringLiteral("_bashrc"));
    row("leading dash", QStringLiteral("-rf.tar.gz"), QStringLiteral("_rf.tar.gz"));
    row("leading tilde", QStringLiteral("~root"), QStringLiteral("_root"));
    row("trailing dot", QStringLiteral("a.tar.gz."), QStringLiteral("a.tar.gz"));
    row("trailing space", QStringLiteral("a.tar.gz  "), QStringLiteral("a.tar.gz"));
    row("empty", QString(), QStringLiteral("archive"));
    row("blank", QStringLiteral("   "), QStringLiteral("archive"));
    row("poses as a part", QStringLiteral("x.tar.gz.part"), QStringLiteral("x.tar.gz.part_"));
    row("poses as a journal", QStringLiteral("x.tar.gz.part.json"), QStringLiteral("x.tar.gz.part.json_"));
    row("poses as a checksum", QStringLiteral("x.tar.gz.sha1"), QStringLiteral("x.tar.gz.sha1_"));
    row("poses as a corrupt one", QStringLiteral("x.tar.gz.CORRUPT"), QStringLiteral("x.tar.gz.CORRUPT_"));
    row("poses as a second corrupt one", QStringLiteral("x.corrupt-2"), QStringLiteral("x.corrupt-2_"));
    row("shell", QStringLiteral("a;b|c>d*?\"<.tar.gz"));
}

void SafeNameTest::makesNamesSafe()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    const QString safe = safeFileName(name);
    if (!expected.isEmpty())
        QCOMPARE(safe, expected);
    QCOMPARE(safeFileName(safe), safe);
    QVERIFY(!safe.isEmpty());
    QVERIFY(!safe.contains(u'/') && !safe.contains(u'\\') && !safe.contains(QLatin1String("..")));
    QVERIFY(!safe.startsWith(u'.') && !safe.startsWith(u'-'));
    for (const QChar c : safe)
        QVERIFY(c.isPrint() || c.isSurrogate());

    // The real file system agrees, with the longest suffix and a number as well.
    const QTemporaryDir folder;
    const DownloadPaths paths(folder.path(), numberedName(safe, 999));
    for (const QString &path :
         {paths.part, paths.journal + QStringLiteral(".XXXXXX"), paths.corrupt + QStringLiteral("-999")}) {
        QFile file(path);
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
        QCOMPARE(QFileInfo(path).absolutePath(), QFileInfo(folder.path()).absoluteFilePath());
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 3);
}

void SafeNameTest::numbersBeforeTheSuffix()
{
    QCOMPARE(numberedName(QStringLiteral("a.tar.gz"), 2), QStringLiteral("a (2).tar.gz"));
    QCOMPARE(numberedName(QStringLiteral("a.tar"), 3), QStringLiteral("a (3).tar"));
    QCOMPARE(numberedName(QStringLiteral("a"), 2), QStringLiteral("a (2)"));
}

QTEST_GUILESS_MAIN(SafeNameTest)
#include "safe_name_test.moc"
