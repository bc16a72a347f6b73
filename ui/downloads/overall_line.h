#pragma once

#include "session/overall_progress.h"

#include <QTimer>
#include <QWidget>

namespace tidemark {

class DownloadQueue;
class ElidedLabel;
class ProgressLine;
class SpeedCurve;

/// Above the list of downloads: how many run and wait, how far all of them are together, how fast and what limits that,
/// with the speed of the last minutes as a curve. Hidden while there are none.
class OverallLine : public QWidget
{
    Q_OBJECT

public:
    explicit OverallLine(DownloadQueue &queue, QWidget *parent = nullptr);

private:
    void update();
    void sample();

    DownloadQueue &m_queue;
    SpeedHistory m_history;
    QTimer m_sample;
    ElidedLabel *m_words;
    ElidedLabel *m_speed;
    ProgressLine *m_bar;
    ElidedLabel *m_bytes;
    SpeedCurve *m_curve;
};

/// The speed of the last minutes as a line over its ground. The words beside it say the present one; its tool
/// tip, which is its accessible description, says that and the highest.
class SpeedCurve : public QWidget
{
    Q_OBJECT

public:
    explicit SpeedCurve(QWidget *parent = nullptr);

    void show(const SpeedHistory &history);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_values;
};

} // namespace tidemark
