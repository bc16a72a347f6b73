#include "look_palettes.h"
#include "plan_bench.h"
#include "ui/look/look_style.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>

using namespace tidemark;
using namespace tidemark::test;

/// The plan's window in the light and the dark, small, and with a large font: what can be pressed is seen, and nothing
/// that is read is cut off. With TIDEMARK_PICTURES set to a folder the pictures are kept there, for people to look at.
class PlanPicturesTest : public QObject
{
    Q_OBJECT

private:
    void take(const char *name) const
    {
        QTest::qWait(50); // layouts settle
        QWidget *dialog = m_plans->dialog();
        if (const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES"); !folder.isEmpty())
            QVERIFY(QDir().mkpath(folder) &&
                    dialog->grab().save(QStringLiteral("%1/plan-%2-%3.png")
                                            .arg(folder, QLatin1String(QTest::currentDataTag()), QLatin1String(name))));
        for (const QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (!button->isVisible())
                continue;
            const QRect place(button->mapTo(dialog, QPoint()), button->size());
            QVERIFY2(dialog->rect().contains(place), qPrintable(button->text()));
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
        }
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->isVisible() && label->wordWrap())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
        }
    }

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<PlanBench> m_plans;
    const QPalette m_palette = QApplication::palette();
    const QFont m_font = QApplication::font();

private Q_SLOTS:
    void initTestCase()
    {
        useLookStyle();
        m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent")});
        QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
    }
    void cleanup()
    {
        m_plans.reset();
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

    void nothingIsCutOff()
    {
        QFETCH(bool, dark);
        QFETCH(bool, small);
        QFETCH(double, font);
        QApplication::setPalette(dark ? darkPalette() : lightPalette());
        QFont larger = m_font;
        larger.setPointSizeF(m_font.pointSizeF() * font);
        QApplication::setFont(larger);
        m_plans = std::make_unique<PlanBench>(*m_cloud);
        QVERIFY(m_plans->connectDemo());
        RestorePlan plan = m_plans->plan();
        const auto size = [&] {
            m_plans->dialog()->resize(small ? QSize(640, 480) : m_plans->dialog()->size());
            QCoreApplication::sendPostedEvents();
        };
        QVERIFY(m_plans->write(plan) && m_plans->open());
        QTRY_VERIFY(m_plans->text().contains(QStringLiteral("as it was.")));
        size();
        take("as-it-was");
        plan.note = QString(60, QLatin1Char('n')) + QStringLiteral(" and more words of a note that is long. ") +
                    QString(200, QLatin1Char('m'));
        plan.target->name = QStringLiteral("drill-before-the-summer");
        plan.target->versions = {QStringLiteral("5.0.1")};
        plan.point = SnapshotPoint{SnapshotId(QStringLiteral("5f0000000000000000000003"))};
        QVERIFY(m_plans->write(plan) && m_plans->open());
        QTRY_VERIFY(m_plans->text().contains(QStringLiteral("is not there any more.")));
        size();
        take("changed");
        QVERIFY(m_plans->open(QStringLiteral("nowhere")));
        QTRY_VERIFY(m_plans->text().contains(QStringLiteral("cannot be opened")));
        size();
        take("refused");
    }
};

QTEST_MAIN(PlanPicturesTest)
#include "plan_pictures_test.moc"
