#include "look_palettes.h"
#include "ui/look/look_style.h"
#include "ui/look/metrics.h"
#include "ui/look/roles.h"

#include <QApplication>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

struct NamedInk
{
    const char *name;
    Ink ink;
};
constexpr NamedInk inks[] = {{"text", Ink::Text}, {"text2", Ink::Text2},   {"run", Ink::Run},  {"ok", Ink::Ok},
                             {"warn", Ink::Warn}, {"danger", Ink::Danger}, {"idle", Ink::Idle}};

QString words(const char *palette, const char *ink, const QColor &colour, const QString &ground, double ratio)
{
    return QStringLiteral("%1: %2 %3 on %4: %5")
        .arg(QLatin1String(palette), QLatin1String(ink), colour.name(), ground)
        .arg(ratio, 0, 'f', 2);
}

} // namespace

class LookRolesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastIsThatOfWcag()
    {
        QCOMPARE(qRound(contrast(Qt::white, Qt::black) * 100), 2100);
        QCOMPARE(qRound(contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(contrast(QColor("#777777"), Qt::white) * 100), 448); // the known grey that just fails
        QCOMPARE(luminance(Qt::white), 1.0);
        QCOMPARE(mix(Qt::black, Qt::white, 0.5), QColor("#808080"));
        QCOMPARE(mix(QColor("#102030"), Qt::white, 0), QColor("#102030"));
    }

    void readableStopsAtTheFirstStepThatIsEnough()
    {
        const QColor ink = readable(QColor("#999999"), {Qt::white}, 4.5, Qt::black);
        QVERIFY(contrast(ink, Qt::white) >= 4.5);
        QCOMPARE(ink, readable(ink, {Qt::white}, 4.5, Qt::black));
        QVERIFY(contrast(mix(QColor("#999999"), Qt::black, 0.20), Qt::white) < contrast(ink, Qt::white));
        // Nothing is read on both: the end, not an endless loop.
        QCOMPARE(readable(Qt::gray, {Qt::black, Qt::white}, 15, Qt::black), QColor(Qt::black));
    }

    void everyInkIsReadOnEveryGround()
    {
        QStringList low;
        QString lowest;
        double worst = 99;
        for (const auto &[name, palette] : allPalettes()) {
            const Roles r(palette);
            for (const auto &[inkName, ink] : inks) {
                const std::pair<const char *, QColor> grounds[]{{"base", r.base},   {"window", r.window},
                                                                {"page", r.page},   {"sel", r.sel},
                                                                {"hover", r.hover}, {"its tint", r.tint(ink)}};
                for (const auto &[groundName, ground] : grounds) {
                    const double ratio = contrast(r.ink(ink), ground);
                    const QString line = words(name, inkName, r.ink(ink), QLatin1String(groundName), ratio);
                    if (ratio < 4.5)
                        low << line;
                    if (ratio < worst) {
                        worst = ratio;
                        lowest = line;
                    }
                }
            }
            for (const auto &[groundName, ground] : {std::pair{"base", r.base}, {"window", r.window}, {"page", r.page}})
                if (const double ratio = contrast(r.edge, ground); ratio < 3.0)
                    low << words(name, "edge", r.edge, QLatin1String(groundName), ratio);
            if (const double ratio = contrast(r.ink(Ink::OnErase), r.eraseFill); ratio < 4.5)
                low << words(name, "erase", r.ink(Ink::OnErase), r.eraseFill.name(), ratio);
            for (const auto solid : {Ink::Ok, Ink::Run, Ink::Danger}) // a tick of Base on them
                if (const double ratio = contrast(r.base, r.ink(solid)); ratio < 4.5)
                    low << words(name, "base", r.base, r.ink(solid).name(), ratio);
        }
        qInfo() << "lowest:" << qPrintable(lowest);
        QVERIFY2(low.isEmpty(), qPrintable(QLatin1Char('\n') + low.join(QLatin1Char('\n'))));
    }

    void textIsReadOnEveryTint()
    {
        for (const auto &[name, palette] : allPalettes()) {
            const Roles r(palette);
            for (const auto &[inkName, ink] : inks) {
                QVERIFY2(contrast(r.text, r.tint(ink)) >= 7, name);
                QVERIFY2(contrast(r.ink(Ink::Text2), r.tint(ink)) >= 4.5, name);
            }
        }
    }

    void pictures_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("colours");
        // run, ok, warn, danger, text2, edge, line, sel, page: of the pictures of the kit of parts.
        QTest::newRow("light") << false
                               << QStringLiteral(
                                      "#2a709d #1a7334 #8a5c02 #bd2a22 #6a6b6d #898a8c #dadadb #e4f0f8 #f8f8f8");
        QTest::newRow("dark") << true
                              << QStringLiteral(
                                     "#48b2ea #52c081 #e0a83a #fe867d #a7a9aa #777879 #3d4042 #234150 #222528");
    }
    void pictures()
    {
        QFETCH(bool, dark);
        QFETCH(QString, colours);
        const Roles r(dark ? darkPalette() : lightPalette());
        QCOMPARE(r.isDark(), dark);
        QVERIFY(!r.isHighContrast());
        const QStringList got{r.ink(Ink::Run).name(),
                              r.ink(Ink::Ok).name(),
                              r.ink(Ink::Warn).name(),
                              r.ink(Ink::Danger).name(),
                              r.ink(Ink::Text2).name(),
                              r.edge.name(),
                              r.line.name(),
                              r.sel.name(),
                              r.page.name()};
        QCOMPARE(got.join(QLatin1Char(' ')), colours);
        QCOMPARE(r.eraseFill, QColor("#c02a22"));
        QCOMPARE(r.ink(Ink::OnErase), QColor("#ffffff"));
    }

    void highContrastHasNoTintsAndStrongLines()
    {
        QPalette blackOnWhite = lightPalette();
        blackOnWhite.setColor(QPalette::Window, Qt::white);
        blackOnWhite.setColor(QPalette::Text, Qt::black);
        for (const QPalette &palette : {highContrastPalette(), blackOnWhite}) {
            const Roles r(palette);
            QVERIFY(r.isHighContrast());
            for (const QColor &line : {r.line, r.line2, r.edge, r.eraseEdge, r.ink(Ink::Text2), r.ink(Ink::OnErase)})
                QCOMPARE(line, r.text);
            for (const QColor &ground : {r.sel, r.hover, r.track, r.eraseFill})
                QCOMPARE(ground, r.base);
            for (const auto &[name, ink] : inks) {
                QCOMPARE(r.tint(ink), r.base);
                QCOMPARE(r.tintLine(ink), r.text);
            }
        }
    }

    void rolesFollowTheApplication()
    {
        const QPalette before = QApplication::palette();
        QApplication::setPalette(darkPalette());
        QCOMPARE(roles().ink(Ink::Run).name(), QStringLiteral("#48b2ea"));
        QApplication::setPalette(lightPalette());
        QCOMPARE(roles().ink(Ink::Run).name(), QStringLiteral("#2a709d"));
        QApplication::setPalette(before);
    }

    void theGridAndTheTypeFollowTheFont()
    {
        QCOMPARE(gridUnits(1, 18), 4);
        QCOMPARE(gridUnits(11.5, 18), 46);
        QCOMPARE(gridUnits(1, 36), 8);
        const QFont before = QApplication::font();
        QFont font = before;
        font.setPointSizeF(10);
        QApplication::setFont(font);
        const int generation = typeGeneration();
        QCOMPARE(u(10), gridUnits(10, QFontMetrics(font).height()));
        QCOMPARE(typeGeneration(), generation);
        font.setPointSizeF(20);
        QApplication::setFont(font);
        QVERIFY(typeGeneration() != generation);
        QCOMPARE(u(10), gridUnits(10, QFontMetrics(font).height()));
        QCOMPARE(typeFont(TypeRole::Display).pointSizeF(), 36.0);
        QCOMPARE(typeFont(TypeRole::Caption).pointSizeF(), 18.0);
        QCOMPARE(typeFont(TypeRole::Mono).pointSizeF(), 18.4);
        QCOMPARE(typeFont(TypeRole::Title).weight(), QFont::DemiBold);
        QApplication::setFont(before);
    }

    /// A scheme may leave black what cannot be used, on black.
    void whatCannotBeUsedIsSeen()
    {
        for (const NamedPalette &named : allPalettes()) {
            for (const QColor &pale : {QColor(Qt::black), QColor(Qt::white), QColor(Qt::darkGray)}) {
                QPalette palette = named.palette;
                for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
                    palette.setColor(QPalette::Disabled, role, pale);
                const double need = Roles(palette).isHighContrast() ? 4.5 : 1.5;
                QVERIFY2(contrast(Roles(palette).ink(Ink::Disabled), Roles(palette).base) >= need, named.name);
                LookStyle().polish(palette);
                for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
                    for (const auto ground : {QPalette::Window, QPalette::Base})
                        QVERIFY2(contrast(palette.color(QPalette::Disabled, role),
                                          palette.color(QPalette::Active, ground)) >= need,
                                 named.name);
                }
            }
        }
    }
};

QTEST_MAIN(LookRolesTest)

#include "look_roles_test.moc"
