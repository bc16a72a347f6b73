#pragma once

#include <QLineEdit>

namespace tidemark {

/// A moment in UTC as text, so that a line of a log can be pasted as it is ("2026-11-24T14:03:07Z"). Up and Down step
/// the part under the cursor (year, month, day, hour, minute, second), with Page Up and Page Down ten at a time.
/// What the text means is for restore/rules.h (parseUtc) to say.
class UtcTimeEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit UtcTimeEdit(QWidget *parent = nullptr);

    /// "2026-11-24 14:03:07": the form that is written here and read by parseUtc.
    /// As if it had been typed.
    void replaceText(const QString &text);
    static QString textOf(const QDateTime &time);

    QSize sizeHint() const override; ///< room for the whole placeholder
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The person stepped or typed (unlike textEdited also for steps).
    void edited(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void step(int count);
};

} // namespace tidemark
