#pragma once

#include <QDateTime>
#include <QLineEdit>

#include <functional>

namespace tidemark {

/// A moment in UTC as text, so that a line of a log can be pasted as it is ("2026-11-24T14:03:07Z"). Up and Down step
/// the part under the cursor (year, month, day, hour, minute, second), with Page Up and Page Down ten at a time.
/// What the text means is for restore/rules.h (parseUtc) to say.
class UtcTimeEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit UtcTimeEdit(QWidget *parent = nullptr);

    /// As if it had been typed.
    void replaceText(const QString &text);
    /// "2026-11-24 14:03:07": the form that is written here and read by parseUtc.
    static QString textOf(const QDateTime &time);

    /// How a text is read for a step, and written after it, where that is not the form above. Invalid: no step.
    void setForm(std::function<QDateTime(const QString &)> read, std::function<QString(const QDateTime &)> write);

    QSize sizeHint() const override; ///< room for the whole placeholder
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The person stepped or typed (unlike textEdited also for steps).
    void edited(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void step(int count);

    std::function<QDateTime(const QString &)> m_read;
    std::function<QString(const QDateTime &)> m_write;
};

} // namespace tidemark
