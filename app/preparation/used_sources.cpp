#include "preparation/used_sources.h"

#include <QSettings>

namespace tidemark {

static const QString Key = QStringLiteral("wizard/usedSources");
static constexpr qsizetype Kept = 24;

UsedSources::UsedSources(QSettings &settings)
    : m_settings(settings)
{
}

QStringList UsedSources::ids() const
{
    return m_settings.value(Key).toStringList().mid(0, Kept);
}

void UsedSources::note(const ProjectId &project, const ClusterId &cluster)
{
    QStringList ids = this->ids();
    for (const QString &id : {project.value, cluster.value}) {
        ids.removeAll(id);
        ids.prepend(id);
    }
    ids.removeAll(QString());
    m_settings.setValue(Key, ids.mid(0, Kept));
}

} // namespace tidemark
