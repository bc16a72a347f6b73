#include "plans/plan_limits.h"

#include "base/honest_text.h"

#include <QCoreApplication>

namespace tidemark::plans {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanLimits)
};

QStringList namesIn(const RestorePlan &plan)
{
    QStringList names{plan.source.project.name, plan.source.name};
    if (plan.target)
        names << plan.target->project.name << plan.target->name;
    return names;
}

} // namespace

QString objectionTo(const RestorePlan &plan)
{
    if (plan.note.size() > LongestText)
        return Text::tr("The note has %1 characters, and a plan holds %2: shorten it.")
            .arg(plan.note.size())
            .arg(LongestText);
    if (!isHonest(plan.note, true))
        return Text::tr("The note has characters that are not seen and change how others are read: type it anew.");
    for (const QString &name : namesIn(plan)) {
        if (!isHonest(name, false))
            return Text::tr("The name “%1” has characters that are not seen and change how others are read: in a plan "
                            "it could be taken for another. Rename it first.")
                .arg(asLine(name, LongestText));
    }
    if (plan.warnings.size() > MostEntries)
        return Text::tr("There are %1 warnings, and a plan holds %2: settle some of them first.")
            .arg(plan.warnings.size())
            .arg(MostEntries);
    const auto read = readPlanFile(planFileBytes({plan, {}}));
    if (!read)
        return Text::tr("Once it was written it could not be read again. %1").arg(read.error().sentence);
    return read->plan == plan ? QString() : Text::tr("Once it was written it would be read as another.");
}

} // namespace tidemark::plans
