#pragma once

#include "ui/wizard/review_facts.h"

#include <QWidget>

class QBoxLayout;

namespace tidemark {

class DecisionBlock;
class LookIcon;

/// What is decided, in large type: source, moment and target side by side, one below the other where there is no room.
/// Takes the keyboard, so that a page without a field has a place for it where it presses nothing; its words are then
/// read to who does not see them.
class DecisionBlocks : public QWidget
{
    Q_OBJECT

public:
    explicit DecisionBlocks(QWidget *parent = nullptr);

    void show(const std::array<DecisionFact, 3> &facts);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QBoxLayout *m_layout;
    std::array<DecisionBlock *, 3> m_blocks;
    std::array<LookIcon *, 2> m_arrows;
    bool m_isStacked = false;
    std::array<DecisionFact, 3> m_told; ///< what the description says, without how long ago that is
};

} // namespace tidemark
