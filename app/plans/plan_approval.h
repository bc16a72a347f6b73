#pragma once

#include "plans/restore_plan.h"

namespace tidemark {

/// A signature of a plan after it was held against the plan's bytes and the keys that count.
struct CheckedSignature
{
    PlanSignature::Kind kind = PlanSignature::Kind::Ssh;
    bool isGood = false;
    QString signer; ///< the person, by the list of keys that count, never by what file or key claim; empty unless good
    QString key;    ///< its fingerprint; empty unless good
    QString why;    ///< unless good: in words

    bool operator==(const CheckedSignature &) const = default;
};

/// Whether two people stand behind a plan, and in words who does.
struct Approval
{
    bool isGiven = false;
    QString sentence;
    QStringList people{}; ///< the two who stand behind it; empty unless given

    bool operator==(const Approval &) const = default;
};

/// Whether these are names of one person: in capitals or not, and in either way of writing the same letters.
bool isSamePerson(const QString &one, const QString &other);

/// A plan is approved by two signatures of different keys and different people. Nobody approves alone, however often
/// they sign or however many keys they have; a signature that is not good counts for nothing. Another program can send
/// the same restore without it: this holds people to an agreement and stops nobody who breaks it.
Approval approvalOf(const std::vector<CheckedSignature> &signatures);

} // namespace tidemark
