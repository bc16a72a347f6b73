#pragma once

#include <QColor>
#include <QImage>
#include <QList>
#include <QString>

class QWidget;

/// What is read from what was painted: which ink stands on which ground.
namespace tidemark::test {

/// Times its size each thing is painted, so that the strokes of letters are whole pixels.
constexpr int zoom = 4;

struct Seen
{
    QString what;
    QColor ink, ground;
    double ratio = 0;
};

/// The colour that most of the picture is painted in, and of the others the one that stands out most: at four times the
/// size the strokes of letters are whole pixels, so it is their ink.
Seen look(const QString &what, const QImage &image);
/// The lines of text and icons in the picture, each looked at alone; outlines and separators are too thin to count.
QList<Seen> pieces(const QString &what, const QImage &image);
QImage canvas(const QSize &size, const QColor &ground);
QImage pictureOf(QWidget &widget);
/// Sorts them, prints the lowest five, and returns the lowest.
Seen lowest(QList<Seen> &all);

} // namespace tidemark::test
