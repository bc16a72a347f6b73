#include "ui/look/notice.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace tidemark {

namespace {

std::pair<Ink, QString> lookOf(NoticeKind kind)
{
    switch (kind) {
    case NoticeKind::Good:
        return {Ink::Ok, QStringLiteral("verified")};
    case NoticeKind::Soon:
        return {Ink::Warn, QStringLiteral("warning")};
    case NoticeKind::Lost:
        return {Ink::Danger, QStringLiteral("error")};
    case NoticeKind::Note:
        break;
    }
    return {Ink::Run, QStringLiteral("info")};
}

} // namespace

NoticePanel::NoticePanel(QWidget *parent)
    : Panel(2.5, parent)
    , m_icon(new LookIcon(QStringLiteral("info"), Ink::Run, 4.5))
    , m_title(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_sentence(new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes))
    , m_row(new QHBoxLayout(this))
{
    m_title->setObjectName(QStringLiteral("noticeTitle"));
    m_sentence->setObjectName(QStringLiteral("noticeSentence"));
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_title);
    texts->addWidget(m_sentence);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addLayout(texts, 1);
    m_row->setContentsMargins({});
    keepMeasures(this, [this, texts] {
        texts->setSpacing(u(0.5));
        m_row->setSpacing(u(2.5));
    });
}

void NoticePanel::say(NoticeKind kind, const QString &title, const QString &sentence, const QString &icon)
{
    m_kind = kind;
    const auto [ink, name] = lookOf(kind);
    setTone(ink);
    m_icon->setIcon(icon.isEmpty() ? name : icon, ink);
    m_title->setType(sentence.isEmpty() ? TypeRole::Body : TypeRole::Strong);
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
}

void NoticePanel::addButton(QPushButton *button)
{
    m_row->addWidget(button, 0, Qt::AlignVCenter);
}

} // namespace tidemark
