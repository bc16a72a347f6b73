#pragma once

#include <QByteArrayView>
#include <QtGlobal>

#include <memory>
#include <vector>

struct z_stream_s;

namespace tidemark {

/// Unpacks gzip members, one after another (RFC 1952). Each member's trailer, CRC-32 and length, is compared with what
/// was unpacked, and nothing but another member may follow one.
class Gunzip
{
public:
    enum class State { Reading, BetweenMembers, Damaged };

    Gunzip();
    ~Gunzip();

    /// Only when take() has nothing more. The bytes must stay where they are until then.
    void give(const char *data, qint64 length);
    /// The next piece, good until the next call; empty when more must be given, or when the data is damaged.
    QByteArrayView take();

    State state() const { return m_state; }
    bool somethingFollows() const { return m_follows; }

private:
    bool beginMember();

    struct Deleter
    {
        void operator()(z_stream_s *stream) const;
    };
    std::unique_ptr<z_stream_s, Deleter> m_stream;
    std::vector<char> m_output;
    State m_state = State::Reading;
    bool m_follows = false;
};

} // namespace tidemark
