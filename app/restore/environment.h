#pragma once

#include <QString>
#include <QStringList>

namespace tidemark {

/// What a cluster is for, as its people call it. A guess from names: it warns and never allows anything.
enum class Environment { Unknown, Production, Rehearsal };

struct EnvironmentGuess
{
    Environment environment = Environment::Unknown;
    QString from; ///< the name or the tag that says so, as it is written

    bool operator==(const EnvironmentGuess &) const = default;
};

/// The cluster's own name counts before its project's tags, and these before the project's name. A name that says both
/// says nothing. "nonprod", "pre-prod" and the like are no production.
EnvironmentGuess environmentOf(const QString &cluster, const QStringList &tags, const QString &project);

} // namespace tidemark
