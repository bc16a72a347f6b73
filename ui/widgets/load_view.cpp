#include "ui/widgets/load_view.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace tidemark {

LoadView::LoadView(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_content(content)
    , m_notice(new QWidget)
    , m_icon(new QLabel)
    , m_text(wrappingLabel())
    , m_busy(new QProgressBar)
    , m_retry(new QPushButton(tr("&Retry")))
{
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setObjectName(QStringLiteral("loadText"));
    m_busy->setRange(0, 0); // how long a server takes is not known, so no progress is claimed
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Busy"));
    m_busy->setMaximumWidth(fontMetrics().averageCharWidth() * 30);
    m_retry->setObjectName(QStringLiteral("retryButton"));
    m_retry->setAutoDefault(false);

    auto *layout = new QVBoxLayout(m_notice);
    layout->addStretch(1);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_text);
    layout->addWidget(m_busy, 0, Qt::AlignHCenter);
    layout->addWidget(m_retry, 0, Qt::AlignHCenter);
    layout->addStretch(1);

    addWidget(m_content);
    addWidget(m_notice);
    connect(m_retry, &QPushButton::clicked, this, &LoadView::retry);
    showContent();
}

void LoadView::say(State state, const QString &text)
{
    // Whoever worked in the content keeps the keyboard: Retry gets it where there is one.
    const bool hadFocus = isAncestorOf(focusWidget()) && focusWidget()->hasFocus();
    m_state = state;
    m_text->setText(text);
    m_busy->setVisible(state == State::Loading);
    m_retry->setVisible(state == State::Failed);
    const FieldHint::Level level = state == State::Failed  ? FieldHint::Level::Error
                                   : state == State::Empty ? FieldHint::Level::Note
                                                           : FieldHint::Level::None;
    const QIcon icon = hintIcon(level);
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    m_icon->setVisible(!icon.isNull());
    m_icon->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatio()));
    setCurrentWidget(m_notice);
    m_notice->setAccessibleName(text);
    if (hadFocus && state == State::Failed)
        m_retry->setFocus();
    if (state == State::Failed) {
        QAccessibleEvent event(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void LoadView::showContent()
{
    m_state = State::Content;
    m_text->clear();
    setCurrentWidget(m_content); // the keyboard goes along
}

void LoadView::focusContent()
{
    if (m_state == State::Failed)
        m_retry->setFocus(Qt::OtherFocusReason);
    else if (m_state != State::Content)
        m_notice->setFocus(Qt::OtherFocusReason);
    else if (m_content->focusPolicy() != Qt::NoFocus)
        m_content->setFocus(Qt::OtherFocusReason);
    else
        m_content->nextInFocusChain()->setFocus(Qt::OtherFocusReason);
}

void LoadView::showLoading(const QString &text)
{
    say(State::Loading, text);
}

void LoadView::showEmpty(const QString &text)
{
    say(State::Empty, text);
}

void LoadView::showError(const Error &error)
{
    QString text = error.sentence;
    if (!error.hint.isEmpty())
        text += QLatin1Char('\n') + error.hint;
    say(State::Failed, text);
}

QString LoadView::message() const
{
    return m_text->text();
}

} // namespace tidemark
