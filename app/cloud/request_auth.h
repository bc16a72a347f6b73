#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QUrl>

#include <optional>

namespace tidemark {

/// What a request carries to prove who asks. `ticket` names the nonce or token that was used, so that a refusal can be
/// matched to it; it is no secret.
struct Grant
{
    QByteArray authorization; ///< value of the header; empty to send none
    quint64 ticket = 0;
    bool isFirstUse = false; ///< nothing was sent before with the nonce, which a challenge had brought
};

struct RequestFacts
{
    QByteArray method;
    QUrl url;
    bool mayWait = true; ///< for a nonce that another request is fetching; that one may hang
};

/// How requests to one connection's origin are authenticated: HTTP Digest with API keys, or OAuth bearer tokens. All
/// requests of the connection share one object, also when they run in parallel.
class RequestAuth
{
public:
    struct Refusal
    {
        RequestFacts request;
        Grant grant;                ///< what the refused request had carried
        QByteArray wwwAuthenticate; ///< of the 401
        bool hasApiCode = false;    ///< the body is an error document with an errorCode: it is about rights
        int repeats = 0;            ///< how often this request was sent again after a refusal
    };
    struct Verdict
    {
        bool sendAgain = false;     ///< with a new grant: a 401 with a challenge proves that nothing was carried out
        std::optional<Error> error; ///< better than what the answer alone says
    };

    virtual ~RequestAuth() = default;

    /// Resolves when the request may be sent. A request that must not be repeated (`sure`) gets a grant that is as
    /// certain to be accepted as can be known, or needsProbe() says that a harmless request has to go first.
    virtual Async<Grant> grant(const RequestFacts &request) = 0;
    virtual bool needsProbe() const = 0;

    virtual Verdict refused(const Refusal &refusal) = 0;
    /// Any answer but a 401 came. `info` is the header Authentication-Info.
    virtual void accepted(const Grant &grant, const QByteArray &info) = 0;
    /// No answer came.
    virtual void abandoned(const Grant &grant) = 0;

    /// Ends everything; resolves when the server was told where it has to be.
    virtual Async<bool> close() = 0;
};

} // namespace tidemark
