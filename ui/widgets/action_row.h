#pragma once

#include <QWidget>

class QHBoxLayout;

namespace tidemark {

/// A row of buttons, one for each action, reachable with the Tab key.
class ActionRow : public QWidget
{
    Q_OBJECT

public:
    explicit ActionRow(QWidget *parent = nullptr);

    void addAction(QAction *action);
    void addWidget(QWidget *widget, int stretch = 0);
    void addStretch();

private:
    QHBoxLayout *m_layout;
};

} // namespace tidemark
