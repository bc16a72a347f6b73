#include "plans/plan_limits.h"

#include <QCoreApplication>

#include <algorithm>

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

bool isDishonest(QChar c)
{
    const bool isDirection = (c >= QChar(0x202a) && c <= QChar(0x202e)) || (c >= QChar(0x2066) && c <= QChar(0x2069)) ||
                             c == QChar(0x200e) || c == QChar(0x200f) || c == QChar(0x061c);
    return isDirection || c.category() == QChar::Other_Control || c == QChar(0x2028) || c == QChar(0x2029);
}

bool isHonest(const QString &text, bool mayHaveLines)
{
    return std::ranges::none_of(text, [mayHaveLines](QChar c) {
        const bool isSpace = c == QLatin1Char('\n') || c == QLatin1Char('\t');
        return isDishonest(c) && !(mayHaveLines && isSpace);
    });
}

QString asLine(const QString &text)
{
    QString line = text.simplified();
    line.removeIf(isDishonest);
    if (line.size() > LongestText)
        line = line.left(LongestText - 1) + QChar(0x2026);
    return line;
}

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
                .arg(asLine(name));
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
