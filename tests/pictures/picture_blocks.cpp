#include "pictures/picture_blocks.h"

#include <QDir>
#include <QFile>

#include <array>
#include <cmath>

namespace tidemark::test {

namespace {

constexpr int channels = 3;

std::array<double, channels> meanOf(const QImage &picture, const Block &block)
{
    std::array<qint64, channels> sums{};
    int pixels = 0;
    const int bottom = std::min((block.second + 1) * BlockSide, picture.height());
    const int right = std::min((block.first + 1) * BlockSide, picture.width());
    for (int y = block.second * BlockSide; y < bottom; ++y) {
        for (int x = block.first * BlockSide; x < right; ++x) {
            const QRgb colour = picture.pixel(x, y);
            sums[0] += qRed(colour);
            sums[1] += qGreen(colour);
            sums[2] += qBlue(colour);
            ++pixels;
        }
    }
    std::array<double, channels> mean{};
    for (size_t channel = 0; channel < channels; ++channel)
        mean.at(channel) = double(sums.at(channel)) / pixels / 255.0;
    return mean;
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
            bool differs = one.size() != other.size();
            if (!differs) {
                const auto first = meanOf(one, block);
                const auto second = meanOf(other, block);
                for (size_t channel = 0; channel < channels; ++channel)
                    differs = differs || std::abs(first.at(channel) - second.at(channel)) > MostDifference;
            }
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
        for (int x = column - 1; x <= column + 1; ++x) {
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
        for (const QString &place : words.mid(1))
            moving[words.front()].insert({place.section(u',', 0, 0).toInt(), place.section(u',', 1).toInt()});
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
