#include "look_kit.h"

#include "look_rows.h"
#include "ui/look/bar.h"
#include "ui/look/chip.h"
#include "ui/look/choice_card.h"
#include "ui/look/disclosure.h"
#include "ui/look/erase_button.h"
#include "ui/look/finding_row.h"
#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/notice.h"
#include "ui/look/stage_line.h"
#include "ui/look/stage_widgets.h"
#include "ui/look/step_rail.h"
#include "ui/look/text_cache.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QTreeView>

namespace tidemark::test {

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

class Swatch : public QWidget
{
public:
    Swatch(const char *name, const QColor &colour)
        : m_name(s(name))
        , m_colour(colour)
    {
        setMinimumSize(u(28), u(8));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(roles().line2);
        painter.setBrush(m_colour);
        painter.drawRoundedRect(QRectF(0.5, 0.5, u(8), u(7)), u(0.75), u(0.75));
        paintText(&painter, QRectF(u(10), 0, width() - u(10), u(4)), m_name, {TypeRole::Strong, roles().text});
        paintText(&painter, QRectF(u(10), u(4), width() - u(10), u(4)), m_colour.name(),
                  {TypeRole::Caption, roles().ink(Ink::Text2)});
    }

private:
    QString m_name;
    QColor m_colour;
};

class Bars : public QWidget
{
public:
    explicit Bars(QList<StageBar> bars)
        : m_bars(std::move(bars))
    {
        setFixedSize(u(24), u(4));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintStages(&painter, rect(), m_bars, layoutDirection());
    }

private:
    QList<StageBar> m_bars;
};

Panel *panelOf(const char *heading, QLayout *content)
{
    auto *panel = new Panel;
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins({});
    layout->setSpacing(u(1.5));
    layout->addWidget(new LookLabel(s(heading), TypeRole::Heading));
    layout->addLayout(content);
    layout->addStretch(1);
    return panel;
}

QGridLayout *grid()
{
    auto *layout = new QGridLayout;
    layout->setHorizontalSpacing(u(2));
    layout->setVerticalSpacing(u(2));
    return layout;
}

QLayout *swatches()
{
    const Roles &r = roles();
    auto *layout = grid();
    const std::pair<const char *, QColor> all[] = {{"text", r.text},
                                                   {"text2", r.ink(Ink::Text2)},
                                                   {"run", r.ink(Ink::Run)},
                                                   {"ok", r.ink(Ink::Ok)},
                                                   {"warn", r.ink(Ink::Warn)},
                                                   {"danger", r.ink(Ink::Danger)},
                                                   {"edge", r.edge},
                                                   {"line", r.line},
                                                   {"sel", r.sel},
                                                   {"page", r.page},
                                                   {"window", r.window},
                                                   {"base", r.base}};
    int place = 0;
    for (const auto &[name, colour] : all) {
        layout->addWidget(new Swatch(name, colour), place / 6, place % 6);
        ++place;
    }
    return layout;
}

QLayout *types()
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(u(0.5));
    const std::tuple<const char *, TypeRole, Ink> all[] = {
        {"display 1.8", TypeRole::Display, Ink::Text},
        {"title 1.5", TypeRole::Title, Ink::Text},
        {"heading 1.15 DemiBold", TypeRole::Heading, Ink::Text},
        {"strong 1.0 DemiBold", TypeRole::Strong, Ink::Text},
        {"body 1.0", TypeRole::Body, Ink::Text},
        {"caption 0.9, role text2", TypeRole::Caption, Ink::Text2},
        {"mono 0.92: db-09.example.net:27018", TypeRole::Mono, Ink::Text}};
    for (const auto &[text, type, ink] : all)
        layout->addWidget(new LookLabel(s(text), type, ink));
    return layout;
}

QLayout *chips()
{
    auto *layout = grid();
    const std::pair<ChipKind, const char *> all[] = {{ChipKind::Waiting, "Ordered"},
                                                     {ChipKind::HandedOver, "Handed over"},
                                                     {ChipKind::Agents, "Agents at work"},
                                                     {ChipKind::InPlace, "Data in place"},
                                                     {ChipKind::Error, "Agent error"},
                                                     {ChipKind::Ready, "Ready"},
                                                     {ChipKind::Expired, "Link expired"},
                                                     {ChipKind::Cancelled, "Cancelled"},
                                                     {ChipKind::Running, "Downloading"},
                                                     {ChipKind::Verified, "Verified"},
                                                     {ChipKind::Intact, "Intact, not verified"},
                                                     {ChipKind::Corrupt, "Corrupt"},
                                                     {ChipKind::Paused, "Paused: disk is full"},
                                                     {ChipKind::Off, "Stopped"},
                                                     {ChipKind::Attention, "Not known yet"},
                                                     {ChipKind::Safe, "No cluster is changed"},
                                                     {ChipKind::Erases, "The target is erased first"}};
    int place = 0;
    for (const auto &[kind, text] : all) {
        auto *chip = new Chip;
        chip->setChip({kind, s(text)});
        layout->addWidget(chip, place / 3, place % 3, Qt::AlignLeading);
        ++place;
    }
    layout->setColumnStretch(2, 1);
    return layout;
}

