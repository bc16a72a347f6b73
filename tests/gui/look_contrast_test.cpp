#include "look_palettes.h"
#include "look_rows.h"
#include "look_seen.h"
#include "ui/look/chip.h"
#include "ui/look/choice_card.h"
#include "ui/look/disclosure.h"
#include "ui/look/erase_button.h"
#include "ui/look/finding_row.h"
#include "ui/look/look_style.h"
#include "ui/look/metrics.h"
#include "ui/look/notice.h"
#include "ui/look/step_rail.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOptionViewItem>
#include <QTest>
#include <QVBoxLayout>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QRect zoomed(const QRectF &rect)
{
    return QRectF(rect.topLeft() * zoom, rect.size() * zoom).toAlignedRect();
}

QImage inner(const QImage &image, double units)
{
    const int inset = u(units) * zoom;
    return image.copy(image.rect().adjusted(inset, inset, -inset, -inset));
}

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QList<Seen> chips()
{
    QList<Seen> all;
    for (int kind = 0; kind <= int(ChipKind::Erases); ++kind) {
        Chip chip;
        chip.setChip({ChipKind(kind), s("Agents at work")});
        chip.resize(chip.sizeHint());
        all << pieces(QStringLiteral("chip %1").arg(kind), inner(pictureOf(chip), 0.75));
    }
    return all;
}

/// Cells of all columns; the bar's and the stages' own colours are looked at by themselves.
QList<Seen> rows()
{
    const std::pair<const char *, QStyle::State> states[] = {
        {"normal", QStyle::State_None},
        {"selected", QStyle::State_Selected},
        {"hover", QStyle::State_MouseOver},
        {"focused", QStyle::State_Selected | QStyle::State_HasFocus}};
    QList<Seen> all;
    const LookRows model(17);
    const RowDelegate delegate;
    for (const auto &[name, state] : states) {
        for (int row = 0; row < 17; ++row) {
            for (int column = 0; column < 4; ++column) {
                QStyleOptionViewItem option;
                option.rect = QRect(0, 0, u(60), u(13.5));
                option.state = state | QStyle::State_Enabled;
                option.viewItemPosition = QStyleOptionViewItem::Middle;
                QImage image = canvas(option.rect.size(), roles().base);
                {
                    QPainter painter(&image);
                    delegate.paint(&painter, option, model.index(row, column));
                }
                image.setDevicePixelRatio(1);
                const int half = u(13.5) / 2;
                const QRectF area = column < 2    ? QRectF(u(1.5), u(1.5), u(57), u(10.5))
                                    : column == 2 ? QRectF(u(1.5), half, u(57), u(13.5) - half - u(1.5))
                                                  : QRectF(u(24), half + u(1.5), u(34), u(13.5) - half - u(3));
                all << pieces(QStringLiteral("row %1, column %2, %3").arg(row).arg(column).arg(QLatin1String(name)),
                              image.copy(zoomed(area)));
            }
        }
    }
    return all;
}

/// The filled part of a bar against the ground of its cell, of those that say something by it: Paused is grey and
/// Waiting empty on purpose, their words stand below.
QList<Seen> bars()
{
    QList<Seen> all;
    for (const QColor &ground : {roles().base, roles().sel, roles().page}) {
        for (const BarKind kind : {BarKind::Run, BarKind::Verified, BarKind::Intact, BarKind::Corrupt}) {
            QImage image = canvas({u(30), u(2)}, ground);
            {
                QPainter painter(&image);
                paintBar(&painter, QRectF(0, 0, u(30), u(2)), {kind, 1}, Qt::LeftToRight);
            }
            image.setDevicePixelRatio(1);
            Seen seen{QStringLiteral("bar %1").arg(int(kind)), {}, ground, 0};
            // The top half is filled in all of them; stripes are left out by taking the strongest.
            for (int x = u(5) * zoom; x < u(25) * zoom; ++x) {
                const QColor colour = image.pixelColor(x, u(0.75) * zoom);
                if (contrast(colour, ground) > seen.ratio)
                    seen = {seen.what, colour, ground, contrast(colour, ground)};
            }
            all << seen;
        }
    }
    return all;
}

template<typename Button>
QList<Seen> button(const char *what, Button &shown, double inset, int left = 0)
{
    const auto picture = [&] {
        const QImage image = inner(pictureOf(shown), inset);
        return image.copy(image.rect().adjusted(left * zoom, 0, 0, 0));
    };
    QWidget window;
    shown.setParent(&window);
    window.setAutoFillBackground(true);
    window.resize(u(120), u(40));
    shown.setGeometry(u(2), u(2), std::max(shown.sizeHint().width(), u(20)),
                      std::max(shown.sizeHint().height(), u(7.5)));
    window.show();
    if (!QTest::qWaitForWindowActive(&window))
        return {};
    QList<Seen> all = pieces(QStringLiteral("%1, normal").arg(s(what)), picture());
    shown.setFocus();
    all << pieces(QStringLiteral("%1, focused").arg(s(what)), picture());
    if (shown.isCheckable()) {
        shown.setChecked(true);
        all << pieces(QStringLiteral("%1, chosen").arg(s(what)), picture());
    }
    shown.setParent(nullptr);
    return all;
}

