#include "ui/widgets/utc_time_edit.h"

#include "base/text.h"

#include "restore/rules.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QRegularExpression>

namespace tidemark {

UtcTimeEdit::UtcTimeEdit(QWidget *parent)
    : QLineEdit(parent)
    , m_read(parseUtc)
    , m_write(textOf)
{
    setPlaceholderText(tr("YYYY-MM-DD HH:MM:SS, in UTC"));
    connect(this, &QLineEdit::textEdited, this, &UtcTimeEdit::edited);
}

QString UtcTimeEdit::textOf(const QDateTime &time)
{
    return bareUtcText(time);
}

void UtcTimeEdit::setForm(std::function<QDateTime(const QString &)> read,
                          std::function<QString(const QDateTime &)> write)
{
    m_read = std::move(read);
    m_write = std::move(write);
}

void UtcTimeEdit::replaceText(const QString &text)
{
    setText(text);
    Q_EMIT edited(text);
}

QSize UtcTimeEdit::sizeHint() const
{
    const int surplus = QLineEdit::sizeHint().width() - fontMetrics().horizontalAdvance(QLatin1Char('x')) * 17;
    return {fontMetrics().horizontalAdvance(placeholderText() + QStringLiteral("  ")) + surplus,
            QLineEdit::sizeHint().height()};
}

QSize UtcTimeEdit::minimumSizeHint() const
{
    return sizeHint();
}

void UtcTimeEdit::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        step(1);
        return;
    case Qt::Key_Down:
        step(-1);
        return;
    case Qt::Key_PageUp:
        step(10);
        return;
    case Qt::Key_PageDown:
        step(-10);
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void UtcTimeEdit::step(int count)
{
    QDateTime time = m_read(text());
    if (!time.isValid())
        return;
    // Ends of the parts in "2026-11-24 14:03:07"; the cursor behind the last digit still means that part.
    static const QRegularExpression usual(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d"));
    // In another text the cursor stands in no part of a time.
    const int at = usual.match(text()).hasMatch() ? cursorPosition() : int(textOf(time).size());
    if (at <= 4)
        time = time.addYears(count);
    else if (at <= 7)
        time = time.addMonths(count);
    else if (at <= 10)
        time = time.addDays(count);
    else if (at <= 13)
        time = time.addSecs(qint64(count) * 3600);
    else if (at <= 16)
        time = time.addSecs(qint64(count) * 60);
    else
        time = time.addSecs(count);
    setText(m_write(time));
    setCursorPosition(at);
    Q_EMIT edited(text());
}

} // namespace tidemark
