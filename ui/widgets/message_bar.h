#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace tidemark {

/// A message in the window itself, in place of a message box: what happened and buttons for what can be done about it.
/// Hidden while there is nothing to say.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Information, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    /// Shows `text` with a button for each of `buttons`; the same message shown again changes nothing, so that a
    /// button in use does not lose the keyboard.
    void showMessage(Kind kind, const QString &text, const QStringList &buttons = {});
    void clear();
    QString text() const;

Q_SIGNALS:
    void buttonClicked(int number); ///< place in `buttons`

private:
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
    QStringList m_buttonTexts;
};

} // namespace tidemark
