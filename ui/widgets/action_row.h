#pragma once

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace tidemark {

/// A row of buttons, one for each action, reachable with the Tab key. The last ones for which there is no room are
/// found in the menu of a button **More**, so that no row of buttons decides how wide a window is.
class ActionRow : public QWidget
{
    Q_OBJECT

public:
    explicit ActionRow(QWidget *parent = nullptr);

    void addAction(QAction *action);
    void addWidget(QWidget *widget, int stretch = 0);
    void addStretch();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fold();
    int widthOfOthers(bool isLeast) const;

    QHBoxLayout *m_layout;
    QToolButton *m_more;
    QMenu *m_folded;
    std::vector<QToolButton *> m_buttons; ///< in order
};

/// How many of the buttons, from the first one, stand in a row of this width: all, or as many as leave room for the
/// button **More** behind them. Pixels.
size_t buttonsThatFit(const std::vector<int> &widths, int moreWidth, int spacing, int room);

} // namespace tidemark
