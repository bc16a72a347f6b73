#pragma once

#include "base/ids.h"

#include <QStringList>

class QSettings;

namespace tidemark {

/// The projects and clusters that were restored from last, so that they stand first where one is chosen. Ids alone are
/// kept, in the settings, and of a few only.
class UsedSources
{
public:
    explicit UsedSources(QSettings &settings);

    void note(const ProjectId &project, const ClusterId &cluster);
    /// Of projects and clusters, the last one first.
    QStringList ids() const;

private:
    QSettings &m_settings;
};

} // namespace tidemark
