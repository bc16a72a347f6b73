#include "pictures/picture_blocks.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tidemark::test {

namespace {

constexpr size_t channels = 3;

/// The mean distance of their colours, of the whole range. Not the distance of the means: one word in place of another
/// has nearly the same ink.
double distance(const QImage &one, const QImage &other, const Block &block)
{
    std::array<qint64, channels> sums{};
    int pixels = 0;
    const int bottom = std::min((block.second + 1) * BlockSide, one.height());
    const int right = std::min((block.first + 1) * BlockSide, one.width());
    for (int y = block.second * BlockSide; y < bottom; ++y) {
        for (int x = block.first * BlockSide; x < right; ++x) {
            const QRgb here = one.pixel(x, y);
            const QRgb there = other.pixel(x, y);
            sums[0] += std::abs(qRed(here) - qRed(there));
            sums[1] += std::abs(qGreen(here) - qGreen(there));
            sums[2] += std::abs(qBlue(here) - qBlue(there));
            ++pixels;
        }
    }
    return double(*std::max_element(sums.begin(), sums.end())) / pixels / 255.0;
}

int across(int pixels)
{
    return (pixels + BlockSide - 1) / BlockSide;
}

QString movingPath(const QString &docs)
{
    return QDir(docs).filePath(QStringLiteral("moving.txt"));
}

} // namespace

Blocks blocksThatDiffer(const QImage &one, const QImage &other)
{
    Blocks found;
    for (int row = 0; row < across(one.height()); ++row) {
        for (int column = 0; column < across(one.width()); ++column) {
            const Block block{column, row};
            const bool differs = one.size() != other.size() || distance(one, other, block) > MostDifference;
            if (differs)
                found.insert(block);
        }
    }
    return found;
}

Blocks widened(const Blocks &blocks)
{
    Blocks all;
    for (const auto &[column, row] : blocks) {
        for (int x = column - MovingAside; x <= column + MovingAside; ++x) {
            for (int y = row - 1; y <= row + 1; ++y) {
                if (x >= 0 && y >= 0)
                    all.insert({x, y});
            }
        }
    }
    return all;
}

int blocksOf(const QImage &picture)
{
    return across(picture.width()) * across(picture.height());
}

QStringList picturesIn(const QString &docs)
{
    return QDir(docs).entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name);
}

QString pictureOf(const QString &walk, const QString &name)
{
    const QStringList found =
        QDir(walk).entryList({QStringLiteral("[0-9][0-9]-") + name, QStringLiteral("[0-9][0-9][0-9]-") + name});
    return found.isEmpty() ? QString() : QDir(walk).filePath(found.front());
}

std::map<QString, Blocks> movingBlocks(const QString &docs)
{
    std::map<QString, Blocks> moving;
    QFile file(movingPath(docs));
    if (!file.open(QIODevice::ReadOnly))
        return moving;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QStringList words = line.split(u' ', Qt::SkipEmptyParts);
        Blocks &places = moving[words.front()];
        for (const QString &place : words.mid(1))
            places.insert({place.section(u',', 0, 0).toInt(), place.section(u',', 1).toInt()});
    }
    return moving;
}

bool writeMovingBlocks(const QString &docs, const std::map<QString, Blocks> &moving)
{
    QString text;
    for (const auto &[name, blocks] : moving) {
        text += name;
        for (const auto &[column, row] : blocks)
            text += QStringLiteral(" %1,%2").arg(column).arg(row);
        text += u'\n';
    }
    QFile file(movingPath(docs));
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0;
}

} // namespace tidemark::test
