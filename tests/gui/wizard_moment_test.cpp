#include "wizard_bench.h"

#include "base/text.h"
#include "ui/widgets/timeline.h"

#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

static const QString Shop = QStringLiteral("Shop");
static const QString PointField = QStringLiteral("Point in time");

/// What people paste on the pages of a moment, up to the body that asks for the restore.
class WizardMomentTest : public QObject
{
    Q_OBJECT

private:
    static bool openPointInTime(WizardBench &bench)
    {
        return bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")) &&
               QTest::qWaitFor(
                   [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000);
    }
    static QComboBox *zone(WizardBench &bench)
    {
        return bench.wizard().findChild<QComboBox *>(QStringLiteral("pointZone"));
    }
    static QString said(WizardBench &bench, const char *label)
    {
        return bench.wizard().currentPage()->findChild<QLabel *>(QString::fromLatin1(label))->text();
    }
    static QList<QPushButton *> choices(WizardBench &bench)
    {
        QList<QPushButton *> shown;
        for (int i = 0; i < 6; ++i) {
            auto *button = bench.wizard().findChild<QPushButton *>(QStringLiteral("momentChoice%1").arg(i));
            if (button && button->isVisible())
                shown << button;
        }
        return shown;
    }
    /// A whole minute of an hour ago, at which no clock was set.
    static QDateTime hourAgo()
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        return QDateTime::fromSecsSinceEpoch((now - 3600) / 60 * 60 + 7, Qt::UTC);
    }
    /// What is sent for it, in seconds since the epoch.
    static qint64 sentMoment(WizardBench &bench)
    {
        if (!bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")) ||
            !bench.confirm(QStringLiteral("drill")) || !bench.press(test::eraseButton(QStringLiteral("drill"))))
            return -1;
        if (!QTest::qWaitFor([&] { return bench.isOn(SubmittedPageId); }, 20000))
            return -2;
        const QStringList bodies = bench.postedBodies();
        if (bodies.size() != 1)
            return -3;
        const QJsonObject body = QJsonDocument::fromJson(bodies.constFirst().toUtf8()).object();
        return body.value(QLatin1String("pointInTimeUTCMillis")).toInteger() / 1000;
    }

private Q_SLOTS:
    void whatIsPastedIsSent_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<qint64>("wanted"); // of one reading of the clock: the minute may turn before the row is run
        const QDateTime moment = hourAgo();
        const qint64 wanted = moment.toSecsSinceEpoch();
        QTest::newRow("ISODate") << QStringLiteral("ISODate(\"%1\")").arg(isoText(moment)) << wanted;
        QTest::newRow("seconds") << QString::number(wanted) << wanted;
        QTest::newRow("a line of the log")
            << QStringLiteral(
                   "{\"t\":{\"$date\":\"%1.000+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\",\"msg\":\"CMD: drop\"}")
                   .arg(isoText(moment).chopped(1))
            << wanted;
    }
    void whatIsPastedIsSent()
    {
        QFETCH(QString, pasted);
        QFETCH(qint64, wanted);
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, pasted));
        QVERIFY2(said(bench, "pointInTimeReadout").contains(utcText(QDateTime::fromSecsSinceEpoch(wanted, Qt::UTC))),
                 qPrintable(said(bench, "pointInTimeReadout")));
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QCOMPARE(sentMoment(bench), wanted);
    }

    /// Local times of Berlin; the test's own zone.
    void aZoneIsChosenForTimesThatNameNone()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        const QDateTime moment = hourAgo();
        const QString here = bareUtcText(QDateTime(moment.toLocalTime().date(), moment.toLocalTime().time(), Qt::UTC));
        QVERIFY(zone(bench)->currentData().toString().isEmpty());
        QVERIFY(bench.typeInto(PointField, here));
        QVERIFY2(said(bench, "pointInTimeNotes").contains(QStringLiteral("read as UTC")),
                 qPrintable(said(bench, "pointInTimeNotes")));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        QCOMPARE(zone(bench)->currentData().toString(), QStringLiteral("Europe/Berlin"));
        QVERIFY(said(bench, "pointInTimeReadout").contains(utcText(moment)));
        QVERIFY(said(bench, "pointInTimeNotes").contains(QStringLiteral("read as Europe/Berlin")));
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QCOMPARE(sentMoment(bench), moment.toSecsSinceEpoch());
    }

    void aTimeWithoutADayIsAskedAbout()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        const QDateTime moment = hourAgo();
        QVERIFY(bench.typeInto(PointField, bareUtcText(moment).mid(11)));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        QVERIFY2(bench.hint(QStringLiteral("pointInTime")).contains(QStringLiteral("Which day?")),
                 qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QCOMPARE(choices(bench).size(), 2);
        QVERIFY(choices(bench).at(1)->text().startsWith(utcText(moment)));
        choices(bench).at(1)->click();
        QVERIFY(choices(bench).isEmpty());
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment));
        QVERIFY(bench.edit(PointField)->hasFocus());
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
    }

    /// What parseUtc() would have taken without a word.
    void aTimeThatCameTwiceIsAskedAbout()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        QVERIFY(bench.typeInto(PointField, QStringLiteral("2026-10-25 02:30:00")));
        QCOMPARE(choices(bench).size(), 2);
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
    }

    void aSpanStaysWhereItWasWritten()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("10 minutes ago")));
        const QString meant = bench.wizard().draft().pointInTime;
        QVERIFY2(meant.endsWith(QLatin1String(" UTC")), qPrintable(meant));
        QTest::qWait(2500); // the page's clock ticks
        QCOMPARE(bench.wizard().draft().pointInTime, meant);
        QCOMPARE(bench.edit(PointField)->text(), QStringLiteral("10 minutes ago"));
        QVERIFY(said(bench, "pointInTimeReadout").contains(meant));
    }

    void partsOfASecondAreOffered()
    {
        const QDateTime moment = hourAgo();
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, bareUtcText(moment) + QStringLiteral(".250")));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        QCOMPARE(choices(bench).size(), 2);
        choices(bench).at(0)->click();
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment));
        QVERIFY(bench.canPress(QStringLiteral("Next")));
        QVERIFY(bench.press(QStringLiteral("One second before")));
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment.addSecs(-1)));
    }

    void theLatestCanBeRestored()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.press(QStringLiteral("Latest restorable")));
        QVERIFY(!bench.edit(PointField)->text().isEmpty());
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("pointInTime"))));
    }

    void whatIsHalfUnderstoodIsRefused()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, bareUtcText(hourAgo()) + QStringLiteral("Zabc")));
        QVERIFY2(bench.hint(QStringLiteral("pointInTime")).contains(QStringLiteral("\"Zabc\"")),
                 qPrintable(bench.hint(QStringLiteral("pointInTime"))));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
    }

    /// Review says it in large type, and the rail beside it.
    void whatIsSentIsWhatIsShown_data()
    {
        QTest::addColumn<bool>("isLocal");
        QTest::newRow("a local time") << true;
        QTest::newRow("seconds") << false;
    }
    void whatIsSentIsWhatIsShown()
    {
        QFETCH(bool, isLocal);
        const QDateTime moment = hourAgo();
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        if (isLocal)
            QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        const QDateTime here = moment.toLocalTime();
        QVERIFY(bench.typeInto(PointField, isLocal ? bareUtcText(QDateTime(here.date(), here.time(), Qt::UTC))
                                                   : QString::number(moment.toSecsSinceEpoch())));
        QVERIFY(bench.toReview(QStringLiteral("Restore drills"), QStringLiteral("drill")));
        QStringList shown;
        for (const QLabel *label : bench.wizard().currentPage()->findChildren<QLabel *>())
            shown << label->text();
        QVERIFY2(shown.filter(timeOfDayText(moment)).size() > 0, qPrintable(shown.join(QLatin1Char('|'))));
        const QDateTime wrong = moment.addSecs(here.offsetFromUtc());
        QVERIFY2(shown.filter(timeOfDayText(wrong)).isEmpty(), qPrintable(shown.join(QLatin1Char('|'))));
    }

    void aStepIsAStepInAnyZone()
    {
        const QDateTime moment = hourAgo();
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        QVERIFY(bench.typeInto(PointField, utcText(moment)));
        bench.edit(PointField)->setCursorPosition(19);
        QTest::keyClick(bench.edit(PointField), Qt::Key_Down);
        QCOMPARE(bench.edit(PointField)->text(), utcText(moment.addSecs(-1)));
        QVERIFY(said(bench, "pointInTimeReadout").contains(utcText(moment.addSecs(-1))));
    }

    void aSpanKeepsItsMeaningInAnotherZone()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("10 minutes ago")));
        const QString meant = bench.wizard().draft().pointInTime;
        bench.clock().setWrong(std::chrono::seconds(120));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        QCOMPARE(bench.wizard().draft().pointInTime, meant);
        QCOMPARE(bench.wizard().draft().pointZone, QStringLiteral("Europe/Berlin"));
    }

    /// A day's word and a day without a year are read anew in another zone, and mean the day on which they were
    /// written.
    void aZoneIsChosenForWhatStandsThere_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("today") << QStringLiteral("'today' HH:mm:ss");
        QTest::newRow("yesterday") << QStringLiteral("'yesterday' HH:mm:ss");
        QTest::newRow("without a year") << QStringLiteral("dd MMM HH:mm:ss");
    }
    void aZoneIsChosenForWhatStandsThere()
    {
        QFETCH(QString, format);
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        const QString written = QLocale::c().toString(QDateTime::currentDateTimeUtc().addSecs(-86400), format);
        QVERIFY(bench.typeInto(PointField, written));
        const QString inUtc = bench.wizard().draft().pointInTime;
        QVERIFY2(inUtc.endsWith(QLatin1String(" UTC")), qPrintable(inUtc));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        const QString inBerlin = bench.wizard().draft().pointInTime;
        const auto timeOf = [](const QString &text) {
            return QDateTime::fromString(text.left(19), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        };
        const qint64 apart = timeOf(inBerlin).secsTo(timeOf(inUtc));
        QVERIFY2(apart == 3600 || apart == 7200, qPrintable(inUtc + QLatin1Char('|') + inBerlin));
        QCOMPARE(bench.edit(PointField)->text(), written);
        QVERIFY(said(bench, "pointInTimeNotes").contains(QStringLiteral("read as Europe/Berlin")));
        QTest::qWait(5500); // the page's clock ticks
        QVERIFY(said(bench, "pointInTimeNotes").contains(QStringLiteral("read as Europe/Berlin")));
        QTest::keyClick(bench.edit(PointField), Qt::Key_F8);
        QCOMPARE(bench.wizard().draft().pointInTime, inUtc);
    }

    void stepsOfASecondAMinuteAndAnHour()
    {
        const QDateTime moment = hourAgo();
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, QString::number(moment.toSecsSinceEpoch())));
        QVERIFY(bench.press(QStringLiteral("Earlier")));
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment.addSecs(-1)));
        auto *unit = bench.wizard().findChild<QComboBox *>(QStringLiteral("stepUnit"));
        unit->setCurrentIndex(1);
        QVERIFY(bench.press(QStringLiteral("Later")));
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment.addSecs(59)));
        unit->setCurrentIndex(2);
        QVERIFY(bench.press(QStringLiteral("Earlier")));
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment.addSecs(59 - 3600)));
        // In a text of another form the keys step a second, wherever the cursor stands.
        QVERIFY(bench.typeInto(PointField, QString::number(moment.toSecsSinceEpoch())));
        QTest::keyClick(bench.edit(PointField), Qt::Key_Up);
        QCOMPARE(bench.edit(PointField)->text(), bareUtcText(moment.addSecs(1)));
    }

    void theTimelineKeepsTheKeyboard()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
        timeline->setFocus();
        QTest::keyClick(timeline, Qt::Key_End);
        QTest::keyClick(timeline, Qt::Key_Left);
        QCOMPARE(bench.wizard().focusWidget(), timeline);
        QVERIFY(!bench.edit(PointField)->text().isEmpty());
    }

    void aLongTextIsNotCutIntoAnother()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        const QDateTime moment = hourAgo();
        const QString entry = QStringLiteral("{op:'i', ns:'a.b', o:{created: ISODate(\"%1\"), pad:'%2'}, ts: "
                                             "Timestamp({ t: %3, i: 1 })}")
                                  .arg(isoText(moment.addSecs(-600)), QString(40000, QLatin1Char('x')))
                                  .arg(moment.toSecsSinceEpoch());
        QLineEdit *field = bench.edit(PointField);
        field->setFocus();
        field->selectAll();
        field->insert(entry);
        Q_EMIT field->textEdited(field->text());
        QCOMPARE(field->text().size(), entry.size());
        QVERIFY2(said(bench, "pointInTimeReadout").contains(utcText(moment)),
                 qPrintable(said(bench, "pointInTimeReadout")));
    }

    void aRefusedPasteLeavesNoEarlierOne()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        const QString paste = QStringLiteral("Paste a timestamp");
        const QString seconds = QString::number(hourAgo().toSecsSinceEpoch());
        QVERIFY(bench.typeInto(paste, QStringLiteral("Timestamp(%1, 1)").arg(seconds)));
        QTRY_VERIFY_WITH_TIMEOUT(bench.canPress(QStringLiteral("Next")), 15000);
        QVERIFY(bench.typeInto(paste, QStringLiteral("Timestamp(%1, 1").arg(seconds)));
        QVERIFY(bench.edit(QStringLiteral("Oplog timestamp (seconds)"))->text().isEmpty());
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        // What was typed is the person's.
        QVERIFY(bench.typeInto(QStringLiteral("Oplog timestamp (seconds)"), seconds));
        QVERIFY(bench.typeInto(QStringLiteral("Oplog increment"), QStringLiteral("2")));
        QVERIFY(bench.typeInto(paste, QStringLiteral("hello")));
        QCOMPARE(bench.edit(QStringLiteral("Oplog timestamp (seconds)"))->text(), seconds);
    }

    void anEntryOfTheOplogFillsBothNumbers()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        const QString seconds = QString::number(hourAgo().toSecsSinceEpoch());
        QVERIFY(bench.typeInto(
            QStringLiteral("Paste a timestamp"),
            QStringLiteral("{ts: Timestamp({ t: %1, i: 3 }), op: 'c', ns: 'shop.$cmd', o: { drop: 'orders' }}")
                .arg(seconds)));
        QCOMPARE(bench.edit(QStringLiteral("Oplog timestamp (seconds)"))->text(), seconds);
        QCOMPARE(bench.edit(QStringLiteral("Oplog increment"))->text(), QStringLiteral("3"));
        QVERIFY(bench.typeInto(QStringLiteral("Paste a timestamp"), isoText(hourAgo().addSecs(60))));
        QCOMPARE(bench.edit(QStringLiteral("Oplog increment"))->text(), QStringLiteral("1"));
        QVERIFY(bench.hint(QStringLiteral("pasteTimestamp")).contains(QStringLiteral("no increment")));
        QVERIFY(bench.typeInto(QStringLiteral("Paste a timestamp"), QStringLiteral("yesterday")));
        QVERIFY(bench.hint(QStringLiteral("pasteTimestamp")).contains(QStringLiteral("\"yesterday\"")));
    }
};

int main(int argc, char *argv[])
{
    qputenv("TZ", "Europe/Berlin");
    QApplication application(argc, argv);
    WizardMomentTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "wizard_moment_test.moc"
