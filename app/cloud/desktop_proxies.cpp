#include "cloud/desktop_proxies.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QNetworkProxyFactory>
#include <QProcess>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace tidemark {

using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int SettingsLimitMs = 2000;

/// Without path and query, which are nobody's business and would make every request a question of its own.
QString originOf(const QUrl &url)
{
    const bool secure = url.scheme() == QLatin1String("https");
    return QStringLiteral("%1://%2:%3").arg(url.scheme(), url.host()).arg(url.port(secure ? 443 : 80));
}

bool namesScript(const QString &setting)
{
    const QString text = setting.trimmed().toLower();
    return text.startsWith(QLatin1String("pac+")) || text.startsWith(QLatin1String("wpad:"));
}

/// Whether a script decides: by the environment (as libproxy reads it), else by GNOME's settings or KDE's.
bool isAutomatic()
{
    bool any = false;
    for (const char *name : {"https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
        const QString value = qEnvironmentVariable(name);
        if (namesScript(value))
            return true;
        any = any || !value.isEmpty();
    }
    if (any)
        return false;
    QFile kde(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/kioslaverc"));
    if (kde.open(QIODevice::ReadOnly)) {
        const QByteArray text = '\n' + kde.read(64 * 1024);
        if (text.contains("\nProxyType=2") || text.contains("\nProxyType=3"))
            return true;
    }
    const QString gsettings = QStandardPaths::findExecutable(QStringLiteral("gsettings"));
    if (gsettings.isEmpty())
        return false;
    QProcess process;
    process.start(gsettings, {QStringLiteral("get"), QStringLiteral("org.gnome.system.proxy"), QStringLiteral("mode")});
    const bool answered = process.waitForFinished(SettingsLimitMs);
    if (!answered)
        process.kill();
    return answered && process.readAllStandardOutput().contains("auto");
}

DesktopProxy askDesktop(const QUrl &origin)
{
    DesktopProxy answer;
    answer.proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(origin));
    const bool direct = std::ranges::all_of(
        answer.proxies, [](const QNetworkProxy &proxy) { return proxy.type() == QNetworkProxy::NoProxy; });
    answer.isAutomaticWithoutProxy = direct && isAutomatic();
    return answer;
}

Error silentDesktop()
{
    Error error;
    error.kind = ErrorKind::Proxy;
    error.sentence = QCoreApplication::translate("tidemark::Network", "The desktop's proxy settings gave no answer.");
    error.hint = QCoreApplication::translate(
        "tidemark::Network", "They may name a script (PAC) whose server does not answer. Set the connection's proxy to "
                             "None, or enter the proxy there.");
    error.retryable = true;
    return error;
}

} // namespace

struct DesktopProxies::Shared
{
    struct Entry
    {
        bool asking = false;
        std::optional<DesktopProxy> answer;
        Clock::time_point answered;
        std::map<quint64, Deferred<DesktopProxy>> waiting; ///< whoever takes one out resolves it
    };

    Question question;
    std::chrono::milliseconds limit;
    std::chrono::milliseconds keptFor;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::map<QString, Entry> entries;
    quint64 lastNumber = 0;

    bool isFresh(const Entry &entry) const { return entry.answer && Clock::now() - entry.answered < keptFor; }
};

DesktopProxies::DesktopProxies(Question question, std::chrono::milliseconds limit, std::chrono::milliseconds keptFor)
    : m_shared(std::make_shared<Shared>())
{
    m_shared->question = std::move(question);
    m_shared->limit = limit;
    m_shared->keptFor = keptFor;
}

DesktopProxies &DesktopProxies::instance()
{
    static auto *const program = new DesktopProxies(askDesktop, 10s, 5min);
    return *program;
}

/// With the mutex held.
void DesktopProxies::ask(const QUrl &url, const QString &key)
{
    Shared::Entry &entry = m_shared->entries[key];
    if (std::exchange(entry.asking, true))
        return;
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    std::thread([shared = m_shared, origin, key] {
        DesktopProxy answer = shared->question(origin);
        std::map<quint64, Deferred<DesktopProxy>> waiting;
        {
            const std::scoped_lock lock(shared->mutex);
            Shared::Entry &asked = shared->entries[key];
            asked.asking = false;
            asked.answer = answer;
            asked.answered = Clock::now();
            waiting.swap(asked.waiting);
        }
        shared->changed.notify_all();
        for (const auto &[number, one] : waiting)
            one.resolve(answer);
    }).detach();
}

Async<DesktopProxy> DesktopProxies::find(const QUrl &url)
{
    const QString key = originOf(url);
    const std::scoped_lock lock(m_shared->mutex);
    Shared::Entry &entry = m_shared->entries[key];
    if (m_shared->isFresh(entry))
        return resolved<DesktopProxy>(*entry.answer);
    ask(url, key);
    const Deferred<DesktopProxy> pending;
    const quint64 number = ++m_shared->lastNumber;
    entry.waiting.emplace(number, pending);
    QTimer::singleShot(m_shared->limit, [shared = m_shared, key, number] {
        std::unique_lock guard(shared->mutex);
        const auto late = shared->entries[key].waiting.extract(number);
        guard.unlock();
        if (!late.empty())
            late.mapped().resolve(failure(silentDesktop()));
    });
    return pending.future();
}

bool DesktopProxies::isFresh(const QUrl &url) const
{
    const std::scoped_lock lock(m_shared->mutex);
    const auto found = m_shared->entries.find(originOf(url));
    return found != m_shared->entries.end() && m_shared->isFresh(found->second);
}

std::optional<DesktopProxy> DesktopProxies::last(const QUrl &url) const
{
    const std::scoped_lock lock(m_shared->mutex);
    const auto found = m_shared->entries.find(originOf(url));
    return found == m_shared->entries.end() ? std::nullopt : found->second.answer;
}

DesktopProxy DesktopProxies::wait(const QUrl &url)
{
    const QString key = originOf(url);
    std::unique_lock lock(m_shared->mutex);
    if (!m_shared->isFresh(m_shared->entries[key])) {
        ask(url, key);
        m_shared->changed.wait(lock, [this, &key] { return !m_shared->entries[key].asking; });
    }
    return *m_shared->entries[key].answer;
}

bool DesktopProxies::isAsking() const
{
    const std::scoped_lock lock(m_shared->mutex);
    return std::ranges::any_of(m_shared->entries, [](const auto &entry) { return entry.second.asking; });
}

int leaveProgram(int exitCode)
{
    if (DesktopProxies::instance().isAsking()) {
        std::fflush(nullptr);
        std::_Exit(exitCode);
    }
    return exitCode;
}

} // namespace tidemark
