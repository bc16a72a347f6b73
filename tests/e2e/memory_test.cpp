#include "base/clock.h"
#include "cloud/api_transport.h"
#include "cloud/digest_auth.h"
#include "support/scripted_server.h"
#include "support/waiting.h"

#include <QFile>
#include <QTest>

#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstring>

using namespace tidemark;
using namespace tidemark::test;

namespace {

// The secret stands nowhere in this program as it is, or the search would find the program's own copy.
constexpr unsigned char Mask = 0x5a;
constexpr size_t Length = 24;

consteval std::array<unsigned char, Length> masked(const char (&text)[Length + 1])
{
    std::array<unsigned char, Length> result{};
    for (size_t i = 0; i < Length; ++i)
        result[i] = static_cast<unsigned char>(text[i]) ^ Mask;
    return result;
}

constexpr auto maskedKey = masked("memory-marked-key-012345");

Secret makeKey()
{
    QByteArray bytes(qsizetype(Length), Qt::Uninitialized);
    for (size_t i = 0; i < Length; ++i)
        bytes[qsizetype(i)] = static_cast<char>(maskedKey[i] ^ Mask);
    Secret key(bytes);
    wipeBytes(bytes);
    return key;
}

std::array<unsigned char, 1 << 16> window;

int findIn(size_t size)
{
    int count = 0;
    for (size_t at = 0; at + Length <= size; ++at) {
        size_t same = 0;
        while (same < Length && (window[at + same] ^ Mask) == maskedKey[same])
            ++same;
        count += same == Length ? 1 : 0;
    }
    return count;
}

/// How often the secret stands in what this process can write to.
int copiesInMemory()
{
    int count = 0;
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return -1;
    const auto own = reinterpret_cast<quint64>(window.data());
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QList<QByteArray> parts = line.split(' ');
        if (parts.size() < 2 || !parts[1].startsWith("rw"))
            continue;
        const quint64 end = parts[0].split('-').last().toULongLong(nullptr, 16);
        quint64 at = parts[0].split('-').first().toULongLong(nullptr, 16);
        while (at < end) {
            quint64 size = std::min<quint64>(window.size(), end - at);
            if (at < own + window.size() && own < at + size) { // the search's own buffer
                if (at >= own) {
                    at = own + window.size();
                    continue;
                }
                size = own - at;
            }
            const iovec local{window.data(), size_t(size)};
            const iovec remote{reinterpret_cast<void *>(at), size_t(size)};
            const ssize_t got = ::process_vm_readv(::getpid(), &local, 1, &remote, 1, 0);
            if (got > 0)
                count += findIn(size_t(got));
            // A copy may lie across two windows.
            at += size > Length && at + size < end ? size - Length + 1 : size;
        }
    }
    window.fill(0);
    return count;
}

} // namespace

/// What is left of a private key in the process when nobody needs it any more: nothing.
class MemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatIsThere()
    {
        QCOMPARE(copiesInMemory(), 0);
        {
            const Secret key = makeKey();
            QCOMPARE(copiesInMemory(), 1);
            const Secret copy = key; // NOLINT(performance-unnecessary-copy-initialization)
            QCOMPARE(copiesInMemory(), 2);
        }
        QCOMPARE(copiesInMemory(), 0);
    }

    void aDigestAnswerLeavesNothing()
    {
        const auto challenge = digest::strongestDigest(
            digest::parseChallenges(R"(Digest realm="MMS Public API", nonce="n", qop="auth", algorithm=MD5)"));
        QVERIFY(challenge);
        {
            const Secret key = makeKey();
            for (quint32 i = 1; i < 20; ++i)
                QVERIFY(!digest::authorization(*challenge, {"user", "GET", "/", i, "c"}, key).isEmpty());
            QCOMPARE(copiesInMemory(), 1);
        }
        QCOMPARE(copiesInMemory(), 0);
    }

    void aClosedConnectionLeavesNothing()
    {
        ScriptedServer server;
        server.setHandler([](const RecordedRequest &request) {
            if (request.header("Authorization").isEmpty())
                return ScriptedAnswer::json("{}", 401).with(
                    "WWW-Authenticate", R"(Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256)");
            return ScriptedAnswer::json("{}");
        });
        const SystemClock clock;
        {
            Connection connection;
            connection.service = Service::OpsManager;
            connection.baseUrl = server.url();
            connection.userName = QStringLiteral("user");
            ApiTransport transport(connection, {makeKey(), {}}, clock, {});
            for (int i = 0; i < 3; ++i)
                QVERIFY(resultOf(transport.get(QStringLiteral("groups"))));
            QCOMPARE(copiesInMemory(), 1); // the one that the next request needs
        }
        QCOMPARE(copiesInMemory(), 0);
    }
};

QTEST_GUILESS_MAIN(MemoryTest)
#include "memory_test.moc"
