#include "pictures/picture_blocks.h"

#include <QPainter>
#include <QTest>

using namespace tidemark::test;

namespace {

const QString Docs = QStringLiteral(TIDEMARK_DOCS_PICTURES);
constexpr double MostMoving = 0.25; ///< of a picture: what moves must not be the picture

QImage labelled(const QString &text)
{
    QImage picture(400, 120, QImage::Format_RGB32);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.drawText(QPoint(40, 60), text);
    return picture;
}

} // namespace

/// The pictures in docs/ are of this program.
class DocsPicturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneWordIsSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("differs");
        QTest::newRow("the same") << QStringLiteral("Restore to a point in time") << false;
        QTest::newRow("another word") << QStringLiteral("Restore to a moment in time") << true;
        QTest::newRow("another short one") << QStringLiteral("Restore to a point of time") << true;
        QTest::newRow("a word more") << QStringLiteral("Restore to a point in time now") << true;
        QTest::newRow("none") << QString() << true;
    }
    void oneWordIsSeen()
    {
        QFETCH(const QString, text);
        const QImage before = labelled(QStringLiteral("Restore to a point in time"));
        QTEST(!blocksThatDiffer(before, labelled(text)).empty(), "differs");
        const QImage cut = before.copy(0, 0, 399, 120);
        QCOMPARE(int(blocksThatDiffer(before, cut).size()), blocksOf(before));
    }

    void theyAreOfThisProgram_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = picturesIn(Docs);
        QVERIFY(names.size() > 10);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void theyAreOfThisProgram()
    {
        QFETCH(const QString, name);
        const QString walk = qEnvironmentVariable("TIDEMARK_WALKTHROUGH");
        const QString path = pictureOf(walk, name);
        QVERIFY2(!path.isEmpty(), qPrintable(QStringLiteral("no step of the walk in %1 has it").arg(walk)));
        const QImage now(path);
        const QImage before(Docs + u'/' + name);
        QVERIFY(!now.isNull() && !before.isNull());
        QCOMPARE(now.size(), before.size());
        const auto moving = movingBlocks(Docs);
        const auto known = moving.find(name);
        QVERIFY2(known != moving.end(), "moving.txt does not know it");
        QVERIFY2(
            double(known->second.size()) <= MostMoving * blocksOf(before),
            qPrintable(QStringLiteral("%1 of its %2 blocks move").arg(known->second.size()).arg(blocksOf(before))));
        QStringList differing;
        for (const Block &block : blocksThatDiffer(before, now)) {
            if (!known->second.contains(block))
                differing << QStringLiteral("%1,%2").arg(block.first * BlockSide).arg(block.second * BlockSide);
        }
        QVERIFY2(
            differing.isEmpty(),
            qPrintable(QStringLiteral("%1 is of another program at %2: see %3; \"ninja docs-pictures\" makes them anew")
                           .arg(name, differing.mid(0, 12).join(u' '), path)));
    }
};

QTEST_MAIN(DocsPicturesTest)
#include "docs_pictures_test.moc"
