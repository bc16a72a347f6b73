#include "ui/wizard/erase_panel.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/elided_label.h"

#include <QGridLayout>
#include <QHBoxLayout>

namespace tidemark {

ErasePanel::ErasePanel(const QString &heading, QWidget *parent)
    : Panel(2.5, parent)
    , m_name(new ElidedLabel(Qt::ElideMiddle))
    , m_first(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_others(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_texts(new QVBoxLayout)
    , m_grid(new QGridLayout)
{
    setTone(Ink::Danger);
    m_name->setObjectName(QStringLiteral("erasedName"));
    keepFont(m_name, TypeRole::Title);
    keepInk(m_name, Ink::Text);
    if (!heading.isEmpty())
        m_texts->addWidget(new LookLabel(heading, TypeRole::Heading, Ink::Danger));
    m_texts->addWidget(m_name);
    m_texts->addWidget(m_first);
    m_texts->addWidget(m_others);
    m_texts->addLayout(m_grid);
    m_texts->addStretch(1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(new LookIcon(QStringLiteral("erase"), Ink::Danger, 5), 0, Qt::AlignTop);
    row->addLayout(m_texts, 1);
    keepMeasures(this, [this, row] {
        m_texts->setSpacing(u(0.5));
        row->setSpacing(u(2.5));
        m_grid->setHorizontalSpacing(u(3));
        m_grid->setVerticalSpacing(u(0.5));
    });
    m_grid->setColumnStretch(1, 1);
}

void ErasePanel::addBelow(QWidget *widget)
{
    m_texts->insertWidget(m_texts->count() - 1, widget); // above the stretch
}

void ErasePanel::say(const QString &name, const QStringList &sentences, const std::vector<Line> &lines)
{
    m_name->setText(name);
    m_first->setText(sentences.value(0));
    m_first->setVisible(!sentences.isEmpty());
    m_others->setText(sentences.mid(1).join(QLatin1Char(' ')));
    m_others->setVisible(sentences.size() > 1);
    QStringList words{name};
    words << sentences;
    for (const Line &line : lines)
        words << tr("%1: %2").arg(line.first, line.second);
    if (const QString told = words.join(QLatin1Char(' ')); told != accessibleName())
        setAccessibleName(told);
    if (lines == m_lines)
        return;
    m_lines = lines;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    int row = 0;
    for (const Line &line : lines) {
        m_grid->addWidget(new LookLabel(line.first, TypeRole::Caption, Ink::Text2), row, 0, Qt::AlignTop);
        m_grid->addWidget(new LookLabel(line.second, TypeRole::CaptionMedium, Ink::Text, LookLabel::Wrap::Yes), row, 1);
        ++row;
    }
}

} // namespace tidemark
