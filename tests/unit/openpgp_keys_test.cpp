#include "plans/openpgp_keys.h"

#include <QtTest>

using namespace tidemark;

namespace {

const QByteArray Key = "0123456789ABCDEF0123456789ABCDEF01234567";
const QByteArray SubKey = "FEDCBA9876543210FEDCBA9876543210FEDCBA98";

/// A key as gpg 2.2 lists it; `validity` and `capabilities` are its 2nd and 12th field.
QByteArray key(const QByteArray &validity, const QByteArray &capabilities, const QByteArray &userId)
{
    return "sec:" + validity + ":255:22:89ABCDEF01234567:1764000187:1764172987::u:::" + capabilities +
           ":::+::ed25519:::0:\nfpr:::::::::" + Key + ":\ngrp:::::::::00:\nuid:" + validity +
           "::::1764000187::00::" + userId + "::::::::::0:\n";
}

QByteArray subKey()
{
    return "ssb:u:255:18:FEDCBA9876543210:1764000187::::::e:::+::cv25519::\nfpr:::::::::" + SubKey + ":\n";
}

} // namespace

/// With which keys gpg can sign.
class TestOpenPgpKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listed_data();
    void listed();
    void several();
};

void TestOpenPgpKeys::listed_data()
{
    QTest::addColumn<QByteArray>("listing");
    QTest::addColumn<QString>("userId"); // empty: the key is left out
    const auto row = [](const char *name, const QByteArray &listing, const QString &userId = {}) {
        QTest::newRow(name) << listing << userId;
    };
    const QString dora = QStringLiteral("Dora <dora@example.net>");
    row("one", key("u", "scSC", dora.toUtf8()), dora);
    row("its trust is not known", key("-", "scSC", dora.toUtf8()), dora);
    row("with a subkey", key("u", "scESC", dora.toUtf8()) + subKey(), dora);
    row("lines end as in Windows", key("u", "scSC", dora.toUtf8()).replace("\n", "\r\n"), dora);
    row("a subkey of it signs", key("u", "cSC", dora.toUtf8()), dora);
    row("a colon and letters of others", key("u", "scSC", "D\\x3a \xc3\xb6 \\x5cx"), QStringLiteral("D: ö \\x"));
    row("what turns a line round",
        key("u", "scSC",
            "a\xe2\x80\xae"
            "b"),
        QStringLiteral("ab"));
    row("it cannot sign", key("u", "eE", dora.toUtf8()));
    for (const char *validity : {"r", "e", "i"})
        row(validity, key(validity, "scSC", dora.toUtf8()));
    row("disabled", key("u", "scSCD", dora.toUtf8()));
    row("nothing", {});
    row("rubbish", "sec\nfpr:\nuid:::\n:::\n");
    row("another's public key", key("u", "scSC", dora.toUtf8()).replace("sec:", "pub:"));
}

void TestOpenPgpKeys::listed()
{
    QFETCH(QByteArray, listing);
    QFETCH(QString, userId);
    std::vector<OpenPgpKey> expected;
    if (!userId.isEmpty())
        expected.push_back({QString::fromLatin1(Key), userId});
    QCOMPARE(openPgpKeys(listing), expected);
}

void TestOpenPgpKeys::several()
{
    const QByteArray second = key("u", "scSC", "second").replace(Key, SubKey);
    const auto keys = openPgpKeys("tru::1:1764000187:0:3:1:5\n" + key("u", "scSC", "first") + subKey() +
                                  key("e", "scSC", "expired") + second);
    QCOMPARE(keys.size(), 2U);
    QCOMPARE(keys.front().userId, QStringLiteral("first"));
    QCOMPARE(keys.back(), (OpenPgpKey{QString::fromLatin1(SubKey), QStringLiteral("second")}));
}

QTEST_GUILESS_MAIN(TestOpenPgpKeys)
#include "openpgp_keys_test.moc"
