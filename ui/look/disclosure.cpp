#include "ui/look/disclosure.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QSettings>

namespace tidemark {

Disclosure::Disclosure(const QString &text, QWidget *parent)
    : QToolButton(parent)
{
    setText(text);
    setCheckable(true);
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    keepMeasures(this, [this] {
        setIconSize({u(5), u(5)});
        setMinimumHeight(u(7));
    });
    connect(this, &QToolButton::toggled, this, &Disclosure::show);
    show(false);
}

void Disclosure::setContent(QWidget *content)
{
    m_content = content;
    content->setVisible(isChecked());
}

void Disclosure::remember(QSettings &settings, const QString &key)
{
    setChecked(settings.value(key, isChecked()).toBool());
    connect(this, &QToolButton::toggled, this, [&settings, key](bool isOpen) { settings.setValue(key, isOpen); });
}

void Disclosure::show(bool isOpen)
{
    setIcon(lookIcon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    if (m_content != nullptr)
        m_content->setVisible(isOpen);
}

} // namespace tidemark
