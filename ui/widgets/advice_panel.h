#pragma once

#include "ui/look/notice.h"

#include <QWidget>

#include <vector>

class QAction;

namespace tidemark {

class WrapLayout;

/// What follows from the state of the chosen thing, with the actions that do it: the same as in the row of buttons. It
/// keeps its buttons as long as they are the same ones, so that a press meant for one of them is not lost. Hidden while
/// nothing follows.
class AdvicePanel : public QWidget
{
    Q_OBJECT

public:
    explicit AdvicePanel(QWidget *parent = nullptr);

    void say(NoticeKind kind, const QString &title, const QString &sentence, const std::vector<QAction *> &actions);
    void clear();

private:
    NoticePanel *m_notice;
    QWidget *m_row;
    WrapLayout *m_buttons;
    std::vector<QAction *> m_actions;
};

} // namespace tidemark
