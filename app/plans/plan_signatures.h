#pragma once

#include "base/later.h"
#include "connection/connection.h"
#include "plans/openpgp_keys.h"
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

    /// Which keys count, and whose they are.
    struct Trust
    {
        QString allowedSigners; ///< file, as ssh-keygen(1) describes it under ALLOWED SIGNERS; one person for each key
        QString openPgpSigners; ///< file, see openpgp_signers.h
        QString openPgpHome{};  ///< of gpg; empty: the person's own
    };
    static Trust trustOf(const Connection &connection);

    explicit PlanSignatures(QObject *parent = nullptr);

    /// `key`: the file of a private key, or of a public one whose private part an agent has.
    Async<PlanSignature> signWithSsh(const RestorePlan &plan, const QString &key);
    /// Those of the person's own that can sign.
    Async<std::vector<OpenPgpKey>> listOpenPgpKeys(const QString &home = {});
    /// `key`: a fingerprint or a name that gpg knows; empty: its default.
    Async<PlanSignature> signWithOpenPgp(const RestorePlan &plan, const QString &key, const QString &home = {});

    /// Never fails as a whole: what cannot be checked is not good, and says why.
    Async<std::vector<CheckedSignature>> check(const PlanFile &file, const Trust &trust);
};

} // namespace tidemark
