#include "wizard_bench.h"

#include "restore/snapshot_keeping.h"
#include "ui/wizard/snapshots_model.h"

#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace tidemark;
using test::WizardBench;

/// **Keep it…** beside a snapshot that may be deleted before it has been read.
class WizardKeepTest : public QObject
{
    Q_OBJECT

private:
    static QPushButton *keepButton(WizardBench &bench)
    {
        return bench.wizard().findChild<QPushButton *>(QStringLiteral("keepSnapshot"));
    }
    /// Goes down the list to the first one beside which the button stands.
    static bool toExpiring(WizardBench &bench)
    {
        if (!bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"),
                           QStringLiteral("Restore a snapshot to a cluster")))
            return false;
        auto *table = bench.wizard().findChild<QTableView *>(QStringLiteral("snapshots"));
        if (!QTest::qWaitFor([&] { return table->model()->rowCount() > 3; }, 15000))
            return false;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            table->selectRow(row);
            if (keepButton(bench)->isVisible())
                return true;
        }
        return false;
    }
    static QString said(WizardBench &bench)
    {
        const auto *text = bench.wizard()
                               .findChild<QWidget *>(QStringLiteral("keepQuestion"))
                               ->findChild<QLabel *>(QStringLiteral("messageText"));
        return text->text();
    }
    static std::optional<Snapshot> chosen(WizardBench &bench)
    {
        const auto *model = bench.wizard().findChild<SnapshotsModel *>();
        const Snapshot *one = model->snapshot(model->indexOf(bench.wizard().draft().snapshot));
        return one ? std::optional(*one) : std::nullopt;
    }

private Q_SLOTS:
    void whichAreOffered_data()
    {
        QTest::addColumn<qint64>("expiresIn"); ///< seconds
        QTest::addColumn<bool>("isKept");
        QTest::addColumn<bool>("isOffered");
        QTest::newRow("in a second") << qint64(1) << false << true;
        QTest::newRow("now") << qint64(0) << false << false;
        QTest::newRow("at the end of the time of a restore") << qint64(12 * 3600) << false << true;
        QTest::newRow("after it") << qint64(12 * 3600 + 1) << false << false;
        QTest::newRow("kept") << qint64(3600) << true << false;
    }
    void whichAreOffered()
    {
        QFETCH(qint64, expiresIn);
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'795'788'187, Qt::UTC);
        Snapshot snapshot;
        snapshot.expires = now.addSecs(expiresIn);
        QFETCH(bool, isKept);
        snapshot.doNotDelete = isKept;
        QTEST(mayGoBeforeItIsRead(snapshot, now), "isOffered");
        snapshot.expires = {};
        QVERIFY(!mayGoBeforeItIsRead(snapshot, now));
    }

    void untilWholeHours()
    {
        const QDateTime hour = QDateTime::fromSecsSinceEpoch(1'795'788'000, Qt::UTC);
        QCOMPARE(keptUntil(hour), hour.addDays(3));
        QCOMPARE(keptUntil(hour.addSecs(1)), hour.addDays(3).addSecs(3600));
        QCOMPARE(keptUntil(hour.addSecs(3600)), hour.addDays(3).addSecs(3600));
    }

    void asksAndTakesTheServersWord()
    {
        WizardBench bench;
        QVERIFY(toExpiring(bench));
        const std::optional<Snapshot> before = chosen(bench);
        QVERIFY(before);
        QVERIFY2(bench.hint(QStringLiteral("snapshots")).contains(QStringLiteral("it may be deleted before")),
                 qPrintable(bench.hint(QStringLiteral("snapshots"))));
        QVERIFY(bench.press(QStringLiteral("Keep it…")));
        QVERIFY2(said(bench).contains(QStringLiteral("It expires at")), qPrintable(said(bench)));
        QVERIFY(bench.press(QStringLiteral("Not now")));
        QVERIFY(bench.press(QStringLiteral("Keep it…")));
        QVERIFY(bench.press(QStringLiteral("Keep it until then")));
        QTRY_VERIFY2(said(bench).startsWith(QStringLiteral("The server keeps it until")), qPrintable(said(bench)));
        QTRY_VERIFY(chosen(bench) && chosen(bench)->expires > before->expires.addDays(2));
        QCOMPARE(chosen(bench)->id, before->id); // it is read anew, and still the chosen one
        QVERIFY(!keepButton(bench)->isVisible());
    }

    void whatTheServerRefusesIsSaid()
    {
        WizardBench bench;
        QVERIFY(toExpiring(bench));
        QVERIFY(bench.addFault("PATCH /snapshots/=403 once code=USER_UNAUTHORIZED"));
        QVERIFY(bench.press(QStringLiteral("Keep it…")));
        QVERIFY(bench.press(QStringLiteral("Keep it until then")));
        QTRY_VERIFY2(said(bench).contains(QStringLiteral("may not")), qPrintable(said(bench)));
        QTRY_VERIFY(keepButton(bench)->isVisible() && keepButton(bench)->isEnabled());
    }

    /// What was asked about one is not answered for another.
    void aQuestionEndsWithItsSnapshot()
    {
        WizardBench bench;
        QVERIFY(toExpiring(bench));
        QVERIFY(bench.press(QStringLiteral("Keep it…")));
        bench.wizard().findChild<QTableView *>(QStringLiteral("snapshots"))->selectRow(0);
        QVERIFY(!bench.canPress(QStringLiteral("Keep it until then")));
        QVERIFY(!keepButton(bench)->isVisible());
    }
};

QTEST_MAIN(WizardKeepTest)
#include "wizard_keep_test.moc"
