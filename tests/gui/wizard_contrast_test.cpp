#include "look_palettes.h"
#include "look_seen.h"
#include "wizard_bench.h"

#include "ui/look/look_style.h"
#include "ui/look/metrics.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QStyleFactory>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

/// Where each visible text of the window stands, without what is drawn around it.
QList<std::pair<QString, QRect>> textsOf(QWidget &window)
{
    QList<std::pair<QString, QRect>> texts;
    const auto add = [&](const QWidget &widget, const QString &text, const QRect &within, int inset) {
        const QRect seen = widget.visibleRegion().boundingRect() & within.adjusted(inset, inset, -inset, -inset);
        if (!text.trimmed().isEmpty() && seen.width() > u(2) && seen.height() > u(2))
            texts << std::pair(widget.objectName() + QLatin1Char(' ') + text,
                               QRect(widget.mapTo(&window, seen.topLeft()), seen.size()));
    };
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !widget->isEnabled())
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            add(*label, label->text(), label->rect(), 0);
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            add(*button, button->text(), button->rect(), u(1.5));
        else if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            add(*edit, edit->text(), edit->rect(), u(1));
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        for (int row = 0; view != nullptr && row < view->model()->rowCount(view->rootIndex()); ++row) {
            for (int column = 0; column < view->model()->columnCount(view->rootIndex()); ++column) {
                const QModelIndex cell = view->model()->index(row, column, view->rootIndex());
                add(*view->viewport(), cell.data().toString(), view->visualRect(cell), u(1));
            }
        }
    }
    return texts;
}

} // namespace

/// The wizard's pages as they are painted: every text stands out from its ground.
class WizardContrastTest : public QObject
{
    Q_OBJECT

private:
    QList<Seen> m_all;

    void look(WizardBench &bench, const char *page)
    {
        bench.wizard().resize(1000, 760);
        QCoreApplication::sendPostedEvents();
        QTest::qWait(100); // layouts settle
        const QImage image = pictureOf(bench.wizard());
        const auto texts = textsOf(bench.wizard());
        QVERIFY2(texts.size() >= 8, page);
        for (const auto &[text, rect] : texts)
            m_all << test::look(QStringLiteral("%1, %2").arg(QLatin1String(page), text.left(40)),
                                image.copy(QRect(rect.topLeft() * zoom, rect.size() * zoom)));
    }

private Q_SLOTS:
    void everyPageIsRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
        QTest::newRow("high contrast") << highContrastPalette();
    }
    void everyPageIsRead()
    {
        QFETCH(QPalette, palette);
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        useLookStyle();
        QApplication::setPalette(palette);
        m_all.clear();
        WizardBench bench;
        QVERIFY2(bench.problem().isEmpty(), qPrintable(bench.problem()));
        QVERIFY(bench.open());
        look(bench, "source, empty");
        QVERIFY(bench.chooseEntry(QStringLiteral("Project"), QStringLiteral("Shop")));
        QVERIFY(bench.chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, QStringLiteral("ledger")));
        look(bench, "source");
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.press(QStringLiteral("Restore a snapshot to a cluster")));
        look(bench, "mode");
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.chooseRow(QStringLiteral("Snapshots"), QAccessible::Table, QStringLiteral("Yes")));
        look(bench, "point");
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(TargetPageId));
        QVERIFY(bench.chooseEntry(QStringLiteral("Target project"), QStringLiteral("Restore drills")));
        QVERIFY(bench.chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, QStringLiteral("drill")));
        QVERIFY(QTest::qWaitFor([&] { return bench.canPress(QStringLiteral("Next")); }, 15000));
        look(bench, "target");
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        QVERIFY(bench.confirm(QStringLiteral("drill")));
        look(bench, "review");
        QVERIFY(bench.press(eraseButton(QStringLiteral("drill"))));
        QVERIFY(bench.isOn(SubmittedPageId));
        look(bench, "submitted");
        const Seen least = lowest(m_all);
        QVERIFY(m_all.size() > 100);
        QVERIFY2(least.ratio >= 4.5, qPrintable(least.what));
    }
};

QTEST_MAIN(WizardContrastTest)
#include "wizard_contrast_test.moc"
