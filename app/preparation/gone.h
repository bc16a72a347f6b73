#pragma once

#include "cloud/values.h"

#include <QCoreApplication>

namespace tidemark {

class Catalogue;

/// Whether a cluster that was chosen earlier is no more. What was not read, or could not be, has not gone.
/// `isListRead`: the list of projects; `isProjectThere`: in that list; `clusters`: the project's own as last read,
/// nullptr while they are not known.
bool hasGone(const ClusterId &cluster, bool isListRead, bool isProjectThere, const std::vector<Cluster> *clusters);
/// The same, of what the catalogue knows.
bool hasGone(const ClusterId &cluster, const ProjectId &project, const Catalogue &catalogue);

/// What is said in its place.
class GoneText
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::GoneText)

public:
    static QString of(const Cluster &cluster);
};

} // namespace tidemark
