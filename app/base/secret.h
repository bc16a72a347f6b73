#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

/// Text that must not be left behind: the bytes are overwritten when the last holder lets go of them. There is no
/// stream operator on purpose; to use the text one has to say reveal().
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    explicit Secret(const QString &text);
    Secret(const Secret &other);
    Secret(Secret &&other) noexcept;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;
    ~Secret();

    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &reveal() const { return m_bytes; }
    bool operator==(const Secret &) const = default;

private:
    void wipe();
    QByteArray m_bytes;
};

/// Overwrites the bytes in place (and detaches nothing: the caller must be their only holder).
void wipeBytes(QByteArray &bytes);

} // namespace tidemark
