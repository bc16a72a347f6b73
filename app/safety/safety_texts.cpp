#include "safety/safety_texts.h"

#include "base/text.h"
#include "restore/way_back.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Safety)
};

struct Line
{
    const SafetySnapshot &kept;

    QString operator()(const SafetyAsking &) const { return Text::tr("Safety snapshot: the server is being asked…"); }

    QString operator()(const SafetyRefused &refused) const
    {
        const QString why = (refused.error.sentence + QLatin1Char(' ') + refused.error.hint).trimmed();
        return refused.error.kind == ErrorKind::Permission
                   ? Text::tr("Safety snapshot: not taken. It needs the role Global Backup Admin. %1").arg(why)
                   : Text::tr("Safety snapshot: not taken. %1").arg(why);
    }

    QString operator()(const SafetyNotListed &state) const
    {
        const QString asked = utcText(kept.asked);
        if (!state.isCertain && state.isLate)
            return Text::tr("Safety snapshot: asked for at %1, without an answer, and none is listed since. Look on "
                            "the server whether one is being made before you ask for another.")
                .arg(asked);
        if (!state.isCertain)
            return Text::tr("Safety snapshot: asked for at %1, without an answer: whether it is taken is not known. "
                            "It is looked for in the list.")
                .arg(asked);
        if (state.isLate)
            return Text::tr("Safety snapshot: asked for at %1, and still not listed. Look on the server whether it is "
                            "being made before you ask for another.")
                .arg(asked);
        return Text::tr("Safety snapshot: asked for at %1, not listed yet.").arg(asked);
    }

    QString operator()(const SafetyMaking &making) const
    {
        const QString created = utcText(making.created.time());
        if (making.expected == 0)
            return Text::tr("Safety snapshot: of %1, being made.").arg(created);
        return Text::tr("Safety snapshot: of %1, being made, %2 of %3 parts listed.")
            .arg(created, QString::number(making.parts), QString::number(making.expected));
    }

    QString operator()(const SafetyPartial &partial) const
    {
        return Text::tr("Safety snapshot: of %1, with %2 of %3 parts alone. The cluster cannot be brought back by it.")
            .arg(utcText(partial.created.time()), QString::number(partial.parts), QString::number(partial.expected));
    }

    QString operator()(const SafetyWhole &whole) const
    {
        const QString created = utcText(whole.created.time());
        const QString until = utcText(whole.expires);
        if (whole.hasOthers)
            return until.isEmpty()
                       ? Text::tr("Safety snapshot: complete, of %1, kept without an end. It is the earliest of "
                                  "several since it was asked for.")
                             .arg(created)
                       : Text::tr("Safety snapshot: complete, of %1, kept until %2. It is the earliest of several "
                                  "since it was asked for.")
                             .arg(created, until);
        return until.isEmpty() ? Text::tr("Safety snapshot: complete, of %1, kept without an end.").arg(created)
                               : Text::tr("Safety snapshot: complete, of %1, kept until %2.").arg(created, until);
    }

    QString operator()(const SafetyGone &gone) const
    {
        const QString created = utcText(gone.created.time());
        return gone.expired.isValid()
                   ? Text::tr("Safety snapshot: of %1, expired at %2.").arg(created, utcText(gone.expired))
                   : Text::tr("Safety snapshot: of %1, no longer in the server's list.").arg(created);
    }
};

struct Found
{
    std::vector<Finding> operator()(const SafetyWhole &) const { return {}; }
    std::vector<Finding> operator()(const SafetyRefused &) const
    {
        return one(Text::tr("The safety snapshot was not taken: what is erased cannot be brought back by it."));
    }
    std::vector<Finding> operator()(const SafetyPartial &) const
    {
        return one(Text::tr("Parts of the safety snapshot are missing: what is erased cannot be brought back by it."));
    }
    std::vector<Finding> operator()(const SafetyGone &) const
    {
        return one(Text::tr("The safety snapshot is gone: what is erased cannot be brought back by it."));
    }
    // The same sentence as long as it is on its way, so that a tick lasts.
    template<typename OnItsWay>
    std::vector<Finding> operator()(const OnItsWay &) const
    {
        return one(Text::tr("The safety snapshot is not complete: what is erased before it is complete cannot be "
                            "brought back by it."));
    }

    static std::vector<Finding> one(const QString &sentence)
    {
        return {{Severity::Warning, Field::TargetCluster, sentence, false}};
    }
};

} // namespace

QString safetyLine(const SafetySnapshot &kept, const SafetyState &state)
{
    return std::visit(Line{kept}, state);
}

QString refusedText(const Error &error)
{
    return Text::tr("A later one was not taken. %1").arg(error.sentence);
}

QString safetyTrouble(const SafetyLook &look)
{
    return look.trouble
               ? Text::tr("The list of snapshots could not be read, it is tried again. %1").arg(look.trouble->sentence)
               : QString();
}

std::vector<Finding> safetyFindings(const SafetyState &state, const QDateTime &now)
{
    if (isOlderWhole(state, now))
        return Found::one(
            Text::tr("What was written since %1 is not in the safety snapshot, and cannot be brought back "
                     "by it.")
                .arg(utcText(std::get<SafetyWhole>(state).created.time())));
    return std::visit(Found(), state);
}

SafetyOffer safetyOffer(const Cluster &target, const ServerVersion &version, const std::optional<TargetFacts> &facts,
                        const QDateTime &now)
{
    if (target.backupRunning == false)
        return {};
    if (offer(Capability::OnDemandSnapshot, version) != Offer::No)
        return {true, {}};
    const Missing missing = missingText(Capability::OnDemandSnapshot, version);
    const bool isKnown = facts && facts->target == target.id && facts->snapshots && *facts->snapshots;
    if (!isKnown)
        return {false, missing.sentence};
    const QDateTime newest = newestSnapshot(**facts->snapshots, now);
    return {false,
            newest.isValid()
                ? Text::tr("%1 The target's newest complete snapshot is of %2.", "a sentence, a time")
                      .arg(missing.sentence, utcText(newest))
                : Text::tr("%1 There is no complete snapshot of the target.", "a sentence").arg(missing.sentence)};
}

std::optional<int> retentionDays(const QString &typed)
{
    bool isNumber = false;
    const int days = typed.trimmed().toInt(&isNumber);
    return isNumber && days >= 1 && days <= MostRetentionDays ? std::optional(days) : std::nullopt;
}

QString retentionObjection()
{
    return Text::tr("Type how many days the snapshot is kept: a number from 1 to %1.").arg(MostRetentionDays);
}

QString safetyQuestion(const QString &clusterName, const ServerVersion &version)
{
    return Text::tr(
               "Have %1 take a snapshot of “%2” now? The key needs the role Global Backup Admin. It takes minutes to "
               "hours, by the size of the data, and takes up room for as long as it is kept. What is in the "
               "cluster at that moment can be brought back from it; what is written after it cannot.",
               "a product, a cluster")
        .arg(productText(version), clusterName);
}

} // namespace tidemark
