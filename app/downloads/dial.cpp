#include "downloads/dial.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds NextAddress{250};

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::Dial", text);
}

tl::unexpected<Error> failed(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Network;
    error.sentence = sentence;
    error.retryable = true;
    return tl::unexpected<Error>(error);
}

tl::unexpected<Error> stopped()
{
    Error error;
    error.kind = ErrorKind::Cancelled;
    return tl::unexpected<Error>(error);
}

struct Address
{
    sockaddr_storage bytes{};
    socklen_t length = 0;
};

struct Lookup
{
    std::mutex mutex;
    SignalFlag done;
    int error = 0;
    std::vector<Address> addresses; ///< in the system's order of preference
};

void lookUp(const std::shared_ptr<Lookup> &lookup, const QByteArray &host, quint16 port)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo *list = nullptr;
    int error = ::getaddrinfo(host.constData(), QByteArray::number(port).constData(), &hints, &list);
    if (error == EAI_BADFLAGS || error == EAI_NONAME) { // a machine with nothing but loopback has no configured address
        hints.ai_flags = AI_NUMERICSERV;
        error = ::getaddrinfo(host.constData(), QByteArray::number(port).constData(), &hints, &list);
    }
    const std::scoped_lock lock(lookup->mutex);
    lookup->error = error;
    for (const addrinfo *entry = error == 0 ? list : nullptr; entry; entry = entry->ai_next) {
        Address address;
        std::memcpy(&address.bytes, entry->ai_addr, entry->ai_addrlen);
        address.length = entry->ai_addrlen;
        lookup->addresses.push_back(address);
    }
    if (error == 0)
        ::freeaddrinfo(list);
    lookup->done.set();
}

/// The preferred family first, then in turns.
std::vector<Address> alternating(const std::vector<Address> &addresses)
{
    std::vector<Address> first;
    std::vector<Address> second;
    for (const Address &address : addresses)
        (address.bytes.ss_family == addresses.front().bytes.ss_family ? first : second).push_back(address);
    std::vector<Address> mixed;
    for (size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            mixed.push_back(first[i]);
        if (i < second.size())
            mixed.push_back(second[i]);
    }
    return mixed;
}

int millisecondsUntil(SteadyClock::time_point time)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - SteadyClock::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 60000));
}

/// Attempts that are under way; closes all but the winner.
class Race
{
public:
    Race() = default;
    ~Race()
    {
        for (const pollfd &entry : m_entries)
            ::close(entry.fd);
    }
    Race(const Race &) = delete;
    Race &operator=(const Race &) = delete;

    bool isEmpty() const { return m_entries.empty(); }
    int lastError() const { return m_lastError; }

    void start(const Address &address)
    {
        const int socket = ::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
        if (socket < 0) {
            m_lastError = errno;
            return;
        }
        if (::connect(socket, reinterpret_cast<const sockaddr *>(&address.bytes), address.length) == 0 ||
            errno == EINPROGRESS) {
            m_entries.push_back({socket, POLLOUT, 0});
            return;
        }
        m_lastError = errno;
        ::close(socket);
    }

    /// A connected socket, or -1.
    int look(const SignalFlag &stop, SteadyClock::time_point until)
    {
        m_entries.push_back({stop.descriptor(), POLLIN, 0});
        (void)::poll(m_entries.data(), m_entries.size(), millisecondsUntil(until));
        m_entries.pop_back();
        for (auto entry = m_entries.begin(); entry != m_entries.end();) {
            if (entry->revents == 0) {
                ++entry;
                continue;
            }
            int error = 0;
            socklen_t length = sizeof error;
            ::getsockopt(entry->fd, SOL_SOCKET, SO_ERROR, &error, &length);
            const int socket = entry->fd;
            entry = m_entries.erase(entry);
            if (error == 0)
                return socket;
            m_lastError = error;
            ::close(socket);
        }
        return -1;
    }

private:
    std::vector<pollfd> m_entries;
    int m_lastError = ETIMEDOUT;
};

tl::expected<std::vector<Address>, Error> addressesOf(const QString &host, quint16 port, const SignalFlag &stop,
                                                      SteadyClock::time_point end)
{
    const auto lookup = std::make_shared<Lookup>();
    std::thread(lookUp, lookup, QUrl::toAce(host).isEmpty() ? host.toUtf8() : QUrl::toAce(host), port).detach();
    pollfd entries[2] = {{lookup->done.descriptor(), POLLIN, 0}, {stop.descriptor(), POLLIN, 0}};
    (void)::poll(entries, 2, millisecondsUntil(end));
    if (stop.isSet())
        return stopped();
    if (!lookup->done.isSet())
        return failed(tr("The name %1 could not be looked up in time.").arg(host));
    const std::scoped_lock lock(lookup->mutex);
    if (lookup->addresses.empty())
        return failed(
            tr("No address was found for %1 (%2).").arg(host, QString::fromLocal8Bit(::gai_strerror(lookup->error))));
    return alternating(lookup->addresses);
}

} // namespace

tl::expected<int, Error> dial(const QString &host, quint16 port, const SignalFlag &stop,
                              std::chrono::milliseconds limit)
{
    const auto end = SteadyClock::now() + limit;
    const auto addresses = addressesOf(host, port, stop, end);
    if (!addresses)
        return tl::unexpected<Error>(addresses.error());
    Race race;
    size_t next = 0;
    auto nextStart = SteadyClock::now();
    while (!stop.isSet() && SteadyClock::now() < end) {
        if (next < addresses->size() && (race.isEmpty() || SteadyClock::now() >= nextStart)) {
            race.start((*addresses)[next++]);
            nextStart = SteadyClock::now() + NextAddress;
            continue;
        }
        if (race.isEmpty())
            break;
        const int socket = race.look(stop, next < addresses->size() ? std::min(end, nextStart) : end);
        if (socket >= 0)
            return socket;
    }
    if (stop.isSet())
        return stopped();
    return failed(tr("%1 could not be reached on port %2: %3.")
                      .arg(host)
                      .arg(port)
                      .arg(QString::fromLocal8Bit(std::strerror(race.lastError()))));
}

} // namespace tidemark
