#include "checklist_bench.h"

#include "look_palettes.h"
#include "restore/checklists.h"
#include "ui/look/look_style.h"
#include "ui/widgets/window_size.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>

using namespace tidemark;
using namespace tidemark::test;

/// What a house sees to before a cluster is erased, as it is looked at.
class WizardChecklistPicturesTest : public QObject
{
    Q_OBJECT

private:
    const QPalette m_palette = QApplication::palette();
    const QFont m_font = QApplication::font();

private Q_SLOTS:
    void initTestCase() { useLookStyle(); }
    void cleanup()
    {
        QApplication::setPalette(m_palette);
        QApplication::setFont(m_font);
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("small");
        QTest::addColumn<double>("font");
        QTest::newRow("light") << false << false << 1.0;
        QTest::newRow("dark") << true << false << 1.0;
        QTest::newRow("640x480") << false << true << 1.0;
        QTest::newRow("large font") << false << false << 1.6;
    }

    /// With TIDEMARK_PICTURES set to a folder the pictures are kept there, for people to look at.
    void nothingIsCutOff()
    {
        QFETCH(bool, dark);
        QFETCH(bool, small);
        QFETCH(double, font);
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        QFont larger = m_font;
        larger.setPointSizeF(m_font.pointSizeF() * font);
        QApplication::setFont(larger);
        WizardBench bench;
        toReview(bench);
        QVERIFY(bench.session().checklists().put(
            ProjectId(bench.projectId(Drills)),
            {{QStringLiteral("Clients are stopped, and the balancer of the cluster that reads from this one"), false,
              true},
             {QStringLiteral("Who was told"), true, false},
             {QString(LongestChecklistName, u'w'), true, false}}));
        QVERIFY(bench.press(QStringLiteral("Back")));
        QVERIFY(bench.press(QStringLiteral("Next")));
        QVERIFY(bench.isOn(ReviewPageId));
        if (small) {
            bench.wizard().setMinimumSize(boundedSize(bench.wizard().minimumSize(), {640, 480})); // as on that screen
            bench.wizard().resize(640, 480);
        }
        QTest::qWait(50);
        QWidget *panel = bench.wizard().findChild<QWidget *>(QStringLiteral("checklist"));
        bringIntoView(seen<QAbstractButton>(bench.wizard(), "changeChecklist").constFirst());
        QTest::qWait(50);
        const auto take = [](QWidget &window, const char *name) {
            if (const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES"); !folder.isEmpty())
                QVERIFY(QDir().mkpath(folder) &&
                        window.grab().save(QStringLiteral("%1/%2-%3.png")
                                               .arg(folder, QLatin1String(name),
                                                    QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-'))));
        };
        take(bench.wizard(), "checklist");
        static const QRegularExpression gaps(QStringLiteral("[\\s\u200b]"));
        for (const QLabel *label : panel->findChildren<QLabel *>()) {
            if (!label->isVisible() || !label->wordWrap())
                continue;
            QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            for (const QString &word : label->text().split(gaps)) // what is longer than a line is cut off
                QVERIFY2(label->fontMetrics().horizontalAdvance(word) <= label->width(), qPrintable(word));
        }
        for (const QWidget *part : panel->findChildren<QWidget *>()) {
            if (part->isVisible() && part->focusPolicy() != Qt::NoFocus)
                QVERIFY2(panel->rect().contains(QRect(part->mapTo(panel, QPoint()), part->size())),
                         qPrintable(part->objectName()));
        }
        QVERIFY(bench.press(QStringLiteral("Change this list…")));
        QWidget *dialog = dialogOf(bench);
        QVERIFY(dialog);
        if (small)
            dialog->resize(640, 480);
        QTest::qWait(50);
        QVERIFY(dialog->width() <= 640 || !small);
        take(*dialog, "checklist-dialog");
        for (const QAbstractButton *button : dialog->findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
        }
    }
};

QTEST_MAIN(WizardChecklistPicturesTest)
#include "wizard_checklist_pictures_test.moc"