QList<Seen> cardsAndButtons()
{
    ChoiceCard card(s("oplog"), s("Restore to an oplog timestamp"), s("The agents restore everything."));
    // Beside the indicator, which is an outline: 3 to 1 is what it needs.
    const int leftOfCard = u(7.5);
    QList<Seen> all = button("card", card, 1.5, leftOfCard);
    ChoiceCard impossible(s("oplog"), s("Restore to a checkpoint"), s("The agents restore everything."));
    impossible.setObjection(s("Checkpoints exist up to FCV 4.0."));
    impossible.resize(u(100), impossible.heightForWidth(u(100)));
    const QImage image = inner(pictureOf(impossible), 1.5);
    // Its indicator cannot be used.
    all << pieces(s("impossible card"), image.copy(image.rect().adjusted(leftOfCard * zoom, 0, 0, 0)));
    EraseButton erase;
    erase.setWords(s("Erase drill-sharded and restore"));
    all << button("erase button", erase, 1.5);
    QPushButton push(s("Copy link"));
    all << button("push button", push, 1.5);
    Disclosure disclosure(s("Show request"));
    all << button("disclosure", disclosure, 0.5);
    return all;
}

QList<Seen> panels()
{
    QList<Seen> all;
    for (const NoticeKind kind : {NoticeKind::Note, NoticeKind::Good, NoticeKind::Soon, NoticeKind::Lost}) {
        NoticePanel notice;
        notice.say(kind, s("This is lost."), s("All bytes came."));
        notice.resize(u(80), notice.heightForWidth(u(80)));
        all << pieces(QStringLiteral("notice %1").arg(int(kind)), inner(pictureOf(notice), 1.5));
    }
    for (const FindingKind kind :
         {FindingKind::Error, FindingKind::Warning, FindingKind::Unchecked, FindingKind::Passed}) {
        QWidget page;
        page.setAutoFillBackground(true);
        auto *layout = new QVBoxLayout(&page);
        auto *row = new FindingRow;
        row->setFinding(kind, s("It is in use."), s("Stop it."));
        layout->addWidget(row);
        page.resize(u(80), u(16));
        page.ensurePolished();
        all << pieces(QStringLiteral("finding %1").arg(int(kind)), pictureOf(page));
    }
    StepRail rail;
    rail.setSteps({{s("Source"), s("shop-prod")}, {s("Review"), {}}, {s("Submitted"), {}}}, 1);
    rail.setFoot(s("shield"), Ink::Ok, s("Nothing is sent yet"));
    rail.resize(rail.sizeHint().width(), u(80));
    // Texts only: a node that is not reached is hollow.
    const int left = u(12) * zoom;
    const QImage image = pictureOf(rail);
    const QImage texts = image.copy(left, 0, image.width() - left - u(3) * zoom, image.height());
    for (const auto &[top, height] : {std::pair{4.0, 9.0}, {18.5, 8.0}, {32.0, 8.0}, {70.0, 9.0}})
        all << pieces(s("rail"), texts.copy(0, u(top) * zoom, texts.width(), u(height) * zoom));
    return all;
}

} // namespace

class LookContrastTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        useLookStyle();
        QFont font = QApplication::font();
        font.setPointSizeF(10);
        QApplication::setFont(font);
    }

    void theWatchSeesWhatIsTooPale()
    {
        QImage image(200, 100, QImage::Format_RGB32);
        image.fill(Qt::white);
        {
            QPainter painter(&image);
            painter.setPen(QPen(QColor("#999999"), 6));
            painter.drawRect(20, 20, 60, 50);
            painter.setPen(QPen(Qt::black, 6));
            painter.drawRect(140, 20, 40, 50);
        }
        const QList<Seen> seen = pieces({}, image);
        QCOMPARE(seen.size(), 2);
        QVERIFY(seen.at(0).ratio < 4.5);
        QCOMPARE(seen.at(0).ink.name(), QStringLiteral("#999999"));
        QCOMPARE(qRound(seen.at(1).ratio), 21);
    }

    void everythingPaintedIsRead_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
        QTest::newRow("high contrast") << highContrastPalette();
    }
    void everythingPaintedIsRead()
    {
        QFETCH(QPalette, palette);
        QApplication::setPalette(palette);
        QList<Seen> all;
        for (const auto &[part, atLeast] :
             {std::pair{chips(), 30}, {rows(), 400}, {bars(), 12}, {cardsAndButtons(), 20}, {panels(), 20}}) {
            QVERIFY2(part.size() >= atLeast, qPrintable(QString::number(part.size())));
            all << part;
        }
        const Seen least = lowest(all);
        QVERIFY2(least.ratio >= 4.5, qPrintable(least.what));
    }
};

QTEST_MAIN(LookContrastTest)

#include "look_contrast_test.moc"
