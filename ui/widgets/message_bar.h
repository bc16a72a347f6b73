#pragma once

#include "ui/look/panel.h"

#include <functional>
#include <vector>

class QLabel;

namespace tidemark {

class LookIcon;
class WrapLayout;

/// What is said in the window itself, in place of a message box. Hidden while there is nothing to say. A notice says
/// what happened; a question carries its answers: what a button does is decided with its text and never by what is
/// said later.
class MessageBar : public Panel
{
    Q_OBJECT

public:
    enum class Kind { Information, Warning, Error };

    /// A button with what it does. The bar is cleared before.
    struct Answer
    {
        QString label;
        std::function<void()> action;
    };

    explicit MessageBar(QWidget *parent = nullptr);

    /// A notice: it stays until the person closes it, or the caller clears it.
    void say(Kind kind, const QString &text);
    /// One without a button: the caller clears it.
    void sayForNow(Kind kind, const QString &text);
    /// `about`: what it asks about, an id or nothing. The same question about the same thing changes nothing, so that a
    /// button in use does not lose the keyboard.
    void ask(Kind kind, const QString &text, std::vector<Answer> answers, const QString &about = {});
    void clear();
    QString text() const;
    /// What is asked about; empty when nothing is.
    const QString &about() const { return m_about; }

private:
    void show(Kind kind, const QString &text, std::vector<Answer> answers, const QString &about);

    LookIcon *m_icon;
    QLabel *m_text;
    WrapLayout *m_buttons;
    QStringList m_labels;
    QString m_about;
};

} // namespace tidemark
