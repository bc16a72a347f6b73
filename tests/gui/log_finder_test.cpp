#include "log_finder_bench.h"

#include "gui/look_palettes.h"

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QScopeGuard>

using namespace tidemark;
using namespace tidemark::test;

/// **Find in the logs…** on the pages of a moment, over the stand-in whose logs tell of its accident.
class LogFinderTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const char *name, const QByteArray &bytes) { return writeIn(m_folder, name, bytes); }
    static bool collect(WizardBench &bench)
    {
        auto *start = part<QPushButton>(bench, "collectLogs");
        if (!start->isEnabled())
            return false;
        start->click();
        auto *yes = part<QPushButton>(bench, "messageButton0");
        if (!yes || yes->text() != QLatin1String("Collect unredacted logs"))
            return false;
        yes->click();
        return true;
    }

private Q_SLOTS:
    void aDroppedFileGivesItsMoment()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        auto *field = bench.edit(QStringLiteral("Point in time"));
        dropOn(field, write("mongod.log", dropLine)); // which is no text for it
        QVERIFY(field->text().isEmpty());
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) != nullptr; }));
        QVERIFY(waitForRows(bench, 1) && waitForEnd(bench));
        auto *meaning = part<QLabel>(bench, "lossMeaning");
        QVERIFY2(meaning->text().contains(QLatin1String("just before 14:03:07 UTC")), qPrintable(meaning->text()));
        QVERIFY(part<QWidget>(bench, "lossLine")->isVisible());
        QVERIFY(waitForEnd(bench));
        auto *use = part<QPushButton>(bench, "useMoment");
        QVERIFY(use->isDefault() && use->isEnabled());
        QTest::qWait(700); // what is offered was read
        QTest::keyClick(part<QTableView>(bench, "losses"), Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) == nullptr; }));
        QCOMPARE(field->text(), QStringLiteral("2026-11-27 14:03:07"));
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-27 14:03:07"));
    }

    void anOpenedFileGivesItsSecondToTheOplogPage()
    {
        WizardBench bench;
        QVERIFY(openPage(bench, "Restore to an oplog timestamp"));
        QVERIFY(openFinder(bench));
        part<QPushButton>(bench, "openLogFiles")->click();
        QVERIFY(QTest::qWaitFor([&] { return finder(bench)->findChild<QFileDialog *>() != nullptr; }));
        auto *files = finder(bench)->findChild<QFileDialog *>();
        Q_EMIT files->filesSelected({write("mongod.log", dropLine), write("page.log", "<html>\n")});
        files->close();
        QVERIFY(waitForRows(bench, 1));
        QVERIFY(QTest::qWaitFor([&] {
            return part<QLabel>(bench, "searchState")
                ->text()
                .contains(QLatin1String("left out, no log of MongoDB: page.log."));
        }));
        QVERIFY(part<QLabel>(bench, "lossMeaning")->text().contains(QLatin1String("no increment")));
        part<QPushButton>(bench, "useMoment")->click();
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) == nullptr; }));
        QCOMPARE(bench.wizard().draft().oplogSeconds, QStringLiteral("1795788187"));
        QCOMPARE(bench.wizard().draft().oplogIncrement, QStringLiteral("1"));
    }

    void collectedLogsTellTheAccident()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.5")});
        const QDateTime began = QDateTime::currentDateTimeUtc();
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        QVERIFY(collect(bench));
        QVERIFY(waitForRows(bench, 2) && waitForEnd(bench)); // the drop and the deletes before it
        auto *table = part<QTableView>(bench, "losses");
        const auto cell = [table](int row, int column) { return table->model()->index(row, column).data().toString(); };
        QCOMPARE(cell(0, 1), QStringLiteral("Collection dropped"));
        QCOMPARE(cell(1, 1), QStringLiteral("20,808 documents deleted"));
        QCOMPARE(cell(0, 2), QStringLiteral("deploy_bot@admin"));
        QVERIFY2(cell(0, 3).count(QLatin1Char(',')) == 2, qPrintable(cell(0, 3))); // three members, one row
        const QString shown = cell(0, 0);
        part<QPushButton>(bench, "useMoment")->click();
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) == nullptr; }));
        QCOMPARE(bench.wizard().draft().pointInTime + QStringLiteral(" UTC"), shown);
        const QDateTime taken = QDateTime::fromString(bench.wizard().draft().pointInTime + QLatin1Char('Z'),
                                                      QStringLiteral("yyyy-MM-dd HH:mm:sst"));
        const qint64 before = taken.secsTo(began); // the stand-in began a little before
        QVERIFY2(before >= 16 * 60 && before <= 18 * 60, qPrintable(QString::number(before)));
    }

    void aKeyThatMayNotIsToldOfTheFile()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("POST /logCollectionJobs=403 always code=USER_UNAUTHORIZED"));
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        QVERIFY(collect(bench));
        QVERIFY(QTest::qWaitFor([&] {
            const QList<QLabel *> labels = finder(bench)->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
                return label->isVisible() &&
                       label->text().startsWith(QLatin1String("This key may not collect logs. Drop the log file here"));
            });
        }));
        finder(bench)->searchPaths({write("mongod.log", dropLine)});
        QVERIFY(waitForRows(bench, 1) && waitForEnd(bench));
        QVERIFY(!shows(bench, QStringLiteral("may not collect logs"))); // of another search
    }

    void standsOnASmallScreen_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<double>("points");
        QTest::addColumn<QSize>("size");
        const QSize usual(1000, 720);
        const QSize small(640, 450);
        QTest::newRow("light") << lightPalette() << 10.0 << usual;
        QTest::newRow("dark") << darkPalette() << 10.0 << usual;
        QTest::newRow("small") << lightPalette() << 10.0 << small;
        QTest::newRow("large") << lightPalette() << 20.0 << usual;
        QTest::newRow("small and large") << lightPalette() << 20.0 << small;
    }
    void standsOnASmallScreen()
    {
        QFETCH(QPalette, palette);
        QFETCH(double, points);
        QFETCH(QSize, size);
        const QFont usual = QApplication::font();
        const QPalette before = QApplication::palette();
        const auto back = qScopeGuard([&] {
            QApplication::setFont(usual);
            QApplication::setPalette(before);
        });
        QFont font = usual;
        font.setPointSizeF(points);
        QApplication::setFont(font);
        QApplication::setPalette(palette);
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.5")});
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        finder(bench)->resize(size);
        picture(bench, "empty");
        part<QPushButton>(bench, "collectLogs")->click();
        picture(bench, "question");
        part<QPushButton>(bench, "messageButton0")->click();
        QVERIFY(waitForRows(bench, 2));
        QVERIFY(waitForEnd(bench));
        picture(bench, "found");
        QVERIFY2(finder(bench)->width() <= size.width() && finder(bench)->height() <= size.height(),
                 qPrintable(QStringLiteral("%1 x %2").arg(finder(bench)->width()).arg(finder(bench)->height())));
        auto *use = part<QPushButton>(bench, "useMoment");
        const QRect inWindow(use->mapTo(finder(bench), QPoint()), use->size());
        QVERIFY(finder(bench)->rect().contains(inWindow));
    }

    void closingEndsWhatRuns()
    {
        WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("600")});
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        QVERIFY(collect(bench));
        QVERIFY(QTest::qWaitFor(
            [&] { return part<QLabel>(bench, "searchState")->text().contains(QLatin1String("0 of 3 parts")); }));
        QVERIFY(part<QPushButton>(bench, "stopSearch")->isVisible());
        finder(bench)->reject();
        QVERIFY(QTest::qWaitFor([&] { return bench.wizard().findChild<LogFinderDialog *>() == nullptr; }));
        const auto asked = [&] { return bench.requestedPaths().filter(QStringLiteral("logCollectionJobs")).size(); };
        const auto sofar = asked();
        QTest::qWait(2500);
        QCOMPARE(asked(), sofar);
    }
};

QTEST_MAIN(LogFinderTest)

#include "log_finder_test.moc"
