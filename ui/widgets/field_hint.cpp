#include "ui/widgets/field_hint.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QAccessible>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace tidemark {

QIcon hintIcon(FieldHint::Level level)
{
    switch (level) {
    case FieldHint::Level::None:
        return {};
    case FieldHint::Level::Calm:
        return lookIcon(QStringLiteral("info"), Ink::Idle);
    case FieldHint::Level::Note:
        return lookIcon(QStringLiteral("info"), Ink::Run);
    case FieldHint::Level::Warning:
        return lookIcon(QStringLiteral("warning"), Ink::Warn);
    case FieldHint::Level::Error:
        return lookIcon(QStringLiteral("error"), Ink::Danger);
    }
    return {};
}

static constexpr double iconBox = 4.5;

static QString spoken(const FieldHint::Line &line)
{
    switch (line.level) {
    case FieldHint::Level::None:
    case FieldHint::Level::Calm:
        break;
    case FieldHint::Level::Note:
        return FieldHint::tr("Note: %1").arg(line.text);
    case FieldHint::Level::Warning:
        return FieldHint::tr("Warning: %1").arg(line.text);
    case FieldHint::Level::Error:
        return FieldHint::tr("Problem: %1").arg(line.text);
    }
    return line.text;
}

FieldHint::FieldHint(QWidget *control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_baseDescription(control != nullptr ? control->accessibleDescription() : QString())
    , m_grid(new QGridLayout(this))
{
    if (control != nullptr)
        setObjectName(control->objectName() + QStringLiteral("Hint"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    reserve();
    keepMeasures(this, [this] {
        m_grid->setVerticalSpacing(u(0.5));
        reserve();
        paintIcons();
    });
}

void FieldHint::setKeepsPlace(bool keeps)
{
    m_keepsPlace = keeps;
    reserve();
}

void FieldHint::setDescribesOnly(bool describesOnly)
{
    m_describesOnly = describesOnly;
    updateVisibility();
}

void FieldHint::reserve()
{
    // Not Minimum: the hint's own height is that of lines broken much too early.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMinimumHeight(m_keepsPlace ? std::max(u(iconBox), fontMetrics().lineSpacing()) : 0);
    updateVisibility();
}

void FieldHint::updateVisibility()
{
    const bool wanted = !m_describesOnly && (m_keepsPlace || !m_lines.empty());
    // Without a parent yet it would come up as a window of its own; ParentChange makes good for it.
    if (parentWidget() != nullptr || !wanted)
        setVisible(wanted);
}

FieldHint::Level FieldHint::level() const
{
    Level worst = Level::None;
    for (const Line &line : m_lines)
        worst = std::max(worst, line.level);
    return worst;
}

QString FieldHint::text() const
{
    QStringList texts;
    for (const Line &line : m_lines)
        texts << line.text;
    return texts.join(QLatin1Char('\n'));
}

void FieldHint::say(Level level, const QString &text)
{
    say(text.isEmpty() ? std::vector<Line>{} : std::vector<Line>{{level, text}});
}

void FieldHint::say(const std::vector<Line> &lines)
{
    if (lines == m_lines)
        return;
    const auto kept = std::ranges::mismatch(lines, m_lines).in1 - lines.begin();
    m_lines = lines;
    rebuild(static_cast<size_t>(kept));
    describeControl();
    updateVisibility();
    if (isVisible() && level() >= Level::Warning) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

/// The first lines are as they were: what was told is not told again with what follows it.
void FieldHint::rebuild(size_t kept)
{
    while (QLayoutItem *item = m_grid->takeAt(static_cast<int>(kept) * 2)) { // an icon and a text each
        // A label may be the one that is being clicked right now.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (size_t i = kept; i < m_lines.size(); ++i) {
        const Line &line = m_lines[i];
        const int row = static_cast<int>(i); // not rowCount(), which never falls again
        auto *icon = new QLabel;
        auto *text = new LookLabel({}, TypeRole::Body, Ink::Text, LookLabel::Wrap::Yes);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setObjectName(QStringLiteral("hintText"));
        text->setAccessibleName(spoken(line)); // first: a text without a name is told by itself
        text->setText(line.text);
        m_grid->addWidget(icon, row, 0, Qt::AlignTop);
        m_grid->addWidget(text, row, 1, Qt::AlignTop);
    }
    paintIcons();
    updateGeometry();
}

/// In the colours and the size of now. The texts follow both themselves, and are not told again for it.
void FieldHint::paintIcons()
{
    const int size = u(iconBox);
    for (size_t i = 0; i < m_lines.size(); ++i) {
        const QLayoutItem *item = m_grid->itemAtPosition(static_cast<int>(i), 0);
        auto *icon = item ? qobject_cast<QLabel *>(item->widget()) : nullptr;
        if (icon == nullptr)
            continue;
        icon->setFixedWidth(size);
        icon->setPixmap(hintIcon(m_lines[i].level).pixmap(QSize(size, size), devicePixelRatio()));
    }
}

void FieldHint::describeControl()
{
    QStringList sentences;
    for (const Line &line : m_lines)
        sentences << spoken(line);
    setAccessibleName(sentences.join(QLatin1Char(' ')));
    if (m_control == nullptr)
        return;
    if (!m_baseDescription.isEmpty())
        sentences.prepend(m_baseDescription.endsWith(QLatin1Char('.')) ? m_baseDescription
                                                                       : m_baseDescription + QLatin1Char('.'));
    m_control->setAccessibleDescription(sentences.join(QLatin1Char(' ')));
}

void FieldHint::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        paintIcons();
    if (event->type() == QEvent::FontChange)
        reserve();
    if (event->type() == QEvent::ParentChange)
        updateVisibility();
}

} // namespace tidemark
