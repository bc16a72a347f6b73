#pragma once

#include "base/later.h"
#include "plans/plan_approval.h"

#include <QObject>

namespace tidemark {

/// Signs plans and checks their signatures with the programs that people keep their keys in: ssh-keygen (OpenSSH from
/// 8.2 on, `-Y sign`) and gpg. Nothing waits on the caller's thread; what hangs is ended.
class PlanSignatures : public QObject
{
    Q_OBJECT

public:
    /// What ssh signatures are made for: one of another program's counts for nothing here.
    static constexpr const char *Namespace = "tidemark-plan";

    /// A key of gpg's, and whose it is. What the key itself says of that is not looked at: anybody can write it.
    struct OpenPgpKey
    {
        QString fingerprint; ///< of the primary key, 40 or more hexadecimal digits
        QString person;      ///< the name under which the same person stands among the allowed signers
    };

    /// Which keys count, and whose they are.
    struct Trust
    {
        QString allowedSigners; ///< file, as ssh-keygen(1) describes it under ALLOWED SIGNERS; one person for each key
        std::vector<OpenPgpKey> openPgpKeys;
        QString openPgpHome; ///< of gpg; empty: the person's own
    };

    explicit PlanSignatures(QObject *parent = nullptr);

    /// `key`: the file of a private key, or of a public one whose private part an agent has.
    Async<PlanSignature> signWithSsh(const RestorePlan &plan, const QString &key);
    /// `key`: a fingerprint or a name that gpg knows; empty: its default.
    Async<PlanSignature> signWithOpenPgp(const RestorePlan &plan, const QString &key, const QString &home = {});

    /// Never fails as a whole: what cannot be checked is not good, and says why.
    Async<std::vector<CheckedSignature>> check(const PlanFile &file, const Trust &trust);
};

} // namespace tidemark
