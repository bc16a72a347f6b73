#include "ui/downloads/hash_pair.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace tidemark {

HashPair::HashPair(QWidget *parent)
    : QWidget(parent)
    , m_ownIcon(new LookIcon(QStringLiteral("verified"), Ink::Ok, 4))
    , m_same(new LookLabel(tr("the same"), TypeRole::Strong, Ink::Ok))
    , m_differs(new LookLabel(tr("differs"), TypeRole::Strong, Ink::Danger))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    auto *verdict = new QWidget;
    auto *words = new QHBoxLayout(verdict);
    words->setContentsMargins({});
    words->addWidget(m_same);
    words->addWidget(m_differs);
    m_published = addHash(tr("Published SHA-1"), QStringLiteral("detailPublishedHash"),
                          new LookIcon(QStringLiteral("shield"), Ink::Text2, 4), nullptr);
    m_own = addHash(tr("SHA-1 of the bytes"), QStringLiteral("detailOwnHash"), m_ownIcon, verdict);
    keepMeasures(this, [layout] { layout->setSpacing(u(0.5)); });
    show({}, {});
}

QLabel *HashPair::addHash(const QString &name, const QString &objectName, LookIcon *icon, QWidget *verdict)
{
    auto *block = new QWidget;
    auto *lines = new QVBoxLayout(block);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    auto *heading = new QHBoxLayout;
    keepMeasures(block, [heading] { heading->setSpacing(u(1.5)); });
    heading->addWidget(icon);
    heading->addWidget(new LookLabel(name, TypeRole::Strong, Ink::Text));
    heading->addStretch(1);
    if (verdict != nullptr)
        heading->addWidget(verdict);
    lines->addLayout(heading);
    auto *value = new QLabel;
    value->setObjectName(objectName);
    QFont font = fixedFont();                            // the eye compares, so letters stand below each other
    font.setLetterSpacing(QFont::PercentageSpacing, 90); // 40 of them in the pane's width
    value->setFont(font);
    value->setTextFormat(Qt::PlainText);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleDescription(name);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a hash does not widen the window
    lines->addWidget(value);
    layout()->addWidget(block);
    return value;
}

void HashPair::show(const QString &own, const QString &published)
{
    m_own->setText(own);
    m_published->setText(published);
    m_own->parentWidget()->setVisible(!own.isEmpty());
    m_published->parentWidget()->setVisible(!published.isEmpty());
    const bool areBoth = !own.isEmpty() && !published.isEmpty();
    const bool isSame = own.compare(published, Qt::CaseInsensitive) == 0;
    m_same->setVisible(areBoth && isSame);
    m_differs->setVisible(areBoth && !isSame);
    if (!areBoth)
        m_ownIcon->setIcon(QStringLiteral("unchecked"), Ink::Text2);
    else if (isSame)
        m_ownIcon->setIcon(QStringLiteral("verified"), Ink::Ok);
    else
        m_ownIcon->setIcon(QStringLiteral("corrupt"), Ink::Danger);
    setVisible(!own.isEmpty() || !published.isEmpty());
}

} // namespace tidemark
