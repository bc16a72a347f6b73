#include "plans/plan_demand.h"

#include <algorithm>

namespace tidemark {

QStringList projectsFromText(const QString &text)
{
    QStringList projects;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const QString project = part.simplified();
        if (!project.isEmpty() && !projects.contains(project))
            projects.append(project);
    }
    return projects;
}

QString projectsText(const QStringList &projects)
{
    return projects.join(QStringLiteral(", "));
}

bool needsApprovedPlan(const QStringList &projects, const Project &target)
{
    const auto folded = [](const QString &name) {
        return name.normalized(QString::NormalizationForm_KC).toCaseFolded().simplified();
    };
    return std::ranges::any_of(projects, [&](const QString &one) {
        return one == target.id.value || target.name.isEmpty() || folded(one) == folded(target.name);
    });
}

} // namespace tidemark
