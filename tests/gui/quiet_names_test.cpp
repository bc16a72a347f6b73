#include "downloads_bench.h"
#include "ui/downloads/download_settings_bar.h"

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
    /// Of every widget that has one. Whatever has another one later has told readers of each one between: a label does
    /// so where its text is its name.
    static QMap<QWidget *, QString> names(const DownloadsBench &bench)
    {
        QMap<QWidget *, QString> all;
        for (QWidget *widget : bench.tab->findChildren<QWidget *>()) {
            if (QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget))
                all[widget] = spoken->text(QAccessible::Name);
        }
        return all;
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
        const auto textOf = [&bench](const char *name) {
            return bench.tab->findChild<QLabel *>(QLatin1String(name))->text();
        };
        QTRY_VERIFY(!textOf("overallSpeed").isEmpty() && textOf("freeSpace").contains(QStringLiteral("to come")));
        QTest::qWait(1500); // the curve has something to show
        const auto *bytes = bench.tab->findChild<QLabel *>(QStringLiteral("detailProgress"));
        const QString before = bytes->text();
        const QString roomBefore = textOf("freeSpace");
        const QMap<QWidget *, QString> named = names(bench);
        QTest::qWait(2500);
        // The room of the disk is read again only now and then, and as often as it is shown.
        QShowEvent shown;
        QCoreApplication::sendEvent(bench.tab->findChild<DownloadSettingsBar *>(), &shown);
        QTRY_VERIFY(textOf("freeSpace") != roomBefore);
        QCOMPARE(bench.download(id).state, DownloadState::Receiving);
        QVERIFY(bytes->text() != before);
        QStringList others;
        const QMap<QWidget *, QString> now = names(bench);
        for (auto one = named.begin(); one != named.end(); ++one) {
            if (now.value(one.key()) != one.value())
                others << one.key()->objectName() + QStringLiteral(": ") + now.value(one.key());
        }
        QVERIFY2(others.isEmpty(), qPrintable(others.join(QStringLiteral("; "))));
        QCOMPARE(QAccessible::queryAccessibleInterface(bench.tab->findChild<QWidget *>(QStringLiteral("freeSpace")))
                     ->text(QAccessible::Description),
                 textOf("freeSpace"));

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
