#include "ui/freshness_label.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"

#include <QHBoxLayout>

namespace tidemark {

FreshnessLabel::FreshnessLabel(QWidget *parent)
    : QWidget(parent)
    , m_icon(new LookIcon(QStringLiteral("warning"), Ink::Warn, 4))
    , m_fresh(new LookLabel({}, TypeRole::Caption, Ink::Text2))
    , m_late(new LookLabel({}, TypeRole::CaptionMedium, Ink::Warn))
{
    m_fresh->setObjectName(QStringLiteral("freshness"));
    m_late->setObjectName(QStringLiteral("freshnessLate"));
    // A screen reader is told when it becomes late and not with each reading, which changes nothing.
    m_fresh->setAccessibleName(tr("When it was read"));
    setToolTip(tr("All that this screen shows is from then or later."));
    m_late->setToolTip(tr("It should have been read again by now: the server does not answer as it should. What is "
                          "shown stays as it was read."));
    auto *layout = new QHBoxLayout(this);
    for (QWidget *part : std::initializer_list<QWidget *>{m_icon, m_fresh, m_late})
        layout->addWidget(part, 0, Qt::AlignVCenter);
    keepMeasures(this, [layout] {
        layout->setContentsMargins(u(2), 0, u(2), 0);
        layout->setSpacing(u(1));
    });
    show({}, {});
}

void FreshnessLabel::show(const Freshness &freshness, const QDateTime &now)
{
    const QString text = freshnessText(freshness, now);
    const bool isLate = !text.isEmpty() && freshness.isLate;
    m_fresh->setText(text);
    if (isLate && m_late->text() != text) {
        m_late->setText(text);
        m_late->setAccessibleName(tr("Late: %1").arg(text));
    }
    m_icon->setVisible(isLate);
    m_late->setVisible(isLate);
    m_fresh->setVisible(!text.isEmpty() && !isLate);
}

} // namespace tidemark
