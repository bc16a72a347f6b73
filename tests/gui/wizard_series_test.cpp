#include "wizard_bench.h"

#include "ui/widgets/timeline.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

static const QString Shop = QStringLiteral("Shop");
static const QString Ledger = QStringLiteral("ledger");
static const QString PointInTime = QStringLiteral("Restore to a point in time");

/// What monitoring tells, on the point in time page: the accident of the stand-in's story is found by it.
class WizardSeriesTest : public QObject
{
    Q_OBJECT

private:
    static TimelineWidget *timeline(WizardBench &bench)
    {
        return qobject_cast<TimelineWidget *>(bench.control(QStringLiteral("Timeline"), QAccessible::Slider));
    }
    static bool hasCurve(WizardBench &bench)
    {
        return timeline(bench) != nullptr && timeline(bench)->content().curve.has_value();
    }
    static QString line(WizardBench &bench, const char *name)
    {
        for (const QLabel *label : bench.wizard().findChildren<QLabel *>(QLatin1String(name))) {
            if (label->isVisible())
                return label->text();
        }
        return {};
    }
    static int xOf(TimelineWidget &timeline, qint64 seconds)
    {
        return timeline.thingRect({TimelineThing::Kind::Snapshot, seconds, seconds, {}}).center().x();
    }
    static QString clock(qint64 seconds)
    {
        return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(QStringLiteral("HH:mm:ss"));
    }

private Q_SLOTS:
    /// A click on the rise of the deletes chooses the minute before it, and says between which samples it is.
    void theAccidentIsFoundByTheCurve()
    {
        WizardBench bench;
        const qint64 before = QDateTime::currentSecsSinceEpoch();
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(hasCurve(bench), 20000);
        TimelineWidget &line = *timeline(bench);
        QCOMPARE(line.content().curve->title, QStringLiteral("Deletes per second, all primaries"));
        QVERIFY(!line.content().curve->edges.empty());
        const Edge edge = line.content().curve->edges.back();
        // The deletes began 21 minutes before the stand-in did.
        QVERIFY2(edge.from > before - 21 * 60 - 120 && edge.to < before - 21 * 60 + 180, qPrintable(clock(edge.from)));
        QCOMPARE(edge.to - edge.from, 60);
        QCOMPARE(this->line(bench, "curveNote"),
                 QStringLiteral("A drop is a command and does not show in deletes: the log tells its second."));

        QTest::mouseClick(&line, Qt::LeftButton, {}, QPoint(xOf(line, edge.from) + 7, line.height() / 4));
        QCOMPARE(line.value()->toSecsSinceEpoch(), edge.from);
        QCOMPARE(bench.edit(QStringLiteral("Point in time"))->text(),
                 QDateTime::fromSecsSinceEpoch(edge.from, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")));
        QTRY_COMPARE(
            this->line(bench, "curveEdge"),
            QStringLiteral("Deletes rise between %1 and %2, no finer data.").arg(clock(edge.from), clock(edge.to)));
        const QString losses = this->line(bench, "curveLosses");
        const QRegularExpression form(QStringLiteral(
            "^Would be lost, the last 2\\d min \\d\\d s, estimated from samples of 1 min: inserts about [\\d,]+, "
            "updates about [\\d,]+, deletes about 1,0\\d\\d,000, oplog about \\d+ MB\\. Commands, of which only some "
            "write: about [\\d,]+\\.( For 1 min \\d\\d s of it there is no data, so it is more\\.)?$"));
        QVERIFY2(form.match(losses).hasMatch(), qPrintable(losses));
        QVERIFY(bench.canPress(QStringLiteral("Next")));
        // One second on it is a moment like any other.
        QTest::keyClick(&line, Qt::Key_Right);
        QTRY_COMPARE(this->line(bench, "curveEdge"), QString());
    }

    /// The drop itself is seen in the size of the data, and the cause of the gap among the events.
    void theDropIsSeenInTheSizeAndTheGapHasACause()
    {
        WizardBench bench;
        const qint64 before = QDateTime::currentSecsSinceEpoch();
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(hasCurve(bench), 20000);
        QVERIFY(bench.chooseEntry(QStringLiteral("Curve"), QStringLiteral("Data size")));
        TimelineWidget &line = *timeline(bench);
        QTRY_COMPARE(line.content().curve->title, QStringLiteral("Data size, all primaries"));
        QCOMPARE(line.content().curve->edges.size(), size_t(1));
        const qint64 dropped = before - 17 * 60;
        const Edge edge = line.content().curve->edges.back();
        QVERIFY2(edge.from > dropped - 120 && edge.from < dropped + 60, qPrintable(clock(edge.from)));
        QTRY_VERIFY(!line.content().gapCauses.empty());
        QVERIFY2(line.content().gapCauses.begin()->second.startsWith(QStringLiteral("likely cause: OPLOG_BEHIND at ")),
                 qPrintable(line.content().gapCauses.begin()->second));
        QTRY_VERIFY(this->line(bench, "restorableRanges").contains(QStringLiteral("likely cause: OPLOG_BEHIND")));
    }

    void withoutMonitoringThereIsNoCurve_data()
    {
        QTest::addColumn<QByteArrayList>("faults");
        QTest::addColumn<QString>("sentence");
        const QString rights = QStringLiteral("No curve: the key may not read this project's monitoring. What was "
                                              "deleted when, the log tells.");
        QTest::newRow("401") << QByteArrayList{"GET /measurements=401 always"} << rights;
        QTest::newRow("403") << QByteArrayList{"GET /measurements=403 always"} << rights;
        QTest::newRow("hosts and events 403")
            << QByteArrayList{"GET /hosts=403 always", "GET /events=403 always"} << rights;
        QTest::newRow("404") << QByteArrayList{"GET /measurements=404 always"}
                             << QStringLiteral("No curve: this server tells no measurements of these hosts. What was "
                                               "deleted when, the log tells.");
    }
    void withoutMonitoringThereIsNoCurve()
    {
        QFETCH(QByteArrayList, faults);
        QFETCH(QString, sentence);
        WizardBench bench;
        for (const QByteArray &fault : faults)
            QVERIFY(bench.addFault(fault));
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_COMPARE_WITH_TIMEOUT(line(bench, "curveNote"), sentence, 20000);
        QVERIFY(!hasCurve(bench));
        QVERIFY(bench.control(QStringLiteral("Curve"), QAccessible::ComboBox) == nullptr);
        QCOMPARE(line(bench, "curveLosses"), QString());
        timeline(bench)->setFocus();
        QTest::keyClick(timeline(bench), Qt::Key_End);
        QTest::keyClick(timeline(bench), Qt::Key_PageDown);
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
    }

    /// Of a long time the samples are coarse; what is looked at closely is read as fine as the server keeps it.
    void whatIsLookedAtCloselyIsReadFiner()
    {
        WizardBench bench;
        QVERIFY(bench.addFault("GET /measurements=400 skip=1 x1")); // the names are told, and no minute of a day
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(hasCurve(bench), 20000);
        TimelineWidget &line = *timeline(bench);
        const auto step = [&line] { return line.content().curve->curve.step; };
        QCOMPARE(step(), qint64(300));
        const auto asked = [&bench] { return bench.requestedPaths().filter(QStringLiteral("/measurements")).size(); };
        const auto before = asked();
        line.setFocus();
        QTest::keyClick(&line, Qt::Key_End);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(&line, Qt::Key_Plus);
        QTRY_COMPARE_WITH_TIMEOUT(step(), qint64(60), 20000);
        QCOMPARE(asked(), before + 2); // one turn of the view, the names and the samples
        const Edge edge = line.content().curve->edges.back();
        QTest::mouseClick(&line, Qt::LeftButton, {}, QPoint(xOf(line, edge.from), line.height() / 4));
        QTRY_COMPARE(
            this->line(bench, "curveEdge"),
            QStringLiteral("Deletes rise between %1 and %2, no finer data.").arg(clock(edge.from), clock(edge.to)));
        QCOMPARE(edge.to - edge.from, 60);
        QTest::keyClick(&line, Qt::Key_Plus); // within what is known
        QTest::qWait(600);
        QCOMPARE(asked(), before + 2);
        QTest::keyClick(&line, Qt::Key_0);
        QCOMPARE(step(), qint64(300));
    }

    /// What the person has marked is of the restore that is being prepared, and not of the page.
    void marksGoAlong()
    {
        WizardBench bench;
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(timeline(bench), 15000);
        timeline(bench)->setFocus();
        QTest::keyClick(timeline(bench), Qt::Key_End);
        QTest::keyClick(timeline(bench), Qt::Key_I);
        const std::vector<qint64> marks = timeline(bench)->content().incidents;
        QCOMPARE(marks, std::vector<qint64>{timeline(bench)->value()->toSecsSinceEpoch()});
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Restore to an oplog timestamp")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QTRY_VERIFY_WITH_TIMEOUT(timeline(bench), 15000);
        QCOMPARE(timeline(bench)->content().incidents, marks);
        bench.wizard().reject();
        bench.newWizard();
        QVERIFY(bench.open());
        QVERIFY(bench.press(QStringLiteral("Go on with it")));
        QTRY_VERIFY_WITH_TIMEOUT(timeline(bench), 15000);
        QCOMPARE(timeline(bench)->content().incidents, marks);
        // Another cluster's story is another one.
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("orders")));
        QVERIFY(bench.wizard().draft().incidents.empty());
    }

