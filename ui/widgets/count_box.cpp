#include "ui/widgets/count_box.h"

#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace tidemark {

CountBox::CountBox(QWidget *parent)
    : QSpinBox(parent)
{
    connect(lineEdit(), &QLineEdit::textEdited, this, &CountBox::edited);
    connect(this, &QSpinBox::valueChanged, this, [this](int value) { Q_EMIT edited(QString::number(value)); });
}

void CountBox::showText(const QString &text)
{
    if (lineEdit()->text() == text)
        return;
    const QSignalBlocker blocker(this);
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (isNumber && number >= minimum() && number <= maximum())
        setValue(number);
    if (lineEdit()->text() == text)
        return;
    const QSignalBlocker fieldBlocker(lineEdit());
    lineEdit()->setText(text);
}

QValidator::State CountBox::validate(QString &text, int &position) const
{
    const QValidator::State state = QSpinBox::validate(text, position);
    const bool isDigits = !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    return state == QValidator::Invalid && isDigits ? QValidator::Intermediate : state;
}

} // namespace tidemark
