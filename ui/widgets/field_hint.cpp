#include "ui/widgets/field_hint.h"

#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>

namespace tidemark {

QIcon hintIcon(FieldHint::Level level, const QWidget *widget)
{
    const QStyle *style = widget->style();
    switch (level) {
    case FieldHint::Level::None:
        return {};
    case FieldHint::Level::Calm:
    case FieldHint::Level::Note:
        return style->standardIcon(QStyle::SP_MessageBoxInformation, nullptr, widget);
    case FieldHint::Level::Warning:
        return style->standardIcon(QStyle::SP_MessageBoxWarning, nullptr, widget);
    case FieldHint::Level::Error:
        return style->standardIcon(QStyle::SP_MessageBoxCritical, nullptr, widget);
    }
    return {};
}

static QString levelName(FieldHint::Level level)
{
    switch (level) {
    case FieldHint::Level::None:
    case FieldHint::Level::Calm:
        return {};
    case FieldHint::Level::Note:
        return FieldHint::tr("Note");
    case FieldHint::Level::Warning:
        return FieldHint::tr("Warning");
    case FieldHint::Level::Error:
        return FieldHint::tr("Not possible");
    }
    return {};
}

FieldHint::FieldHint(QWidget *control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_baseDescription(control != nullptr ? control->accessibleDescription() : QString())
    , m_icon(new QLabel(this))
    , m_text(wrappingLabel())
{
    if (control != nullptr)
        setObjectName(control->objectName() + QStringLiteral("Hint"));
    m_text->setObjectName(QStringLiteral("hintText"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    setKeepsPlace(true);
    updateIcon();
}

void FieldHint::setKeepsPlace(bool keeps)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setRetainSizeWhenHidden(keeps);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumHeight(keeps ? fontMetrics().lineSpacing() : 0);
    setVisible(keeps || m_level != Level::None);
}

QString FieldHint::text() const
{
    return m_text->text();
}

void FieldHint::say(Level level, const QString &text)
{
    if (level == m_level && text == m_text->text())
        return;
    m_level = level;
    m_text->setText(text);
    QString spoken = text;
    if (!text.isEmpty() && !levelName(level).isEmpty())
        spoken = levelName(level) + QStringLiteral(": ") + text;
    m_text->setAccessibleName(spoken);
    updateIcon();
    describeControl();
    if (!sizePolicy().retainSizeWhenHidden())
        setVisible(level != Level::None);
    if (isVisible() && (level == Level::Error || level == Level::Warning)) {
        QAccessibleEvent event(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void FieldHint::describeControl()
{
    if (m_control == nullptr)
        return;
    QString description = m_baseDescription;
    if (!m_text->text().isEmpty()) {
        if (!description.isEmpty())
            description += QStringLiteral(". ");
        description += m_text->accessibleName();
    }
    m_control->setAccessibleDescription(description);
}

void FieldHint::updateIcon()
{
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    const QIcon icon = hintIcon(m_level, this);
    m_icon->setFixedWidth(size);
    if (icon.isNull())
        m_icon->clear();
    else
        m_icon->setPixmap(icon.pixmap(QSize(size, size), devicePixelRatio()));
}

void FieldHint::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        updateIcon();
    if (event->type() == QEvent::FontChange && sizePolicy().retainSizeWhenHidden())
        setMinimumHeight(fontMetrics().lineSpacing());
}

} // namespace tidemark
