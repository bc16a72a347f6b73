#pragma once

#include <QAbstractItemModel>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>

namespace tidemark::test {

/// All that a model answers, as JSON: every row at any depth, every column by its title, every role that has something
/// to say by its name, and the flags where they are not the usual ones. Colours and fonts are not in it: they are
/// looked at where they are painted.
QJsonObject dumpOf(const QAbstractItemModel &model);

/// What is another one in each run (a folder, a port) and what stands for it in reference files.
using Replacements = QList<QPair<QString, QString>>;

/// Compares with tests/data/models/NAME.json. Empty where both are the same; else the lines that differ, those of the
/// file after "-", those of now after "+", with what stands around them.
///
/// With TIDEMARK_WRITE_MODELS=1 in the environment the file is written in place of that, and the answer says so: a test
/// is red then in any case. Look at what git says before it is committed.
QString differenceFrom(const QString &name, const QJsonObject &now, const Replacements &replacements = {});
QString differenceFrom(const QString &name, const QAbstractItemModel &now, const Replacements &replacements = {});

/// The same of two texts, line by line.
QString lineDifference(const QString &reference, const QString &now);

} // namespace tidemark::test
