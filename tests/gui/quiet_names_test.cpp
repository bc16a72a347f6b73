#include "downloads_bench.h"

#include <QAccessible>
#include <QLabel>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using namespace tidemark::test;

/// A screen reader is told of no number that only goes on; it finds the number where it looks.
class QuietNamesTest : public QObject
{
    Q_OBJECT

private:
    /// The widgets whose name became another one, by object name.
    static QMap<QString, int> &seen()
    {
        static QMap<QString, int> events;
        return events;
    }
    static void hear(QAccessibleEvent *event)
    {
        const bool isTold =
            event->type() == QAccessible::NameChanged || event->type() == QAccessible::DescriptionChanged;
        if (isTold && event->object())
            ++seen()[event->object()->objectName() + QLatin1Char(' ') +
                     QString::fromLatin1(event->object()->metaObject()->className())];
    }

private Q_SLOTS:
    void aDownloadGoesOn()
    {
        DownloadsBench bench;
        QVERIFY(bench.show());
        bench.serve(QStringLiteral("a"), Reply{.body = bench.archive, .chunkPauseMs = 300, .pieceSize = 8192});
        const DownloadId id = bench.add(DownloadsBench::source(QStringLiteral("a")));
        QTRY_VERIFY(bench.download(id).bytesReceived > 0);
        bench.view()->setCurrentIndex(bench.view()->model()->index(0, 0));
        QTest::qWait(1500); // the curve and the speeds are there
        const auto *bytes = bench.tab->findChild<QLabel *>(QStringLiteral("detailProgress"));
        const QString before = bytes->text();
        seen().clear();
        QAccessible::setActive(true);
        QAccessible::installUpdateHandler(&hear);
        QTest::qWait(4000);
        QAccessible::installUpdateHandler(nullptr);
        QCOMPARE(bench.download(id).state, DownloadState::Receiving);
        QVERIFY(bytes->text() != before);
        QCOMPARE(seen(), (QMap<QString, int>()));

        const auto said = [&bench](const char *name, QAccessible::Text what) {
            auto *widget = bench.tab->findChild<QWidget *>(QString::fromLatin1(name));
            return QAccessible::queryAccessibleInterface(widget)->text(what);
        };
        QCOMPARE(said("overallSpeed", QAccessible::Name), QStringLiteral("Speed"));
        QCOMPARE(said("detailProgress", QAccessible::Name), QStringLiteral("Bytes"));
        QCOMPARE(said("detailProgress", QAccessible::Description), bytes->text());
        for (const char *name : {"overallSpeed", "overallBytes"})
            QCOMPARE(said(name, QAccessible::Description),
                     bench.tab->findChild<QLabel *>(QString::fromLatin1(name))->text());
        QVERIFY(said("speedCurve", QAccessible::Description).contains(QStringLiteral("now")));
    }
};

QTEST_MAIN(QuietNamesTest)
#include "quiet_names_test.moc"
