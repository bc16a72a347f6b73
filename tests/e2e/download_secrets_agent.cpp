/// Downloads one archive by a secret link through a proxy with a password, and stays for others to look at its memory.
///
///   download_secrets_agent STATE-DIR FOLDER FILE-NAME SHA1 PROXY-PORT CA-FILE [plant]
///
/// The secrets come by standard input, a line each, in hex and masked, so that no copy of the input can be found: the
/// proxy's password, the link, the value of its header. Says "ended STATE" when the download rests and its own copies
/// are overwritten, and ends with its input. "plant": it keeps a copy of each on the heap.
#include "support/fake_jobs.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include <unistd.h>

using namespace tidemark;

// Nothing that is given back is used for something else: what nobody overwrote is found for certain, not by chance.
// The sanitizers have a free() of their own; nobody looks there.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" void free(void *) noexcept {}
#endif

namespace {

constexpr unsigned char Mask = 0x5a; ///< as in the test

/// A text that only this process's owner knows. All that merely share it are wiped with it: what is found afterwards is
/// a copy that somebody made.
class Kept
{
public:
    static Kept read()
    {
        std::array<char, 2048> line{};
        if (!std::fgets(line.data(), static_cast<int>(line.size()), stdin))
            return {};
        Kept kept;
        const size_t digits = std::strcspn(line.data(), "\n");
        kept.m_text = QString(static_cast<qsizetype>(digits / 2), Qt::Uninitialized);
        QChar *out = kept.m_text.data();
        for (size_t i = 0; i + 1 < digits; i += 2)
            *out++ = QChar::fromLatin1(static_cast<char>((digit(line[i]) * 16 + digit(line[i + 1])) ^ Mask));
        return kept;
    }

    const QString &text() const { return m_text; }
    void wipe()
    {
        auto *shared = const_cast<QChar *>(m_text.constData()); // data() would wipe a copy
        std::fill(shared, shared + m_text.size(), QChar(u'-'));
    }

private:
    static unsigned digit(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); }
    QString m_text;
};

class OneProxy : public QNetworkProxyFactory
{
public:
    OneProxy(quint16 port, const QString &password)
        : m_proxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), port, QStringLiteral("dba"), password)
    {
    }
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override { return {m_proxy}; }

private:
    QNetworkProxy m_proxy;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 7)
        return 2;
    std::array<Kept, 3> secrets{Kept::read(), Kept::read(), Kept::read()};
    QByteArrayList planted;
    if (arguments.value(7) == QLatin1String("plant")) {
        for (const Kept &secret : secrets)
            planted << secret.text().toLatin1();
    }

    test::FakeJobs jobs;
    jobs.job.delivery.urlV2 = secrets[1].text();
    jobs.job.delivery.authHeader = QStringLiteral("X-Link-Token");
    jobs.job.delivery.authValue = secrets[2].text();
    jobs.publish(arguments.at(3), arguments.at(4));
    DownloadSource source;
    source.job = jobs.job.id;
    source.fileName = arguments.at(3);
    source.maxDownloads = jobs.job.delivery.maxDownloads;

    DownloadOptions options = test::quickOptions();
    options.stallTimeout = std::chrono::seconds(15);
    const auto proxies = std::make_shared<OneProxy>(arguments.at(5).toUShort(), secrets[0].text());
    options.proxiesFor = [proxies](const ConnectionId &) { return proxies; };
    options.caCertificateFiles = {arguments.at(6)};

    const SystemClock clock;
    DownloadQueue queue(jobs.reader(), clock, arguments.at(1), options);
    QObject::connect(&queue, &DownloadQueue::ended, &queue, [&](const DownloadId &id) {
        for (Kept &secret : secrets)
            secret.wipe();
        std::printf("ended %d\n", static_cast<int>(queue.download(id)->state));
        std::fflush(stdout);
    });
    queue.restore();
    if (!queue.add(source, arguments.at(2)))
        return 3;
    // What ends the process is the end of its input.
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