QLayout *barsAndStages()
{
    auto *layout = grid();
    layout->setVerticalSpacing(u(1));
    layout->setColumnStretch(1, 1);
    const std::tuple<BarKind, double, const char *> bars[] = {{BarKind::Run, 0.6, "Downloading"},
                                                              {BarKind::Verified, 1, "Verified"},
                                                              {BarKind::Intact, 1, "Intact, not verified"},
                                                              {BarKind::Corrupt, 1, "Corrupt"},
                                                              {BarKind::Paused, 0.34, "Paused"},
                                                              {BarKind::Waiting, 0, "Waiting"}};
    int row = 0;
    for (const auto &[kind, fraction, text] : bars) {
        auto *line = new ProgressLine;
        line->setBar({kind, fraction});
        layout->addWidget(new LookLabel(s(text), TypeRole::Caption), row, 0);
        layout->addWidget(line, row++, 1);
    }
    const StageBar done{StageState::Done, {}};
    const StageBar toCome{StageState::ToCome, {}};
    const std::pair<QList<StageBar>, const char *> lines[] = {
        {{done, {StageState::Now, {}}, toCome, toCome}, "Ordered, not yet accepted"},
        {{done, done, {StageState::Now, 0.88}, toCome}, "Agents at work, 22 of 25"},
        {{done, done, {StageState::Failed, {}}, toCome}, "An agent reports an error"},
        {{done, done, {StageState::Over, {}}, toCome}, "Cancelled, or expired"},
        {{done, done, done, done}, "Data in place"}};
    for (const auto &[stages, text] : lines) {
        layout->addWidget(new Bars(stages), row, 0);
        layout->addWidget(new LookLabel(s(text), TypeRole::Caption, Ink::Text2), row++, 1);
    }
    return layout;
}

QLayout *findings()
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(0);
    const std::tuple<FindingKind, const char *, const char *> all[] = {
        {FindingKind::Error, "Error: stops Next.", "Says what to do."},
        {FindingKind::Warning, "Warning: is ticked on Review.", "Says what follows from it."},
        {FindingKind::Unchecked, "Unchecked: nobody knows; ticked too.", "Says how to look by hand."},
        {FindingKind::Passed, "Passed: one line for all of them.", ""}};
    for (const auto &[kind, sentence, hint] : all) {
        auto *row = new FindingRow;
        row->setFinding(kind, s(sentence), s(hint));
        layout->addWidget(row);
        if (kind == FindingKind::Warning || kind == FindingKind::Unchecked) {
            row->setTickable();
            row->checkBox()->setChecked(kind == FindingKind::Warning);
        }
    }
    return layout;
}

