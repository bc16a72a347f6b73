#include "ui/widgets/reading_line.h"

#include "ui/widgets/field_hint.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace tidemark {

ReadingLine::ReadingLine(QWidget *parent)
    : QWidget(parent)
    , m_hint(new FieldHint)
    , m_again(new QPushButton(tr("&Try again")))
{
    setObjectName(QStringLiteral("readingLine"));
    m_hint->setKeepsPlace(false);
    m_again->setObjectName(QStringLiteral("readAgain"));
    m_again->setAutoDefault(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_hint, 1);
    layout->addWidget(m_again, 0, Qt::AlignTop);
    connect(m_again, &QPushButton::clicked, this, &ReadingLine::tryAgain);
    hide();
}

void ReadingLine::say(const QStringList &texts, bool isFailure)
{
    std::vector<FieldHint::Line> lines;
    for (const QString &text : texts) {
        if (!text.isEmpty())
            lines.push_back({isFailure ? FieldHint::Level::Warning : FieldHint::Level::Note, text});
    }
    m_hint->say(lines);
    m_again->setVisible(isFailure);
    setVisible(!lines.empty());
}

QString ReadingLine::text() const
{
    return m_hint->text();
}

} // namespace tidemark
