#include "support/record_server.h"

#include <array>

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

struct RecordServer::Context
{
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
};

namespace {

constexpr int Patience = 100; ///< milliseconds after which a thread looks whether the server ends

class Wire : public RecordWire
{
public:
    Wire(SSL_CTX *context, int socket, const std::atomic<bool> &ends)
        : m_tls(SSL_new(context), SSL_free)
        , m_in(BIO_new(BIO_s_mem()))
        , m_out(BIO_new(BIO_s_mem()))
        , m_socket(socket)
        , m_ends(ends)
    {
        SSL_set_bio(m_tls.get(), m_in, m_out); // which owns them from now on
        SSL_set_accept_state(m_tls.get());
    }

    /// The handshake and the request's head.
    bool begin()
    {
        QByteArray head;
        std::array<char, 4096> bytes{};
        while (!head.contains("\r\n\r\n")) {
            const int count = SSL_read(m_tls.get(), bytes.data(), static_cast<int>(bytes.size()));
            if (!send())
                return false;
            if (count > 0)
                head.append(bytes.data(), count);
            else if (SSL_get_error(m_tls.get(), count) != SSL_ERROR_WANT_READ || !receive())
                return false;
        }
        return true;
    }

    void add(const QByteArray &bytes) override
    {
        SSL_write(m_tls.get(), bytes.constData(), static_cast<int>(bytes.size()));
    }

    void addTicket() override
    {
        SSL_new_session_ticket(m_tls.get());
        SSL_do_handshake(m_tls.get());
    }

    void addKeyUpdate() override
    {
        SSL_key_update(m_tls.get(), SSL_KEY_UPDATE_NOT_REQUESTED);
        SSL_do_handshake(m_tls.get());
    }

    bool send() override
    {
        char *bytes = nullptr;
        const long all = BIO_get_mem_data(m_out, &bytes);
        for (long sent = 0; sent < all;) {
            if (!isReady(POLLOUT))
                return false;
            const ssize_t count = ::send(m_socket, bytes + sent, static_cast<size_t>(all - sent), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            sent += count;
        }
        BIO_reset(m_out);
        return true;
    }

    /// Until the client has gone, or the server ends.
    void stay()
    {
        while (receive()) {
        }
    }

private:
    bool isReady(short what) const
    {
        pollfd watched{m_socket, what, 0};
        while (!m_ends) {
            if (::poll(&watched, 1, Patience) > 0)
                return (watched.revents & what) != 0;
        }
        return false;
    }

    bool receive()
    {
        std::array<char, 4096> bytes{};
        if (!isReady(POLLIN))
            return false;
        const ssize_t count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
        return count > 0 && BIO_write(m_in, bytes.data(), static_cast<int>(count)) == count;
    }

    std::unique_ptr<SSL, decltype(&SSL_free)> m_tls;
    BIO *m_in;
    BIO *m_out;
    int m_socket;
    const std::atomic<bool> &m_ends;
};

} // namespace

RecordServer::RecordServer(const QString &certificate, const QString &key, Play play)
    : m_context(std::make_unique<Context>())
    , m_play(std::move(play))
    , m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    SSL_CTX *tls = m_context->tls.get();
    if (SSL_CTX_use_certificate_file(tls, certificate.toUtf8().constData(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key.toUtf8().constData(), SSL_FILETYPE_PEM) != 1)
        qFatal("no certificate in %s", qPrintable(certificate));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0)
        qFatal("no port for a TLS server");
    m_port = ntohs(address.sin_port);
    m_accepting = std::thread([this] { accept(); });
}

RecordServer::~RecordServer()
{
    m_ends = true;
    m_accepting.join();
    m_connections.clear();
    ::close(m_listener);
}

QString RecordServer::baseUrl() const
{
    return QStringLiteral("https://localhost:%1").arg(m_port);
}

void RecordServer::accept()
{
    pollfd watched{m_listener, POLLIN, 0};
    while (!m_ends) {
        if (::poll(&watched, 1, Patience) <= 0)
            continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0)
            m_connections.emplace_back([this, socket] { serve(socket); });
    }
}

void RecordServer::serve(int socket)
{
    {
        Wire wire(m_context->tls.get(), socket, m_ends);
        if (wire.begin()) {
            ++m_requests;
            m_play(wire);
            wire.stay();
        }
    }
    ::close(socket);
}

} // namespace tidemark::test
