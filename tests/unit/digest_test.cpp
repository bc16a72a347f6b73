#include "cloud/digest_auth.h"
#include "cloud/digest_decision.h"

#include <QTest>

using namespace tidemark;
using namespace tidemark::digest;

namespace {

const QByteArray rfc7616 = R"(realm="http-auth@example.org", )"
                           R"(nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", )"
                           R"(opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")";
const QByteArray rfc7616Client = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
const QByteArray rfc2617 = R"(realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", )"
                           R"(opaque="5ccc069c403ebaf9f0171e9517f40e41")";

/// The value of a field of an Authorization header, or a null array.
QByteArray field(const QByteArray &header, const QByteArray &name)
{
    const auto challenges = parseChallenges(header);
    return challenges.size() == 1 ? challenges.front().parameter(name).value_or(QByteArray()) : QByteArray();
}

} // namespace

class DigestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersTheVectors_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QByteArray>("clientNonce");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("response");
        const auto row = [](const char *name, const QByteArray &challenge, const QByteArray &client,
                            const char *password, const char *response) {
            QTest::newRow(name) << challenge << client << QByteArray(password) << QByteArray(response);
        };
        // The RFC prints another response; its erratum 749 has this one.
        row("RFC 2069 2.4", "Digest " + rfc2617, "", "CircleOfLife", "1949323746fe6a43ef61f9606e7febea");
        row("RFC 2617 3.5", "Digest " + rfc2617 + R"(, qop="auth,auth-int")", "0a4f113b", "Circle Of Life",
            "6629fae49393a05397450978507c4ef1");
        row("RFC 7616 3.9.1 MD5", "Digest " + rfc7616 + R"(, qop="auth, auth-int", algorithm=MD5)", rfc7616Client,
            "Circle of Life", "8ca523f5e9506fed4657c9700eebdbec");
        row("RFC 7616 3.9.1 SHA-256", "Digest " + rfc7616 + R"(, qop="auth, auth-int", algorithm=SHA-256)",
            rfc7616Client, "Circle of Life", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
        // Computed apart from this program, after RFC 7616 section 3.4.2.
        row("MD5-sess", "Digest " + rfc7616 + R"(, qop="auth", algorithm=MD5-sess)", rfc7616Client, "Circle of Life",
            "e783283f46242139c486a698fec7211d");
        row("SHA-256-sess", "Digest " + rfc7616 + R"(, qop="auth", algorithm=SHA-256-sess)", rfc7616Client,
            "Circle of Life", "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7");
        row("MD5-sess without qop", "Digest " + rfc7616 + R"(, algorithm=MD5-sess)", rfc7616Client, "Circle of Life",
            "37a7f42db2090a3fcac4e26e747d4fc8");
        row("SHA-256 without qop", "Digest " + rfc7616 + R"(, algorithm=SHA-256)", rfc7616Client, "Circle of Life",
            "a1306b0595a6c7fe96c448631fb5cfbd5107bd1fe1da729d978dd7446b812363");
        row("op in place of qop, as documented", "Digest " + rfc2617 + R"(, algorithm=MD5, op="auth", stale=false)", "",
            "CircleOfLife", "1949323746fe6a43ef61f9606e7febea");
    }

    void answersTheVectors()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QByteArray, clientNonce);
        QFETCH(QByteArray, password);
        QFETCH(QByteArray, response);
        const auto chosen = strongestDigest(parseChallenges(challenge));
        QVERIFY(chosen);
        const QByteArray header =
            authorization(*chosen, {"Mufasa", "GET", "/dir/index.html", 1, clientNonce}, Secret(password));
        QCOMPARE(field(header, "response"), response);
        QCOMPARE(field(header, "username"), QByteArray("Mufasa"));
        QCOMPARE(field(header, "uri"), QByteArray("/dir/index.html"));
        QCOMPARE(field(header, "nonce"), chosen->nonce);
        QCOMPARE(field(header, "opaque"), chosen->opaque.value_or(QByteArray()));
        QCOMPARE(field(header, "qop"), chosen->qopAuth ? QByteArray("auth") : QByteArray());
        QCOMPARE(field(header, "nc"), chosen->qopAuth ? QByteArray("00000001") : QByteArray());
        QVERIFY(!header.contains(password));
    }

    void countsInHex()
    {
        const auto chosen = strongestDigest(parseChallenges("Digest " + rfc2617 + ", qop=auth"));
        QVERIFY(chosen);
        const QByteArray header = authorization(*chosen, {"u", "GET", "/", 0x1ab, "c"}, Secret(QByteArray("p")));
        QVERIFY2(header.contains(", nc=000001ab,"), header.constData());
    }

    void quotesWhatItRepeats()
    {
        const auto chosen =
            strongestDigest(parseChallenges("Digest realm=\"say \\\"hi\\\" \\\\ bye\", nonce=\"a,b=c\", qop=\"auth\""));
        QVERIFY(chosen);
        QCOMPARE(chosen->realm, QByteArray("say \"hi\" \\ bye"));
        QCOMPARE(chosen->nonce, QByteArray("a,b=c"));
        const QByteArray header = authorization(*chosen, {"o\"ne", "GET", "/", 1, "c"}, Secret(QByteArray("p")));
        QVERIFY(header.contains("realm=\"say \\\"hi\\\" \\\\ bye\""));
        QVERIFY(header.contains("username=\"o\\\"ne\""));
    }

    void hidesTheUserWhenAsked()
    {
        // The user of RFC 7616 section 3.9.2, hashed with SHA-256 apart from this program.
        const auto chosen = strongestDigest(parseChallenges(
            R"(Digest realm="api@example.org", nonce="n", qop="auth", algorithm=SHA-256, userhash=true)"));
        QVERIFY(chosen);
        const QByteArray header =
            authorization(*chosen, {"J\xc3\xa4s\xc3\xb8n Doe", "GET", "/doe.json", 1, "c"}, Secret(QByteArray("p")));
        QCOMPARE(field(header, "username"),
                 QByteArray("5a1a8a47df5c298551b9b42ba9b05835174a5bd7d511ff7fe9191d8e946fc4e7"));
        QVERIFY(header.contains("userhash=true"));
    }

    void namesAUserBeyondAscii()
    {
        const auto chosen =
            strongestDigest(parseChallenges(R"(Digest realm="r", nonce="n", qop="auth", charset=UTF-8)"));
        QVERIFY(chosen);
        const QByteArray header =
            authorization(*chosen, {"J\xc3\xa4s\xc3\xb8n Doe", "GET", "/", 1, "c"}, Secret(QByteArray("p")));
        QVERIFY2(header.contains("username*=UTF-8''J%C3%A4s%C3%B8n%20Doe"), header.constData());
    }

    void choosesTheStrongest_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("nonce"); ///< of the one to choose; empty for none
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("Basic only") << QByteArray(R"(Basic realm="r")") << QByteArray();
        QTest::newRow("Bearer only") << QByteArray(R"(Bearer realm="r", error="invalid_token")") << QByteArray();
        QTest::newRow("Basic before Digest")
            << QByteArray(R"(Basic realm="r", Digest realm="r", nonce="1")") << QByteArray("1");
        QTest::newRow("Digest before Basic")
            << QByteArray(R"(Digest realm="r", nonce="1", qop="auth", Basic realm="r")") << QByteArray("1");
        QTest::newRow("MD5 then SHA-256")
            << QByteArray(
                   R"(Digest realm="r", nonce="1", qop="auth", algorithm=MD5, Digest realm="r", nonce="2", qop="auth", algorithm=SHA-256)")
            << QByteArray("2");
        QTest::newRow("SHA-256 then MD5")
            << QByteArray(
                   R"(Digest realm="r", nonce="2", qop="auth", algorithm=SHA-256, Digest realm="r", nonce="1", qop="auth", algorithm=MD5)")
            << QByteArray("2");
        QTest::newRow("without and with qop")
            << QByteArray(R"(Digest realm="r", nonce="1", Digest realm="r", nonce="2", qop="auth")") << QByteArray("2");
        QTest::newRow("equal: the server's order")
            << QByteArray(R"(Digest realm="r", nonce="1", qop="auth", Digest realm="r", nonce="2", qop="auth")")
            << QByteArray("1");
        QTest::newRow("unknown algorithm")
            << QByteArray(R"(Digest realm="r", nonce="1", algorithm=SHA-512-256)") << QByteArray();
        QTest::newRow("unknown then MD5")
            << QByteArray(R"(Digest realm="r", nonce="1", algorithm=X, Digest realm="r", nonce="2")")
            << QByteArray("2");
        QTest::newRow("auth-int only") << QByteArray(R"(Digest realm="r", nonce="1", qop="auth-int")") << QByteArray();
        QTest::newRow("no nonce") << QByteArray(R"(Digest realm="r")") << QByteArray();
        QTest::newRow("Negotiate's token")
            << QByteArray(R"(Negotiate YIIB==, Digest realm="r", nonce="1")") << QByteArray("1");
        QTest::newRow("Negotiate bare") << QByteArray(R"(Negotiate, Digest realm="r", nonce="1")") << QByteArray("1");
        QTest::newRow("odd spacing and case")
            << QByteArray("  ,DIGEST  Realm = \"r\" ,\tNONCE=\"1\",QOP=AUTH,, ") << QByteArray("1");
        QTest::newRow("unquoted values") << QByteArray("Digest realm=r, nonce=abc==, qop=auth") << QByteArray("abc==");
        QTest::newRow("unclosed quote") << QByteArray("Digest realm=\"r\", nonce=\"1") << QByteArray("1");
        QTest::newRow("garbage") << QByteArray("\"=,;=\"Digest==") << QByteArray();
    }

    void choosesTheStrongest()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, nonce);
        const auto chosen = strongestDigest(parseChallenges(header));
        QCOMPARE(chosen ? chosen->nonce : QByteArray(), nonce);
    }

    void readsStale()
    {
        QVERIFY(strongestDigest(parseChallenges(R"(Digest realm="r", nonce="1", stale=TRUE)"))->stale);
        QVERIFY(strongestDigest(parseChallenges(R"(Digest realm="r", nonce="1", stale="true")"))->stale);
        QVERIFY(!strongestDigest(parseChallenges(R"(Digest realm="r", nonce="1", stale=false)"))->stale);
        QVERIFY(!strongestDigest(parseChallenges(R"(Digest realm="r", nonce="1")"))->stale);
    }

    void decidesAfterARefusal_data()
    {
        using namespace digest;
        QTest::addColumn<RefusedRequest>("refused");
        QTest::addColumn<Action>("action");
        const auto row = [](const char *name, RefusedRequest refused, Action action) {
            QTest::newRow(name) << refused << action;
        };
        const bool rights = true;
        const bool read = true;
        const bool post = false;
        using C = Carried;
        using O = Offered;
        using A = Action;
        row("handshake", {C::Nothing, O::Nonce, false, read, 0}, A::SendAgain);
        row("handshake of a POST", {C::Nothing, O::Nonce, false, post, 0}, A::SendAgain);
        row("handshake, said to be stale", {C::Nothing, O::StaleNonce, false, read, 0}, A::SendAgain);
        row("handshake with an error document", {C::Nothing, O::Nonce, rights, read, 0}, A::SendAgain);
        row("handshake, once more", {C::Nothing, O::Nonce, false, read, 1}, A::SendAgain);
        row("handshake without end", {C::Nothing, O::Nonce, false, read, 2}, A::KeyRefused);
        row("handshake of a POST without end", {C::Nothing, O::Nonce, false, post, 1}, A::KeyRefused);
        row("wrong key", {C::FirstUse, O::Nonce, false, read, 1}, A::KeyRefused);
        row("wrong key, POST", {C::FirstUse, O::Nonce, false, post, 0}, A::KeyRefused);
        row("stale at once", {C::FirstUse, O::StaleNonce, false, read, 1}, A::SendAgain);
        row("stale at once, POST", {C::FirstUse, O::StaleNonce, false, post, 0}, A::SendAgain);
        row("stale for ever", {C::FirstUse, O::StaleNonce, false, read, 2}, A::KeyRefused);
        row("stale for ever, POST", {C::FirstUse, O::StaleNonce, false, post, 1}, A::KeyRefused);
        row("no right at the first use", {C::FirstUse, O::Nonce, rights, read, 1}, A::LacksRight);
        row("no right, but stale", {C::FirstUse, O::StaleNonce, rights, read, 1}, A::SendAgain);
        row("ended with a word", {C::Reuse, O::StaleNonce, false, read, 0}, A::SendAgain);
        row("ended with a word, POST", {C::Reuse, O::StaleNonce, false, post, 0}, A::SendAgain);
        row("ended without a word", {C::Reuse, O::Nonce, false, read, 0}, A::SendAgain);
        row("good for one request only", {C::Reuse, O::Nonce, false, post, 0}, A::SendAgain);
        row("others took it first", {C::Reuse, O::Nonce, false, read, 1}, A::SendAgain);
        row("others took it first, POST", {C::Reuse, O::Nonce, false, post, 1}, A::KeyRefused);
        row("without end", {C::Reuse, O::Nonce, false, read, 2}, A::KeyRefused);
        row("no right", {C::Reuse, O::Nonce, rights, read, 0}, A::LacksRight);
        row("no right, POST", {C::Reuse, O::Nonce, rights, post, 0}, A::LacksRight);
        row("key known to be wrong", {C::KnownBad, O::Nonce, false, read, 0}, A::KeyRefused);
        row("key known to be wrong, stale", {C::KnownBad, O::StaleNonce, false, read, 0}, A::SendAgain);
        row("nothing offered, nothing carried", {C::Nothing, O::Nothing, false, read, 0}, A::KeyRefused);
        row("nothing offered", {C::Reuse, O::Nothing, false, read, 0}, A::KeyRefused);
        row("nothing offered, POST", {C::FirstUse, O::Nothing, false, post, 0}, A::KeyRefused);
        row("nothing offered, about rights", {C::Reuse, O::Nothing, rights, read, 0}, A::LacksRight);
        row("no key shown, about rights", {C::Nothing, O::Nothing, rights, read, 0}, A::KeyRefused);
        for (const C carried : {C::Nothing, C::FirstUse, C::Reuse, C::KnownBad}) {
            for (const bool isRead : {read, post}) {
                for (const bool aboutRights : {false, true}) {
                    QTest::addRow("other way %d%d%d", int(carried), isRead, aboutRights)
                        << RefusedRequest{carried, O::OtherWay, aboutRights, isRead, 0} << A::OtherWay;
                    QTest::addRow("other realm %d%d%d", int(carried), isRead, aboutRights)
                        << RefusedRequest{carried, O::OtherRealm, aboutRights, isRead, 0} << A::OtherRealm;
                }
                // Nothing is sent again without end.
                for (const O offered : {O::Nothing, O::Nonce, O::StaleNonce}) {
                    const int most = isRead ? 2 : 1;
                    QTest::addRow("end %d%d%d", int(carried), int(offered), isRead)
                        << RefusedRequest{carried, offered, false, isRead, most} << A::KeyRefused;
                }
            }
        }
    }

    void decidesAfterARefusal()
    {
        QFETCH(digest::RefusedRequest, refused);
        QFETCH(digest::Action, action);
        QCOMPARE(digest::decide(refused), action);
    }
};

QTEST_GUILESS_MAIN(DigestTest)
#include "digest_test.moc"
