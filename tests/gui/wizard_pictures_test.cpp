#include "wizard_bench.h"

#include "ui/jobs/jobs_tab.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTest>
#include <QTreeView>

using namespace tidemark;
using test::WizardBench;

namespace {

const QString Shop = QStringLiteral("Shop");
const QString Drills = QStringLiteral("Restore drills");
const QString Next = QStringLiteral("Next");

QPalette darkPalette()
{
    QPalette dark(QColor(0x2d, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1e, 0x20));
    dark.setColor(QPalette::AlternateBase, QColor(0x28, 0x28, 0x2b));
    dark.setColor(QPalette::Highlight, QColor(0x3c, 0x78, 0xc8));
    dark.setColor(QPalette::HighlightedText, Qt::white);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        dark.setColor(QPalette::Disabled, role, QColor(0x80, 0x80, 0x80));
    dark.setColor(QPalette::PlaceholderText, QColor(0x96, 0x96, 0x96));
    return dark;
}

/// Texts that are shown with less room than they need.
QStringList cutOff(QWidget &window)
{
    QStringList found;
    const auto labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool tooNarrow = !label->wordWrap() && label->width() < label->sizeHint().width();
        if (tooNarrow || label->height() < needed)
            found << label->text();
    }
    const auto buttons = window.findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        if (button->isVisible() && !button->text().isEmpty() && button->width() < button->minimumSizeHint().width())
            found << button->text();
    }
    return found;
}

} // namespace

/// Every page in the light and the dark, and with a large font: no text is cut off. With TIDEMARK_PICTURES set to a
/// folder the pictures are kept there, for people to look at.
class WizardPicturesTest : public QObject
{
    Q_OBJECT

private:
    void take(WizardBench &bench, const char *name)
    {
        // As on a screen that has room for it; that of the offscreen platform has 800 by 800 pixels.
        const QFontMetrics metrics = bench.wizard().fontMetrics();
        bench.wizard().resize(
            bench.wizard().size().expandedTo({metrics.averageCharWidth() * 178, metrics.lineSpacing() * 52}));
        QCoreApplication::sendPostedEvents();
        QTest::qWait(50); // layouts settle
        const QStringList problems = cutOff(bench.wizard());
        const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES");
        if (!folder.isEmpty()) {
            QVERIFY(QDir().mkpath(folder));
            QVERIFY(bench.wizard().grab().save(
                QStringLiteral("%1/%2-%3.png")
                    .arg(folder, QLatin1String(QTest::currentDataTag()), QLatin1String(name))));
        }
        for (const QScrollArea *area : bench.wizard().findChildren<QScrollArea *>())
            QVERIFY2(m_scrolls || !area->isVisible() || area->verticalScrollBar()->maximum() == 0,
                     qPrintable(QStringLiteral("%1: %2")
                                    .arg(QLatin1String(name))
                                    .arg(area->verticalScrollBar()->maximum()))); // the plan is seen whole
        QVERIFY2(problems.isEmpty(),
                 qPrintable(QLatin1String(name) + QStringLiteral(": ") + problems.join(QStringLiteral(" | "))));
        // A screen of 1366 by 768 has room for it.
        QVERIFY2(m_scale > 1 || (bench.wizard().minimumSizeHint().width() <= 1366 &&
                                 bench.wizard().minimumSizeHint().height() <= 768),
                 name);
    }

    /// Types the name, presses the button and waits until the page says what came of it.
    static bool order(WizardBench &bench)
    {
        return bench.confirm(QStringLiteral("drill")) && bench.press(test::eraseButton(QStringLiteral("drill"))) &&
               QTest::qWaitFor(
                   [&bench] { return bench.session().orders().current() == nullptr && outcome(bench)->isVisible(); },
                   15000);
    }

    static QWidget *outcome(WizardBench &bench)
    {
        return bench.wizard().findChild<QWidget *>(QStringLiteral("outcome"));
    }

