#include "plans/plan_approval.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Approval)
};

} // namespace

bool isSamePerson(const QString &one, const QString &other)
{
    const auto folded = [](const QString &name) {
        return name.normalized(QString::NormalizationForm_KC).toCaseFolded().simplified();
    };
    return folded(one) == folded(other);
}

Approval approvalOf(const std::vector<CheckedSignature> &signatures)
{
    std::vector<const CheckedSignature *> good;
    QStringList bad;
    for (const CheckedSignature &one : signatures) {
        if (one.isGood && !one.signer.isEmpty() && !one.key.isEmpty())
            good.push_back(&one);
        else
            bad.append(one.why);
    }
    const QString refused =
        bad.isEmpty() ? QString() : Text::tr("Signatures that do not count: %1").arg(bad.join(QLatin1Char(' ')));
    const auto said = [&refused](const QString &sentence) {
        return refused.isEmpty() ? sentence : Text::tr("%1 %2").arg(sentence, refused);
    };
    if (good.empty())
        return {false, said(signatures.empty() ? Text::tr("Nobody has signed this plan.")
                                               : Text::tr("No signature of this plan counts."))};
    for (const CheckedSignature *one : good) {
        const auto second = std::ranges::find_if(good, [one](const CheckedSignature *other) {
            return !isSamePerson(other->signer, one->signer) && other->key != one->key;
        });
        if (second != good.end())
            return {true,
                    said(Text::tr("Signed by %1 and %2.").arg(one->signer, (*second)->signer)),
                    {one->signer, (*second)->signer}};
    }
    return {
        false,
        said(Text::tr("Signed by %1 alone: a second person has to look at it and sign.").arg(good.front()->signer))};
}

} // namespace tidemark