    /// The curves stay when they cannot be read anew, and it is said that they are of before.
    void whatWasReadStays()
    {
        WizardBench bench;
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(hasCurve(bench), 20000);
        QVERIFY(bench.addFault("GET /measurements=403 always"));
        QVERIFY(bench.press(QStringLiteral("Refresh")));
        QTRY_VERIFY_WITH_TIMEOUT(line(bench, "curveNote").contains(QStringLiteral("measurements end at ")), 20000);
        QVERIFY(hasCurve(bench));
        QVERIFY(line(bench, "curveNote").startsWith(QStringLiteral("A drop is a command")));
    }

    /// Three requests and one for the events, and no more while the page is looked at.
    void itIsReadOnce()
    {
        WizardBench bench;
        QVERIFY2(bench.toPoint(Shop, Ledger, PointInTime), qPrintable(bench.problem()));
        QTRY_VERIFY_WITH_TIMEOUT(hasCurve(bench), 20000);
        TimelineWidget &line = *timeline(bench);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&line, i % 2 == 0 ? Qt::Key_Plus : Qt::Key_Left);
        QTest::qWait(500);
        QCOMPARE(bench.requestedPaths().filter(QStringLiteral("/measurements")).size(), 2);
    }
};

QTEST_MAIN(WizardSeriesTest)
#include "wizard_series_test.moc"
