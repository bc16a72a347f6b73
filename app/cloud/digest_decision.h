#pragma once

namespace tidemark::digest {

/// What a refused request had carried.
enum class Carried {
    Nothing,  ///< no nonce was there yet
    FirstUse, ///< a nonce that a challenge had just brought, and nothing else was sent with it
    Reuse,    ///< a nonce that had been used before: it may have ended, or be good for one request only
    KnownBad  ///< a nonce with which the key was refused
};

/// What came with the 401.
enum class Offered {
    Nothing,    ///< no challenge
    OtherWay,   ///< challenges, none of them Digest of a kind that can be answered
    OtherRealm, ///< Digest for another realm than the first one
    Nonce,      ///< a nonce
    StaleNonce  ///< a nonce and stale=true: the credentials were right, only the nonce was not
};

struct RefusedRequest
{
    Carried carried = Carried::Nothing;
    Offered offered = Offered::Nothing;
    bool isAboutRights = false; ///< the body has an errorCode: the key is known and may not do this
    bool isRead = true;         ///< GET
    int repeats = 0;            ///< how often it was sent again already

    bool operator==(const RefusedRequest &) const = default;
};

enum class Action {
    SendAgain,  ///< with the nonce that was offered
    LacksRight, ///< the key was recognized
    KeyRefused, ///< forget the nonce; the next request begins anew
    OtherWay,   ///< nothing is sent to who asks in another way
    OtherRealm  ///< nothing is sent to another realm
};

/// What follows from a 401, RFC 7616 section 3.3 with what servers do beyond it: nonces end without `stale`, or are
/// good for one request. A nonce that was offered is tried once before the key is believed to be wrong. A 401 with a
/// challenge proves that nothing was carried out, so a POST may be sent again as well, but once only: a read may need a
/// second repetition where other requests took the nonce first.
Action decide(const RefusedRequest &refused);

} // namespace tidemark::digest
