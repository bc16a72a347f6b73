#include "plans/openpgp_status.h"

#include <QtTest>

using namespace tidemark;

namespace {

const QByteArray Key = "0123456789ABCDEF0123456789ABCDEF01234567";
const QByteArray Other = "FEDCBA9876543210FEDCBA9876543210FEDCBA98";

QByteArray line(const QByteArray &rest)
{
    return "[GNUPG:] " + rest + '\n';
}

QByteArray goodSig(const QByteArray &key, const QByteArray &userId = "Dora <dora@example.net>")
{
    return line("GOODSIG " + key.right(16) + ' ' + userId);
}

QByteArray validSig(const QByteArray &key, const QByteArray &primary = Key)
{
    return line("VALIDSIG " + key + " 2026-11-24 1764000187 0 4 0 22 10 00 " + primary);
}

QByteArray one()
{
    return line("NEWSIG") + goodSig(Key) + validSig(Key);
}

} // namespace

/// What gpg's status lines say of a signature; the lines are gpg 2.2's.
class TestOpenPgpStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts_data();
    void counts();
};

void TestOpenPgpStatus::counts_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char *name, const QByteArray &lines, const QByteArray &key = {}) {
        QTest::newRow(name) << lines << key;
    };
    row("nothing", {});
    row("one", one(), Key);
    row("as gpg says it, with what else it says",
        line("NEWSIG dora@example.net") + line("KEY_CONSIDERED " + Key + " 0") +
            line("SIG_ID x 2026-11-24 1764000187") + goodSig(Key) + validSig(Key) + line("TRUST_ULTIMATE 0 pgp"),
        Key);
    row("of a subkey", line("NEWSIG") + goodSig(Other) + validSig(Other, Key), Key);
    row("without its beginning", goodSig(Key) + validSig(Key));
    row("not good", line("NEWSIG") + validSig(Key));
    row("not valid", line("NEWSIG") + goodSig(Key));
    row("two", one() + one());
    row("good of one and valid of another, revoked", line("NEWSIG") + goodSig(Other) + line("NEWSIG") +
                                                         line("REVKEYSIG " + Key.right(16) + " Dora") + validSig(Key));
    row("good of one and valid of another", line("NEWSIG") + goodSig(Other) + validSig(Key));
    for (const char *bad : {"EXPSIG", "EXPKEYSIG", "REVKEYSIG", "BADSIG", "ERRSIG", "KEYEXPIRED", "KEYREVOKED"})
        row(bad, one() + line(QByteArray(bad) + ' ' + Other.right(16) + " x"));
    row("a fingerprint of before 2000", line("NEWSIG") + goodSig(Key.left(32)) + validSig(Key.left(32), Key.left(32)));
    row("a name that looks like a line", line("NEWSIG") + goodSig(Key, "x [GNUPG:] BADSIG 0 y") + validSig(Key), Key);
    row("lines of another program", "NEWSIG\nGOODSIG " + Key + " x\nVALIDSIG " + Key + ' ' + Key + '\n');
}

void TestOpenPgpStatus::counts()
{
    QFETCH(QByteArray, lines);
    const OpenPgpStatus status = openPgpStatus(lines);
    QTEST(status.key.toLatin1(), "key");
    QCOMPARE(status.isGood, !status.key.isEmpty());
    QCOMPARE(status.userId.isEmpty(), !status.isGood);
}

QTEST_GUILESS_MAIN(TestOpenPgpStatus)
#include "openpgp_status_test.moc"
