#include "log_finder_bench.h"

#include <QComboBox>
#include <QElapsedTimer>

using namespace tidemark;
using namespace tidemark::test;

/// What **Find in the logs…** says of what it read, and which of what it found is the one that is taken.
class LogFinderChoiceTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const char *name, const QByteArray &bytes) { return writeIn(m_folder, name, bytes); }

private Q_SLOTS:
    void saysThatNoLogWasRead()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        QVERIFY(shows(bench, QStringLiteral("No log has been read")));
        finder(bench)->searchPaths({write("page.log", "<html>\n")});
        QVERIFY(waitForEnd(bench));
        QVERIFY(shows(bench, QStringLiteral("No log was read")));
        QVERIFY(shows(bench, QStringLiteral("Whether anything was lost is not known")));
        QVERIFY(!shows(bench, QStringLiteral("Nothing found")));
        picture(bench, "none");
        finder(bench)->searchPaths({write("mongod.log", QByteArray(dropLine).replace("CMD: drop", "Note"))});
        QVERIFY(QTest::qWaitFor([&] { return !isSearching(bench) && shows(bench, QStringLiteral("Nothing found")); }));
        QVERIFY(shows(bench, QStringLiteral("Times covered: mongod.log: 2026-11-27 14:03:07 to 14:03:07 UTC.")));
    }

    void saysThatTheLogsAreOfAnotherTime()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("2026-11-27 14:30:00")));
        QVERIFY(openFinder(bench));
        const QByteArray quiet = QByteArray(dropLine).replace("CMD: drop", "Note");
        finder(bench)->searchPaths({write("mongod.log", quiet)});
        QVERIFY(waitForEnd(bench));
        QVERIFY(part<QWidget>(bench, "logsOfAnotherTime")->isVisible());
        QVERIFY(shows(bench, QStringLiteral("tells of 2026-11-27 14:30:00 UTC")));
        picture(bench, "other");
        finder(bench)->resize(640, 450);
        picture(bench, "other-small");
        finder(bench)->searchPaths({write("mongod.log", quiet + QByteArray(quiet).replace("14:03:07", "14:40:00"))});
        QVERIFY(QTest::qWaitFor(
            [&] { return !isSearching(bench) && !part<QWidget>(bench, "logsOfAnotherTime")->isVisible(); }));
    }

    void standsWithManyHosts()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("2026-11-27 14:30:00")));
        QVERIFY(openFinder(bench));
        for (int i = 0; i < 20; ++i) {
            const QByteArray time = "14:0" + QByteArray::number(i % 10) + ":07";
            const QByteArray name =
                "hosts/a-long-name-of-a-host-" + QByteArray::number(i) + ".db.example.net/mongodb.log";
            write(name.constData(),
                  QByteArray(dropLine).replace("14:03:07", time).replace("orders", QByteArray::number(i)));
        }
        finder(bench)->resize(640, 450);
        finder(bench)->searchPaths({m_folder.filePath(QStringLiteral("hosts"))});
        QVERIFY(waitForRows(bench, 20) && waitForEnd(bench));
        picture(bench, "hosts");
        auto *each = part<QAbstractButton>(bench, "timesPerHost");
        QVERIFY(each->isVisible() && !shows(bench, QStringLiteral("host-19.db.example.net: 2026-11-27 14:09:07")));
        each->click();
        QVERIFY(shows(bench, QStringLiteral("host-19.db.example.net, ")) ||
                shows(bench, QStringLiteral("host-9.db.example.net: 2026-11-27 14:09:07 to 14:09:07 UTC")));
        picture(bench, "hosts-open");
        QVERIFY2(finder(bench)->width() <= 640 && finder(bench)->height() <= 450,
                 qPrintable(QStringLiteral("%1 x %2").arg(finder(bench)->width()).arg(finder(bench)->height())));
        auto *use = part<QPushButton>(bench, "useMoment");
        QVERIFY(finder(bench)->rect().contains(QRect(use->mapTo(finder(bench), QPoint()), use->size())));
    }

    /// While it searches there is nothing that Enter takes, and what comes at the end is looked at first.
    void anEnterDuringTheSearchTakesNothing()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        write("long/db1/mongodb.log", dropLine);
        write("long/db2/mongodb.log.gz", longLog(2000));
        finder(bench)->searchPaths({m_folder.filePath(QStringLiteral("long"))});
        QVERIFY(waitForRows(bench, 1));
        QVERIFY(isSearching(bench));
        auto *use = part<QPushButton>(bench, "useMoment");
        const auto enter = [&] { QTest::keyClick(finder(bench), Qt::Key_Return); };
        QVERIFY(!use->isEnabled() && !part<QWidget>(bench, "lossLine")->isVisible());
        enter();
        enter();
        QVERIFY(finder(bench) != nullptr && isSearching(bench));
        QElapsedTimer offered;
        offered.start();
        part<QPushButton>(bench, "stopSearch")->click();
        QVERIFY(!isSearching(bench) && use->isEnabled());
        enter();
        if (!finder(bench) && offered.hasExpired(400))
            QSKIP("this machine took too long to press Enter at once");
        QVERIFY2(finder(bench) != nullptr, "an Enter of before took what was offered just now");
        QTest::keyClick(part<QTableView>(bench, "losses"), Qt::Key_Return);
        if (!finder(bench) && offered.hasExpired(400))
            QSKIP("this machine took too long to press Enter at once");
        QVERIFY2(finder(bench) != nullptr, "an Enter of before took what was offered just now");
        QTest::qWait(700);
        enter();
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) == nullptr; }));
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-27 14:03:07"));
    }

    void aClockThatWasWrongIsNotOffered()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        finder(bench)->searchPaths(
            {write("wrong.log", dropLine + QByteArray(dropLine).replace("2026-", "2099-").replace("orders", "later"))});
        QVERIFY(waitForRows(bench, 2) && waitForEnd(bench));
        QCOMPARE(part<QTableView>(bench, "losses")->currentIndex().row(), 1);
        QVERIFY(part<QLabel>(bench, "lossMeaning")->text().contains(QLatin1String("14:03:07 UTC")));
        part<QPushButton>(bench, "useMoment")->click();
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-27 14:03:07"));
    }

    /// Newer ones come above it, and the member that was primary tells of the same.
    void whatIsChosenStaysChosen()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        write("moves/db1/mongodb.log", QByteArray(dropLine)
                                           .replace("CMD: drop", "Finishing collection drop")
                                           .replace("conn5", "ReplWriterWorker-1")
                                           .replace("07.214", "08.100"));
        write("moves/db2/mongodb.log.gz", longLog(100));
        write("moves/db3/mongodb.log",
              dropLine + QByteArray(dropLine).replace("14:03:07", "14:05:00").replace("orders", "later"));
        finder(bench)->searchPaths({m_folder.filePath(QStringLiteral("moves"))});
        QVERIFY(waitForRows(bench, 1));
        auto *table = part<QTableView>(bench, "losses");
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        if (table->selectionModel()->selectedRows().isEmpty())
            QTest::keyClick(table, Qt::Key_Space);
        QVERIFY(isSearching(bench) && part<QPushButton>(bench, "useMoment")->isEnabled());
        QVERIFY(waitForRows(bench, 2) && waitForEnd(bench));
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(table->currentIndex().row(), 1);
        QVERIFY(part<QLabel>(bench, "lossMeaning")->text().contains(QLatin1String("14:03:07 UTC")));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return finder(bench) == nullptr; }));
        QCOMPARE(bench.wizard().draft().pointInTime, QStringLiteral("2026-11-27 14:03:07"));
    }

    void timesWithoutAZoneAreReadInTheChosenOne()
    {
        WizardBench bench;
        QVERIFY(openPage(bench));
        QVERIFY(openFinder(bench));
        finder(bench)->searchPaths({write("mongod.log", dropLine)});
        QVERIFY(waitForRows(bench, 1) && waitForEnd(bench));
        auto *zone = part<QComboBox>(bench, "logZone");
        QVERIFY(!zone->isVisible());
        finder(bench)->searchPaths({write("old.log", "Fri Nov 27 15:03:07.214 [conn7] CMD: drop shop.orders\n")});
        const auto shown = [&] {
            auto *table = part<QTableView>(bench, "losses");
            return table->isVisible() ? table->model()->index(0, 0).data().toString() : QString();
        };
        QVERIFY(QTest::qWaitFor([&] { return shown() == QLatin1String("2026-11-27 15:03:07 UTC"); }));
        QVERIFY(waitForEnd(bench) && zone->isVisible());
        zone->setFocus();
        const int berlin = zone->findText(QStringLiteral("Europe/Berlin"));
        QVERIFY(berlin > 0);
        zone->setCurrentIndex(berlin);
        Q_EMIT zone->activated(berlin);
        QVERIFY(QTest::qWaitFor([&] { return shown() == QLatin1String("2026-11-27 14:03:07 UTC"); }));
        QVERIFY(waitForEnd(bench) && zone->isVisible() && zone->hasFocus());
        QVERIFY(part<QLabel>(bench, "lossNotes")->text().contains(QLatin1String("read in Europe/Berlin")));
        QVERIFY(part<QPushButton>(bench, "useMoment")->isEnabled());
        picture(bench, "zone");
    }
};

QTEST_MAIN(LogFinderChoiceTest)

#include "log_finder_choice_test.moc"
