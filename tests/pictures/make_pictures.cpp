// make_pictures DOCS WALK WALK…: takes the pictures that DOCS has from the first walk, and notes as moving what differs
// in the others.
#include "pictures/picture_blocks.h"

#include <QFile>
#include <QGuiApplication>

#include <cstdio>

using namespace tidemark::test;

int main(int argc, char *argv[])
{
    const QGuiApplication application(argc, argv);
    QStringList walks = QGuiApplication::arguments().mid(1);
    if (walks.size() < 3) {
        std::fputs("make_pictures DOCS WALK WALK…\n", stderr);
        return 2;
    }
    const QString docs = walks.takeFirst();
    std::map<QString, Blocks> moving;
    for (const QString &name : picturesIn(docs)) {
        const QString source = pictureOf(walks.front(), name);
        const QImage picture(source);
        if (picture.isNull()) {
            std::fprintf(stderr, "no step has the picture %s\n", qPrintable(name));
            return 1;
        }
        Blocks differing;
        for (const QString &walk : walks.mid(1))
            differing.merge(blocksThatDiffer(picture, QImage(pictureOf(walk, name))));
        moving[name] = widened(differing);
        const QString target = docs + u'/' + name;
        if (!QFile::remove(target) || !QFile::copy(source, target)) {
            std::fprintf(stderr, "%s cannot be written\n", qPrintable(target));
            return 1;
        }
        std::printf("%s: %zu of %d blocks move\n", qPrintable(name), moving[name].size(), blocksOf(picture));
    }
    return writeMovingBlocks(docs, moving) ? 0 : 1;
}
