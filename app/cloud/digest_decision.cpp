#include "cloud/digest_decision.h"

namespace tidemark::digest {

namespace {

constexpr int MostRepeatsOfARead = 2;
constexpr int MostRepeatsOfAPost = 1;

} // namespace

Action decide(const RefusedRequest &refused)
{
    switch (refused.offered) {
    case Offered::OtherWay:
        return Action::OtherWay;
    case Offered::OtherRealm:
        return Action::OtherRealm;
    case Offered::Nothing:
        return refused.isAboutRights && refused.carried != Carried::Nothing ? Action::LacksRight : Action::KeyRefused;
    case Offered::Nonce:
        // An error document beside the first challenge says nothing about a key that was not shown yet.
        if (refused.isAboutRights && refused.carried != Carried::Nothing)
            return Action::LacksRight;
        if (refused.carried == Carried::FirstUse || refused.carried == Carried::KnownBad)
            return Action::KeyRefused;
        break;
    case Offered::StaleNonce:
        break;
    }
    const int most = refused.isRead ? MostRepeatsOfARead : MostRepeatsOfAPost;
    return refused.repeats < most ? Action::SendAgain : Action::KeyRefused;
}

} // namespace tidemark::digest
