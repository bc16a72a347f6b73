#pragma once

#include "ui/widgets/timeline_content.h"

#include <QWidget>

namespace tidemark {

/// The restorable stretches of time in one thin band, gaps hatched; to be seen only, the words beside it say the same.
class RangesStrip : public QWidget
{
    Q_OBJECT

public:
    explicit RangesStrip(QWidget *parent = nullptr);

    /// Oldest first.
    void setRanges(const std::vector<RestorableRange> &ranges);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TimelineContent m_content;
};

} // namespace tidemark
