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
    // A name may have commas, at which what was typed was parted: it loses what that loses.
    const auto folded = [](const QString &name) {
        return projectsFromText(name.normalized(QString::NormalizationForm_KC).toCaseFolded());
    };
    if (!projects.isEmpty() && target.name.isEmpty())
        return true;
    const QStringList wanted = folded(target.name);
    for (qsizetype first = 0; first < projects.size(); ++first) {
        if (projects[first] == target.id.value)
            return true;
        for (qsizetype count = 1; count <= projects.size() - first; ++count) {
            if (folded(projectsText(projects.mid(first, count))) == wanted)
                return true;
        }
    }
    return false;
}

} // namespace tidemark
