#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace tidemark {

/// The body of a request that must not be sent twice. Qt sends a request again by itself when a kept connection closes
/// before the answer, a POST as well; it does so only after it could rewind the body, and this one cannot be rewound.
/// The request then fails with QNetworkReply::ContentReSendError. Needs DoNotBufferUploadDataAttribute and a
/// Content-Length.
class OnceDevice final : public QIODevice
{
    Q_OBJECT

public:
    explicit OnceDevice(QByteArray body, QObject *parent = nullptr)
        : QIODevice(parent)
        , m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return true; }
    bool atEnd() const override { return m_at >= m_body.size(); }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return m_body.size() - m_at + QIODevice::bytesAvailable(); }

    bool isEmpty() const { return m_body.isEmpty(); }
    /// Whether a byte of it was handed to the network. Qt takes none before the connection stands, the proxy has let it
    /// through, TLS is agreed and the request's head is written.
    bool wasRead() const { return m_at > 0; }

protected:
    qint64 readData(char *data, qint64 limit) override
    {
        const qint64 count = std::min<qint64>(limit, m_body.size() - m_at);
        if (count <= 0)
            return -1;
        std::memcpy(data, m_body.constData() + m_at, static_cast<size_t>(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_at = 0;
};

} // namespace tidemark
