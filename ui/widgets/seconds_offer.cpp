#include "ui/widgets/seconds_offer.h"

#include "restore/rules.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/utc_time_edit.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRegularExpression>

namespace tidemark {

std::optional<std::array<QDateTime, 2>> secondsAround(const QString &text)
{
    static const QRegularExpression Fraction(QStringLiteral(R"(^(.*:\d\d:\d\d)[.,]\d+\s*(Z|UTC)?\s*$)"));
    const QRegularExpressionMatch match = Fraction.match(text);
    const QDateTime before = match.hasMatch() ? parseUtc(match.captured(1)) : QDateTime();
    if (!before.isValid())
        return std::nullopt;
    return std::array{before, before.addSecs(1)};
}

SecondsOffer::SecondsOffer(UtcTimeEdit *edit, QWidget *parent)
    : QWidget(parent)
    , m_edit(edit)
    , m_seconds{new QPushButton, new QPushButton}
{
    setObjectName(edit->objectName() + QStringLiteral("Seconds"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(wrappingLabel(tr("Whole seconds:")));
    for (size_t i = 0; i < m_seconds.size(); ++i) {
        m_seconds[i]->setObjectName(objectName() + QString::number(i));
        m_seconds[i]->setAutoDefault(false);
        connect(m_seconds[i], &QPushButton::clicked, this, [this, i] {
            if (const auto around = secondsAround(m_edit->text())) {
                m_edit->setFocus(Qt::OtherFocusReason); // before the button goes
                m_edit->replaceText(UtcTimeEdit::textOf((*around)[i]));
            }
        });
        layout->addWidget(m_seconds[i]);
    }
    layout->addStretch(1);
    connect(edit, &QLineEdit::textChanged, this, &SecondsOffer::showOffer);
    hide();
}

void SecondsOffer::showOffer(const QString &text)
{
    const auto around = secondsAround(text);
    for (size_t i = 0; around && i < m_seconds.size(); ++i)
        m_seconds[i]->setText(UtcTimeEdit::textOf((*around)[i]));
    setVisible(around.has_value());
}

} // namespace tidemark
