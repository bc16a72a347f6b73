#pragma once

#include "jobs/stages.h"

#include <QWidget>

namespace tidemark {

/// What StageColumn and StageRow have in common: the stages, and their words for assistive technology. They take no
/// focus.
class StageView : public QWidget
{
    Q_OBJECT

public:
    explicit StageView(QWidget *parent = nullptr);

    void setStages(const std::vector<Stage> &stages);
    const std::vector<Stage> &stages() const { return m_stages; }
    QSize minimumSizeHint() const override; ///< as high, but narrow

private:
    std::vector<Stage> m_stages;
};

/// One stage below the other, with time, detail and a bar where it is counted: in a detail pane.
class StageColumn : public StageView
{
    Q_OBJECT

public:
    using StageView::StageView;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// One stage beside the other: on Submitted.
class StageRow : public StageView
{
    Q_OBJECT

public:
    using StageView::StageView;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// A StageRow where there is room for it, else a StageColumn.
class StageStrip : public QWidget
{
    Q_OBJECT

public:
    explicit StageStrip(QWidget *parent = nullptr);

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void setStages(const std::vector<Stage> &stages);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    bool hasRoom(int width) const; ///< for the row
    void place();

    StageRow *m_row;
    StageColumn *m_column;
};

/// "Agents at work, now: 22 of 25 at the goal; Data in place, to come"
QString wordsOf(const std::vector<Stage> &stages);

} // namespace tidemark
