#include "ui/wizard/headed_page.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/window_size.h"

#include <QVBoxLayout>

namespace tidemark {

HeadedPage::HeadedPage(QWidget *parent)
    : QWizardPage(parent)
    , m_head(new QWidget(this))
    , m_title(new LookLabel({}, TypeRole::Title, Ink::Text, LookLabel::Wrap::Yes))
    , m_what(new LookLabel({}, TypeRole::Body, Ink::Text2, LookLabel::Wrap::Yes))
    , m_notice(new FieldHint)
{
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_what->setObjectName(QStringLiteral("pageSubTitle"));
    auto *layout = new QVBoxLayout(m_head);
    layout->addWidget(m_title);
    layout->addWidget(m_what);
    layout->addWidget(m_notice);
    m_notice->setObjectName(QStringLiteral("pageNotice"));
    m_notice->setKeepsPlace(false);
    keepMeasures(m_head, [layout] {
        layout->setContentsMargins(u(6), u(5), u(6), u(1));
        layout->setSpacing(0);
    });
}

void HeadedPage::layOut()
{
    QLayout *content = layout();
    makeScrollable(*this);
    static_cast<QBoxLayout *>(layout())->insertWidget(0, m_head);
    layout()->setSpacing(0);
    keepMeasures(this, [content] { content->setContentsMargins(u(6), u(2), u(6), u(3)); });
    keepPageGround(this);
}

void HeadedPage::sayInHead(const QString &text)
{
    m_notice->say(text.isEmpty() ? FieldHint::Level::None : FieldHint::Level::Note, text);
}

void HeadedPage::setHead(const QString &title, const QString &what)
{
    m_title->setText(title);
    m_what->setText(what);
    setAccessibleName(title);
    setAccessibleDescription(what);
}

} // namespace tidemark