    /// The tab with orders that are not known yet above the restore jobs.
    void takeOrders(WizardBench &bench, const char *name)
    {
        const SystemClock clock;
        JobsTab tab(bench.downloads(), clock, bench.settings());
        tab.setSession(&bench.session());
        tab.resize(tab.fontMetrics().averageCharWidth() * 190, tab.fontMetrics().height() * 40);
        tab.show();
        QVERIFY(QTest::qWaitForWindowExposed(&tab));
        tab.findChild<QTreeView *>(QStringLiteral("pendingOrdersTree"))->expandAll();
        QTest::qWait(50);
        const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(tab.grab().save(QStringLiteral("%1/%2-%3.png")
                                        .arg(folder, QLatin1String(QTest::currentDataTag()), QLatin1String(name))));
        const QStringList problems = cutOff(tab);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QStringLiteral(" | "))));
    }

    double m_scale = 1;
    bool m_scrolls = false; ///< a question may be longer than the page

private Q_SLOTS:
    void pages_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("scale");
        QTest::newRow("light") << false << 1.0;
        QTest::newRow("dark") << true << 1.0;
        QTest::newRow("large") << false << 1.6;
    }
    void pages()
    {
        QFETCH(bool, dark);
        QFETCH(double, scale);
        m_scale = scale;
        QApplication::setStyle(QStringLiteral("fusion"));
        QApplication::setPalette(dark ? darkPalette() : QApplication::style()->standardPalette());
        static const QFont Usual = QApplication::font();
        QFont font = Usual;
        font.setPointSizeF(Usual.pointSizeF() * scale);
        QApplication::setFont(font);

        {
            WizardBench bench({QStringLiteral("--job-seconds"), QStringLiteral("0.2")});
            QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
            QVERIFY(bench.open());
            take(bench, "01-source-empty");
            QVERIFY(bench.chooseEntry(QStringLiteral("Project"), Shop));
            qobject_cast<QTreeView *>(bench.table(QStringLiteral("Cluster"), QAccessible::Tree))->expandAll();
            QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("shop-prod")));
            QTest::qWait(300); // newest snapshots
            take(bench, "02-source");
            QVERIFY(bench.press(Next));
            take(bench, "03-mode");
            QVERIFY(bench.press(QStringLiteral("Download a snapshot")));
            QVERIFY(bench.press(Next));
            QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
            QVERIFY(bench.typeInto(QStringLiteral("Link expires after (hours)"), QStringLiteral("99999")));
            take(bench, "04-snapshots-too-long");
            QVERIFY(bench.typeInto(QStringLiteral("Link expires after (hours)"), QStringLiteral("4")));
            take(bench, "05-snapshots");
            QVERIFY(bench.press(Next));
            take(bench, "06-review-download");
            QVERIFY(bench.press(QStringLiteral("Create download link")));
            QVERIFY(bench.isOn(SubmittedPageId));
            QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Download now")); }, 15000));
            take(bench, "07-submitted-download");
        }
        {
            WizardBench bench;
            QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore to a point in time")));
            QVERIFY(QTest::qWaitFor(
                [&] { return bench.control(QStringLiteral("Timeline"), QAccessible::Slider) != nullptr; }, 15000));
            take(bench, "08-time-empty");
            QWidget *timeline = bench.control(QStringLiteral("Timeline"), QAccessible::Slider);
            timeline->setFocus();
            QTest::keyClick(timeline, Qt::Key_End);
            QTest::keyClick(timeline, Qt::Key_PageDown);
            take(bench, "09-time");
            QVERIFY(bench.typeInto(QStringLiteral("Point in time"), QStringLiteral("2020-02-02 02:02:02")));
            take(bench, "10-time-too-long-ago");
            QVERIFY(bench.press(QStringLiteral("Back")));
            QVERIFY(bench.press(QStringLiteral("Restore to an oplog timestamp")));
            QVERIFY(bench.press(Next));
            const qint64 seconds = bench.session().client().serverNow().addSecs(-1800).toSecsSinceEpoch();
            QVERIFY(bench.typeInto(QStringLiteral("Oplog timestamp (seconds)"), QString::number(seconds)));
            take(bench, "11-oplog");
            QVERIFY(bench.typeInto(QStringLiteral("Oplog increment"), QStringLiteral("1")));
            QVERIFY(bench.press(Next));
            take(bench, "12-target-empty");
            QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Drills));
            QVERIFY(
                bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill-sharded")));
            take(bench, "13-target-unfit");
            QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Shop));
            QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("ledger")));
            take(bench, "14-target-is-source");
            QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), Drills));
            QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill")));
            QVERIFY(bench.press(Next));
            take(bench, "15-review");
            QVERIFY(
                bench.typeInto(QStringLiteral("Type the target cluster's name to confirm"), QStringLiteral("Drill")));
            take(bench, "16-review-wrong-name");
            QVERIFY(bench.confirm(QStringLiteral("drill")));
            QVERIFY(bench.addFault("POST /restoreJobs$=409 once code=NO_CHECKPOINT_FOR_PIT_RESTORE"));
            QVERIFY(bench.press(test::eraseButton(QStringLiteral("drill"))));
            QVERIFY2(
                QTest::qWaitFor(
                    [&] { return bench.wizard().findChild<QWidget *>(QStringLiteral("outcome"))->isVisible(); }, 15000),
                qPrintable(bench.wizard().findChild<QLabel *>(QStringLiteral("orderState"))->text()));
            take(bench, "17-review-refused");
            QVERIFY(bench.confirm(QStringLiteral("drill")));
            QVERIFY(bench.press(test::eraseButton(QStringLiteral("drill"))));
            QVERIFY(bench.isOn(SubmittedPageId));
            take(bench, "18-submitted");
        }
        {
            WizardBench bench;
            QVERIFY(bench.toPoint(Shop, QStringLiteral("legacy-orders"), QStringLiteral("Restore to a checkpoint")));
            QVERIFY(bench.chooseRow(QStringLiteral("Checkpoints"), QAccessible::Table, QStringLiteral("Yes")));
            take(bench, "19-checkpoints");
            QVERIFY(bench.press(QStringLiteral("Back")));
            take(bench, "20-mode-legacy");
        }
        {
            WizardBench bench;
            QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
            QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
            QVERIFY(bench.toReview(Drills, QStringLiteral("drill")));
            QVERIFY(bench.addFault("POST /restoreJobs$=lost once"));
            QVERIFY(order(bench));
            const OrderDesk &desk = bench.session().orders();
            QVERIFY(QTest::qWaitFor([&] { return !desk.views().empty() && !desk.views().front().candidates.empty(); },
                                    15000));
            take(bench, "22-not-known-yet");
            QVERIFY(order(bench));
            take(bench, "23-may-be-a-second");
            takeOrders(bench, "24-orders");
        }
        {
            WizardBench bench({QStringLiteral("--product"), QStringLiteral("ops-manager"),
                               QStringLiteral("--job-seconds"), QStringLiteral("1")});
            QVERIFY(bench.toPoint(Shop, QStringLiteral("ledger"), QStringLiteral("Restore a snapshot to a cluster")));
            QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
            QVERIFY(bench.toReview(Shop, QStringLiteral("ledger")));
            QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Take a safety snapshot first…")); },
                                    15000));
            QTest::qWait(300); // what is read about the target
            m_scrolls = true;
            take(bench, "25-safety-offered");
            QVERIFY(bench.press(QStringLiteral("Take a safety snapshot first…")));
            take(bench, "26-safety-asked");
            QVERIFY(bench.press(QStringLiteral("Take it now")));
            const auto *line = bench.wizard().findChild<QLabel *>(QStringLiteral("safetyLine"));
            QVERIFY(QTest::qWaitFor([line] { return line->text().contains(QStringLiteral("being made")); }, 15000));
            take(bench, "27-safety-being-made");
            QVERIFY(QTest::qWaitFor([line] { return line->text().contains(QStringLiteral("complete, of")); }, 15000));
            take(bench, "28-safety-complete");
            m_scrolls = false;
        }
        {
            WizardBench bench({QStringLiteral("--access-list"), QStringLiteral("ip")});
            bench.wizard().show();
            QVERIFY(QTest::qWaitFor([&] { return bench.button(QStringLiteral("Retry")) != nullptr; }, 15000));
            take(bench, "21-no-catalogue");
        }
    }
};

QTEST_MAIN(WizardPicturesTest)
#include "wizard_pictures_test.moc"
