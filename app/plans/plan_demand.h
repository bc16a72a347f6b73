#pragma once

#include "cloud/values.h"

#include <QStringList>

/// The projects into which a connection lets nobody restore without an approved plan. It holds those who use this
/// program to an agreement: another client sends the same restore without it.
namespace tidemark {

/// As they are written, parted by commas.
QStringList projectsFromText(const QString &text);
QString projectsText(const QStringList &projects);

/// `projects`: names, in capitals or not, or ids. Of a project whose name is not known it is taken for granted: a name
/// may mean it.
bool needsApprovedPlan(const QStringList &projects, const Project &target);

} // namespace tidemark
