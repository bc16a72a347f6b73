#include "wizard_bench.h"

#include "base/text.h"
#include "moment/read_moment.h"
#include "ui/widgets/field_hint.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

static const QString Shop = QStringLiteral("Shop");
static const QString PointField = QStringLiteral("Point in time");

/// The moment between the modes, the query that finds it in the oplog, and what a key costs in a long text.
class WizardMomentModesTest : public QObject
{
    Q_OBJECT

private:
    static bool openPointInTime(WizardBench &bench)
    {
        return bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")) &&
               QTest::qWaitFor(
                   [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000);
    }
    /// Seven seconds past a whole minute of an hour ago.
    static QDateTime hourAgo()
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        return QDateTime::fromSecsSinceEpoch((now - 3600) / 60 * 60 + 7, Qt::UTC);
    }

private Q_SLOTS:
    void theMomentGoesAlongWithTheMode()
    {
        const QDateTime moment = hourAgo();
        const QString seconds = QString::number(moment.toSecsSinceEpoch());
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, seconds));
        const auto change = [&](const char *mode) {
            return bench.press(QStringLiteral("Back")) && bench.press(QString::fromLatin1(mode)) &&
                   bench.press(QStringLiteral("Next")) && bench.isOn(PointPageId);
        };
        QVERIFY(change("Restore to an oplog timestamp"));
        QCOMPARE(bench.edit(QStringLiteral("Oplog timestamp (seconds)"))->text(), seconds);
        QVERIFY(bench.edit(QStringLiteral("Oplog increment"))->text().isEmpty());
        QVERIFY(bench.edit(QStringLiteral("Oplog increment"))->hasFocus());
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        const auto sentence = [&] {
            return bench.wizard().findChild<FieldHint *>(QStringLiteral("carriedMoment"))->text();
        };
        QVERIFY2(sentence().contains(utcText(moment)), qPrintable(sentence()));
        QVERIFY(change("Restore to a point in time"));
        QCOMPARE(bench.edit(PointField)->text(), seconds);
        QVERIFY(sentence().isEmpty());
        QVERIFY(bench.wizard().draft().oplogSeconds.isEmpty());
    }

    /// Of two moments the one that was looked at last is what a snapshot is proposed for; without one none is.
    void theSnapshotIsForTheMomentThatWasDecidedOnLast()
    {
        const QDateTime first = hourAgo();
        const QDateTime second = first.addSecs(-600);
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, utcText(first)));
        const auto change = [&](const char *mode) {
            return bench.press(QStringLiteral("Back")) && bench.press(QString::fromLatin1(mode)) &&
                   bench.press(QStringLiteral("Next")) && bench.isOn(PointPageId);
        };
        const auto why = [&] { return bench.wizard().findChild<FieldHint *>(QStringLiteral("snapshotWhy"))->text(); };
        QVERIFY(change("Restore to an oplog timestamp"));
        QVERIFY(
            bench.typeInto(QStringLiteral("Oplog timestamp (seconds)"), QString::number(second.toSecsSinceEpoch())));
        QVERIFY(change("Restore a snapshot to a cluster"));
        QTRY_VERIFY2_WITH_TIMEOUT(why().contains(utcText(second)), qPrintable(why()), 15000);
        QVERIFY(!bench.wizard().draft().snapshot.isEmpty());
        QVERIFY(bench.canPress(QStringLiteral("Next")));
        // The increment is not told yet: the point in time keeps its own moment.
        QVERIFY(change("Restore to a point in time"));
        QVERIFY(bench.typeInto(PointField, utcText(first.addSecs(60))));
        QVERIFY(change("Download a snapshot"));
        QTRY_VERIFY2(why().contains(utcText(first.addSecs(60))), qPrintable(why()));
        // A moment before all snapshots, and none at all: what was proposed is not left standing.
        QVERIFY(change("Restore to a point in time"));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("2001-01-01 00:00:00 UTC")));
        QVERIFY(change("Restore a snapshot to a cluster"));
        QTRY_VERIFY2(why().startsWith(QStringLiteral("No complete snapshot")), qPrintable(why()));
        QVERIFY(bench.wizard().draft().snapshot.isEmpty());
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        QVERIFY(change("Restore to a point in time"));
        QVERIFY(bench.typeInto(PointField, utcText(first)));
        QVERIFY(change("Restore a snapshot to a cluster"));
        QVERIFY(!bench.wizard().draft().snapshot.isEmpty());
        QVERIFY(change("Restore to a point in time"));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("some time")));
        QVERIFY(change("Restore a snapshot to a cluster"));
        QVERIFY2(bench.wizard().draft().snapshot.isEmpty(), qPrintable(bench.wizard().draft().snapshot.value));
        QCOMPARE(why(), QString());
        // A choice of the person's stays.
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        const SnapshotId chosen = bench.wizard().draft().snapshot;
        QVERIFY(change("Restore to a point in time"));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("2001-01-01 00:00:00 UTC")));
        QVERIFY(change("Restore a snapshot to a cluster"));
        QCOMPARE(bench.wizard().draft().snapshot, chosen);
    }

    /// A restore is to a whole second: a part of one is asked about, and not dropped.
    void aPartOfASecondIsNotDropped()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QVERIFY(bench.typeInto(PointField, QStringLiteral("yesterday 14:03:07.250")));
        const auto draft = [&] { return bench.wizard().draft().pointInTime; };
        QVERIFY2(draft().endsWith(QStringLiteral(" 14:03:07.250 UTC")), qPrintable(draft()));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
        const auto choice = [&](int i) {
            return bench.wizard().findChild<QPushButton *>(QStringLiteral("momentChoice%1").arg(i));
        };
        QVERIFY(choice(0) && choice(1));
        QTest::mouseClick(choice(1), Qt::LeftButton);
        QVERIFY2(draft().endsWith(QStringLiteral(" 14:03:08")), qPrintable(draft()));
        // Nor is it with the answer to another question.
        QVERIFY(bench.typeInto(PointField, QStringLiteral("03/04/2026 14:03:07.250")));
        QVERIFY(choice(0) && choice(1));
        QTest::mouseClick(choice(0), Qt::LeftButton);
        QVERIFY2(draft().endsWith(QStringLiteral(" 14:03:07.250 UTC")), qPrintable(draft()));
        QVERIFY(!bench.canPress(QStringLiteral("Next")));
    }

    void theQueryFindsTheEntry()
    {
        const QDateTime moment = hourAgo();
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        QVERIFY(bench.typeInto(QStringLiteral("Paste a timestamp"), isoText(moment)));
        QVERIFY(bench.press(QStringLiteral("Find the entry in the oplog")));
        QVERIFY(bench.typeInto(QStringLiteral("Database"), QStringLiteral("shop")));
        QVERIFY(bench.typeInto(QStringLiteral("Collection"), QStringLiteral("or\"ders")));
        QVERIFY(bench.press(QStringLiteral("Copy mongosh")));
        const QString query = QGuiApplication::clipboard()->text();
        QVERIFY2(query.contains(QStringLiteral("ns: \"shop.$cmd\", \"o.drop\": \"or\\\"ders\"")), qPrintable(query));
        QVERIFY2(
            query.contains(QStringLiteral("$gte: Timestamp({ t: %1, i: 0 })").arg(moment.toSecsSinceEpoch() - 600)),
            qPrintable(query));
        QVERIFY(bench.typeInto(
            QStringLiteral("Paste a timestamp"),
            QStringLiteral(
                "[ { op: 'c', ns: 'shop.$cmd', o: { drop: 'or\"ders' }, ts: Timestamp({ t: %1, i: 7 }), wall: "
                "ISODate('%2') } ]")
                .arg(moment.toSecsSinceEpoch() + 30)
                .arg(isoText(moment))));
        QCOMPARE(bench.edit(QStringLiteral("Oplog timestamp (seconds)"))->text(),
                 QString::number(moment.toSecsSinceEpoch() + 30));
        QCOMPARE(bench.edit(QStringLiteral("Oplog increment"))->text(), QStringLiteral("7"));
    }

    void theLatestEntryCanBeRestored()
    {
        WizardBench bench;
        QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to an oplog timestamp")));
        QTRY_VERIFY_WITH_TIMEOUT(bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr, 15000);
        QVERIFY(bench.press(QStringLiteral("Latest restorable")));
        QVERIFY2(bench.canPress(QStringLiteral("Next")), qPrintable(bench.hint(QStringLiteral("oplogSeconds"))));
    }

    /// A text as long as any that is read: what one key costs.
    void aKeyInALongText()
    {
        WizardBench bench;
        QVERIFY(openPointInTime(bench));
        QLineEdit *field = bench.edit(PointField);
        field->setFocus();
        const QString line = QStringLiteral("2026-11-27T14:03:07.123+0000 I COMMAND  [conn42] CMD: drop shop.orders\n");
        const QString lines = line.repeated(int(LongestMomentText) / int(line.size()) - 1);
        for (const QString &text : {lines.left(4096), lines}) {
            field->selectAll();
            field->insert(text);
            Q_EMIT field->textEdited(field->text());
            QElapsedTimer clock;
            clock.start();
            QTest::keyClick(field, Qt::Key_X);
            const qint64 all = clock.elapsed();
            QLineEdit bare;
            bare.setMaxLength(int(LongestMomentText) + 1);
            bare.setText(text);
            bare.show();
            clock.restart();
            QTest::keyClick(&bare, Qt::Key_X);
            qInfo("%lld characters: a key costs %lld ms, of which %lld are the bare field's",
                  static_cast<long long>(text.size()), all, clock.elapsed());
            QVERIFY2(all < 2000, qPrintable(QString::number(all)));
        }
    }
};

QTEST_MAIN(WizardMomentModesTest)
#include "wizard_moment_modes_test.moc"
