#include "ui/look/finding_row.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QCheckBox>
#include <QHBoxLayout>

namespace tidemark {

namespace {

std::pair<Ink, QString> lookOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Warning:
        return {Ink::Warn, QStringLiteral("warning")};
    case FindingKind::Unchecked:
        return {Ink::Idle, QStringLiteral("unchecked")};
    case FindingKind::Note:
        return {Ink::Run, QStringLiteral("info")};
    case FindingKind::Passed:
        return {Ink::Ok, QStringLiteral("verified")};
    case FindingKind::Error:
        break;
    }
    return {Ink::Danger, QStringLiteral("error")};
}

} // namespace

FindingRow::FindingRow(QWidget *parent)
    : QWidget(parent)
    , m_icon(new LookIcon(QStringLiteral("error"), Ink::Danger, 4.5))
    , m_sentence(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_hint(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
{
    m_sentence->setObjectName(QStringLiteral("findingSentence"));
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hint->setObjectName(QStringLiteral("findingHint"));
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_sentence);
    texts->addWidget(m_hint);
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    keepMeasures(this, [row] {
        row->setSpacing(u(2.5));
        row->setContentsMargins(0, u(0.5), 0, u(0.5));
    });
}

void FindingRow::setFinding(FindingKind kind, const QString &sentence, const QString &hint)
{
    m_kind = kind;
    const auto [ink, icon] = lookOf(kind);
    m_icon->setIcon(icon, ink);
    m_sentence->setText(sentence);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    if (m_box != nullptr)
        m_box->setAccessibleName(sentence);
}

void FindingRow::setTickable()
{
    if (m_box != nullptr)
        return;
    m_box = new QCheckBox;
    m_box->setObjectName(QStringLiteral("findingTick"));
    m_box->setAccessibleName(m_sentence->text());
    static_cast<QHBoxLayout *>(layout())->insertWidget(0, m_box, 0, Qt::AlignTop);
}

} // namespace tidemark
