#pragma once

#include "downloads/answer_plan.h"
#include "downloads/link_address.h"

#include <QByteArray>

#include <vector>

namespace tidemark {

/// Reads the heads of an answer line by line, as libcurl hands them over: any number of interim ones, the one that
/// counts, and the trailers behind a chunked body. All of them together are bounded, so that a server that sends heads
/// without end is given up.
class HeadJudge
{
public:
    enum class Line {
        GoOn,
        Head,   ///< the head that counts is complete
        TooMuch ///< more lines or bytes than any server needs
    };
    /// `viaProxy`: a 407 is the proxy's and comes before the answer.
    explicit HeadJudge(bool viaProxy)
        : m_viaProxy(viaProxy)
    {
    }

    Line take(QByteArrayView line);
    int status() const { return m_status; } ///< of the newest head; 0: none yet
    AnswerHead head() const;                ///< that counts
    WipedBytes location() const { return field("location"); }
    /// Several Content-Length fields that differ, one that is no number or longer than any file, or a Transfer-Encoding
    /// other than chunked: the body's bytes or their end cannot be known.
    bool hasUnclearBody() const;

private:
    WipedBytes field(const QByteArray &lowerCaseName) const;

    bool m_viaProxy;
    bool m_counted = false; ///< what comes now are trailers
    int m_status = 0;
    qsizetype m_bytes = 0;
    int m_lines = 0;
    std::vector<std::pair<QByteArray, WipedBytes>> m_fields; ///< names in lower case
};

} // namespace tidemark
