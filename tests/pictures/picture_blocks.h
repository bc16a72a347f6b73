#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

#include <map>
#include <set>
#include <utility>

/// Compares the pictures in docs/ with those of a walk through the program (walk.py), in blocks of 16 × 16 pixels: over
/// a whole picture a word is not seen.
namespace tidemark::test {

constexpr int BlockSide = 16;
/// Of the whole range of a colour, as a mean over a block: by more than this it differs where something else is shown.
constexpr double MostDifference = 0.05;

using Block = std::pair<int, int>; ///< column and row
using Blocks = std::set<Block>;

/// Those that differ; all of them where the sizes do. The blocks at the right and lower edge may be smaller.
Blocks blocksThatDiffer(const QImage &one, const QImage &other);
/// An id of other letters is longer or shorter than the one before: so many blocks on both sides move with it.
constexpr int MovingAside = 4;
/// With those around each: what is one digit today is two tomorrow.
Blocks widened(const Blocks &blocks);
int blocksOf(const QImage &picture);

/// The names of the pictures in a folder of docs, which a walk has behind the number of their step: "pit-review.png".
QStringList picturesIn(const QString &docs);
/// The picture of this name in a walk's folder; empty where it has none.
QString pictureOf(const QString &walk, const QString &name);

/// What moves from walk to walk in each picture: seconds, ids, ages. In moving.txt, a line "NAME COLUMN,ROW …" each.
std::map<QString, Blocks> movingBlocks(const QString &docs);
bool writeMovingBlocks(const QString &docs, const std::map<QString, Blocks> &moving);

} // namespace tidemark::test
