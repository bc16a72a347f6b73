#include "ui/widgets/message_bar.h"

#include "ui/look/look_label.h"
#include "ui/widgets/beside_or_below.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wrap_layout.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <utility>

namespace tidemark {

namespace {

std::pair<Ink, QString> lookOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Warning:
        return {Ink::Warn, QStringLiteral("warning")};
    case MessageBar::Kind::Error:
        return {Ink::Danger, QStringLiteral("error")};
    case MessageBar::Kind::Information:
        break;
    }
    return {Ink::Run, QStringLiteral("info")};
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : Panel(2.5, parent)
    , m_icon(new LookIcon(QStringLiteral("info"), Ink::Run, 5))
    , m_text(wrappingLabel())
    , m_buttons(nullptr)
{
    auto *buttons = new QWidget;
    m_buttons = new WrapLayout(buttons);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *said = new QWidget; // the buttons below have the whole width
    auto *row = new QHBoxLayout(said);
    row->setContentsMargins({});
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(new BesideOrBelow(said, buttons));
    hide();
}

void MessageBar::say(Kind kind, const QString &text)
{
    show(kind, text, {{tr("Close"), {}}}, {});
}

void MessageBar::sayForNow(Kind kind, const QString &text)
{
    show(kind, text, {}, {});
}

void MessageBar::ask(Kind kind, const QString &text, std::vector<Answer> answers, const QString &about)
{
    show(kind, text, std::move(answers), about);
}

void MessageBar::show(Kind kind, const QString &text, std::vector<Answer> answers, const QString &about)
{
    QStringList labels;
    for (const Answer &answer : answers)
        labels << answer.label;
    if (isVisibleTo(parentWidget()) && m_text->text() == text && m_labels == labels && m_about == about)
        return;
    const auto [ink, icon] = lookOf(kind);
    setTone(ink);
    m_icon->setIcon(icon, ink);
    m_text->setText(text);
    m_labels = labels;
    m_about = about;
    // New ones each time: an old button never does what a new text says.
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the button whose click led here
        item->widget()->hide();
        item->widget()->setObjectName({});
        delete item;
    }
    for (size_t i = 0; i < answers.size(); ++i) {
        auto *button = new QPushButton(answers[i].label);
        button->setObjectName(QStringLiteral("messageButton%1").arg(i));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, action = std::move(answers[i].action)] {
            const auto act = action; // the button may go with what it does
            clear();
            if (act)
                act();
        });
        m_buttons->addWidget(button);
    }
    QFrame::show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear()
{
    hide();
    m_text->clear();
    m_about.clear();
}

QString MessageBar::text() const
{
    return m_text->text();
}

} // namespace tidemark