QLayout *noticesAndButtons()
{
    auto *layout = new QVBoxLayout;
    layout->setSpacing(u(1.75));
    const std::pair<NoticeKind, const char *> all[] = {
        {NoticeKind::Note, "Notice: what is going on."},
        {NoticeKind::Good, "Notice: this is as it should be."},
        {NoticeKind::Soon, "Notice: do this soon."},
        {NoticeKind::Lost, "Notice: this is lost, or must not be used."}};
    for (const auto &[kind, title] : all) {
        auto *notice = new NoticePanel;
        notice->say(kind, s(title), kind == NoticeKind::Lost ? s("All bytes came, but they are not those.") : QString(),
                    kind == NoticeKind::Lost ? s("erase") : QString());
        layout->addWidget(notice);
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(u(2));
    auto *next = new QPushButton(s("Next"));
    next->setDefault(true);
    auto *copy = new QPushButton(lookIcon(s("copy-link")), s("Copy link"));
    auto *off = new QPushButton(lookIcon(s("pause")), s("Pause"));
    off->setEnabled(false);
    auto *erase = new EraseButton;
    erase->setWords(s("Erase drill-sharded and restore"));
    for (QPushButton *button : {new QPushButton(s("Back")), next, copy, off}) {
        button->setIconSize({u(5), u(5)});
        button->setMinimumHeight(u(7.5));
        row->addWidget(button);
    }
    row->addWidget(erase);
    row->addStretch(1);
    layout->addLayout(row);
    auto *field = new QLineEdit(s("drill-sharded"));
    field->setMinimumHeight(u(8));
    auto *last = new QHBoxLayout;
    last->addWidget(new Disclosure(s("Show request")));
    last->addWidget(field, 1);
    layout->addLayout(last);
    return layout;
}

QLayout *cards()
{
    auto *layout = new QHBoxLayout;
    layout->setSpacing(u(3));
    auto *chosen = new ChoiceCard(s("point-in-time"), s("Choice card, chosen and focused"),
                                  s("2 px run border, sel ground; focus is a dotted line of text."));
    auto *other = new ChoiceCard(s("oplog"), s("Choice card"), s("1 px line2 border; hover is the hover ground."));
    auto *impossible = new ChoiceCard(s("checkpoint"), s("Impossible card"), s("Dashed."));
    impossible->setObjection(s("The reason in full: FCV is 6.0."));
    chosen->setObjectName(s("chosenCard"));
    chosen->setChecked(true);
    for (ChoiceCard *card : {chosen, other, impossible})
        layout->addWidget(card, 1);
    return layout;
}

QWidget *rows()
{
    auto *view = new QTreeView;
    auto *model = new LookRows(6);
    model->setParent(view);
    view->setModel(model);
    view->setItemDelegate(new RowDelegate(view));
    view->setRootIsDecorated(false);
    view->setAllColumnsShowFocus(true);
    view->header()->hide();
    giveSelectionLook(view);
    view->setCurrentIndex(model->index(1, 0));
    for (int column = 0; column < 4; ++column)
        view->header()->resizeSection(column, u(42));
    view->setMinimumHeight(u(13.5) * 4 + 2);
    view->setMinimumWidth(u(172));
    return view;
}

QLayout *stagesOfOne()
{
    const QDateTime at(QDate(2026, 11, 26), QTime(14, 11, 40), Qt::UTC);
    const std::vector<Stage> stages{{s("Ordered"), StageState::Done, at, {}, {}},
                                    {s("Accepted"), StageState::Done, at, s("3 of 3 handed over"), {}},
                                    {s("Agents at work"), StageState::Now, {}, s("22 of 25 at the goal"), 0.88},
                                    {s("Data in place"), StageState::ToCome, {}, s("when all 25 are at the goal"), {}}};
    auto *column = new StageColumn;
    column->setStages(stages);
    auto *row = new StageRow;
    row->setStages({stages[0],
                    {s("Accepted"), StageState::Failed, {}, s("1 of 3 broken"), {}},
                    {s("Link expired"), StageState::Over, {}, {}, {}},
                    stages[3]});
    auto *layout = new QVBoxLayout;
    layout->setSpacing(u(3));
    layout->addWidget(column);
    layout->addWidget(row);
    return layout;
}

StepRail *rail()
{
    auto *rail = new StepRail;
    rail->setSteps({{s("Source"), s("shop-prod")},
                    {s("Restore mode"), s("Point in time")},
                    {s("Restore point"), s("14:03:06 UTC")},
                    {s("Target"), s("drill-sharded")},
                    {s("Review"), {}},
                    {s("Submitted"), {}}},
                   4);
    rail->setFoot(s("shield"), Ink::Ok, s("Nothing is sent yet"));
    return rail;
}

} // namespace

QWidget *makeKit()
{
    auto *kit = new QWidget;
    keepPageGround(kit);
    auto *main = new QVBoxLayout;
    main->setContentsMargins(u(4), u(3), u(4), u(2));
    main->setSpacing(u(2));
    main->addWidget(panelOf("Roles", swatches()));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(u(2.5));
    middle->addWidget(panelOf("Type, relative to the application font", types()));
    middle->addWidget(panelOf("Chips: shape, word, colour", chips()));
    middle->addWidget(panelOf("Progress cell and stage line", barsAndStages()), 1);
    main->addLayout(middle);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(u(3));
    lower->addWidget(panelOf("Finding rows", findings()), 2);
    lower->addLayout(noticesAndButtons(), 3);
    main->addLayout(lower);
    main->addLayout(cards());
    auto *last = new QHBoxLayout;
    last->setSpacing(u(3));
    last->addWidget(rows(), 3);
    last->addWidget(panelOf("Stages", stagesOfOne()), 2);
    main->addLayout(last, 1);
    auto *all = new QHBoxLayout(kit);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addWidget(rail());
    all->addLayout(main, 1);
    return kit;
}

} // namespace tidemark::test
