#include "ui/wizard/decision_blocks.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/look/panel.h"
#include "ui/look/text_cache.h"
#include "ui/widgets/elided_label.h"

#include <QGridLayout>
#include <QPainter>

namespace tidemark {

namespace {

constexpr double sideBySide = 140; ///< units of width from which there may be room for it
constexpr double mostWhole = 50;   ///< units that a name may take without losing its middle

} // namespace

class DecisionBlock : public Panel
{
public:
    DecisionBlock()
        : Panel(2.5)
        , m_grid(new QGridLayout(this))
        , m_icon(new LookIcon(QStringLiteral("target"), Ink::Text2, 4.5))
        , m_caption(new LookLabel({}, TypeRole::CaptionMedium, Ink::Text2, LookLabel::Wrap::Yes))
        , m_what(new ElidedLabel(Qt::ElideMiddle))
        , m_first(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
        , m_second(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    {
        m_what->setObjectName(QStringLiteral("decision"));
        m_grid->setContentsMargins({});
        m_grid->setVerticalSpacing(0);
        keepInk(m_what, Ink::Text);
        keepMeasures(this, [this] {
            m_grid->setHorizontalSpacing(u(1.5));
            fit();
        });
        place();
    }

    void show(const DecisionFact &fact)
    {
        const Ink ink = fact.isErased ? Ink::Danger : Ink::Text2;
        setTone(fact.isErased ? std::optional(Ink::Danger) : std::nullopt, false);
        m_icon->setIcon(fact.icon, ink);
        m_caption->setInk(ink);
        m_caption->setText(fact.caption);
        // Told with what it belongs to: how long ago that is moves on without being news.
        if (m_what->text() != fact.what || m_first->text() != fact.first)
            m_second->setAccessibleName(fact.second);
        m_what->setText(fact.what);
        m_first->setText(fact.first);
        m_first->setVisible(!fact.first.isEmpty());
        m_second->setText(fact.second);
        m_second->setVisible(!fact.second.isEmpty());
    }

    /// In large type, beside the others.
    int wantedWidth() const
    {
        const QMargins around = contentsMargins();
        return std::min(textWidth(m_what->text(), TypeRole::Display), u(mostWhole)) + around.left() + around.right() +
               u(1);
    }

    void setFlat(bool isFlat)
    {
        m_isFlat = isFlat;
        fit();
        place();
    }

private:
    void fit() { m_what->setFont(typeFont(m_isFlat ? TypeRole::Title : TypeRole::Display)); }

    void place()
    {
        for (QWidget *part : std::initializer_list<QWidget *>{m_icon, m_caption, m_what, m_first, m_second})
            m_grid->removeWidget(part);
        m_grid->addWidget(m_icon, 0, 0, Qt::AlignVCenter);
        m_grid->addWidget(m_caption, 0, 1, Qt::AlignVCenter);
        // Flat, the caption stands beside what it is of.
        const int row = m_isFlat ? 0 : 1;
        const int column = m_isFlat ? 2 : 0;
        const int span = m_isFlat ? 1 : 2;
        m_grid->addWidget(m_what, row, column, 1, span);
        m_grid->addWidget(m_first, row + 1, column, 1, span);
        m_grid->addWidget(m_second, row + 2, column, 1, span);
        m_grid->setColumnStretch(1, m_isFlat ? 2 : 1);
        m_grid->setColumnStretch(2, m_isFlat ? 5 : 0);
        m_grid->setRowStretch(4, 1);
    }

    bool m_isFlat = false;
    QGridLayout *m_grid;
    LookIcon *m_icon;
    LookLabel *m_caption;
    ElidedLabel *m_what;
    LookLabel *m_first;
    LookLabel *m_second;
};

DecisionBlocks::DecisionBlocks(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_blocks{new DecisionBlock, new DecisionBlock, new DecisionBlock}
    , m_arrows{new LookIcon(QStringLiteral("arrow-right"), Ink::Text2, 5),
               new LookIcon(QStringLiteral("arrow-right"), Ink::Text2, 5)}
{
    setFocusPolicy(Qt::StrongFocus);
    for (size_t i = 0; i < m_blocks.size(); ++i) {
        m_layout->addWidget(m_blocks[i], 1);
        if (i < m_arrows.size())
            m_layout->addWidget(m_arrows[i], 0, Qt::AlignVCenter);
    }
    keepMeasures(this, [this] {
        const int ring = u(0.75); // of the focus
        m_layout->setContentsMargins(ring, ring, ring, ring);
        m_layout->setSpacing(u(1.5));
    });
}

void DecisionBlocks::show(const std::array<DecisionFact, 3> &facts)
{
    for (size_t i = 0; i < facts.size(); ++i)
        m_blocks[i]->show(facts[i]);
    std::array<DecisionFact, 3> told = facts;
    told[1].second.clear(); // how long ago
    if (told != m_told) {
        m_told = std::move(told);
        setAccessibleDescription(wordsOf(facts));
    }
    arrange();
}

/// Side by side where each moment and each name of a usual length has room in its third.
void DecisionBlocks::arrange()
{
    int widest = 0;
    for (const DecisionBlock *block : m_blocks)
        widest = std::max(widest, block->wantedWidth());
    const int between = m_arrows[0]->sizeHint().width() + 2 * m_layout->spacing();
    const QMargins around = m_layout->contentsMargins();
    const int wanted = 3 * widest + 2 * between + around.left() + around.right();
    const bool isStacked = width() < std::max(wanted, u(sideBySide));
    if (isStacked == m_isStacked)
        return;
    m_isStacked = isStacked;
    m_layout->setDirection(isStacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    for (DecisionBlock *block : m_blocks)
        block->setFlat(isStacked);
    for (LookIcon *arrow : m_arrows)
        arrow->setVisible(!isStacked);
}

void DecisionBlocks::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void DecisionBlocks::paintEvent(QPaintEvent *)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(roles().text, focusPen(), Qt::DotLine));
    painter.drawRect(rect().adjusted(0, 0, -focusPen(), -focusPen()));
}

} // namespace tidemark
