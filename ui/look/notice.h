#pragma once

#include "ui/look/panel.h"

class QHBoxLayout;
class QPushButton;

namespace tidemark {

class LookIcon;
class LookLabel;

enum class NoticeKind {
    Note, ///< what is going on
    Good, ///< as it should be
    Soon, ///< to be done or looked at
    Lost  ///< lost, broken, or must not be used
};

/// What a window has to say in place: a title, one sentence and at most two buttons. Stays until its cause is gone.
class NoticePanel : public Panel
{
    Q_OBJECT

public:
    explicit NoticePanel(QWidget *parent = nullptr);

    /// `icon`: a name, else the kind's own.
    void say(NoticeKind kind, const QString &title, const QString &sentence = {}, const QString &icon = {});
    NoticeKind kind() const { return m_kind; } ///< of what it says now
    /// Takes the button, which stands after those that were added before.
    void addButton(QPushButton *button);

private:
    NoticeKind m_kind = NoticeKind::Note;
    LookIcon *m_icon;
    LookLabel *m_title;
    LookLabel *m_sentence;
    QHBoxLayout *m_row;
};

} // namespace tidemark
