#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>

namespace tidemark {

QString withoutMnemonic(QString text)
{
    for (qsizetype at = text.indexOf(QLatin1Char('&')); at >= 0; at = text.indexOf(QLatin1Char('&'), at + 1))
        text.remove(at, 1); // of "&&" the second one stays
    return text;
}

void nameControl(QWidget *control, const QString &name)
{
    control->setAccessibleName(name);
    if (qobject_cast<QComboBox *>(control) != nullptr)
        control->setAccessibleDescription(name);
}

QLabel *labelFor(const QString &text, QWidget *control)
{
    auto *label = new QLabel(text);
    label->setBuddy(control);
    nameControl(control, withoutMnemonic(text));
    return label;
}

QWidget *besideLabel(const QString &text, QWidget *control)
{
    auto *both = new QWidget;
    auto *layout = new QHBoxLayout(both);
    layout->setContentsMargins({});
    layout->addWidget(labelFor(text, control));
    layout->addWidget(control, 1);
    return both;
}

QFont fixedFont()
{
    QFont fixed;
    fixed.setFamilies(QFontDatabase::systemFont(QFontDatabase::FixedFont).families());
    fixed.setStyleHint(QFont::Monospace);
    return fixed;
}

QLabel *wrappingLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // names come from a server
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace tidemark
