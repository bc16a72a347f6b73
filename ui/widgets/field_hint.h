#pragma once

#include <QIcon>
#include <QPointer>
#include <QWidget>

class QLabel;

namespace tidemark {

/// One line beside a control that says what is missing, wrong or worth knowing. Told by icon and words, never by colour
/// alone. The text is also part of the control's accessible description and a change is announced to assistive
/// technology.
class FieldHint : public QWidget
{
    Q_OBJECT

public:
    enum class Level { None, Calm, Note, Warning, Error };

    /// `control` may be null for a hint that belongs to a whole page.
    explicit FieldHint(QWidget *control = nullptr, QWidget *parent = nullptr);

    void say(Level level, const QString &text);
    void clear() { say(Level::None, {}); }

    Level level() const { return m_level; }
    QString text() const;

    /// The place of one line is kept while there is nothing to say, so that the page does not jump while one types.
    void setKeepsPlace(bool keeps);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();
    void describeControl();

    QPointer<QWidget> m_control;
    QString m_baseDescription;
    QLabel *m_icon;
    QLabel *m_text;
    Level m_level = Level::None;
};

/// The icon of a hint's level in the style of the desktop; null for None.
QIcon hintIcon(FieldHint::Level level, const QWidget *widget);

} // namespace tidemark
