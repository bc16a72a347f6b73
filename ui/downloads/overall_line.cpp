#include "ui/downloads/overall_line.h"

#include "downloads/download_queue.h"
#include "ui/look/bar.h"
#include "ui/look/keep.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include <algorithm>

namespace tidemark {

OverallLine::OverallLine(DownloadQueue &queue, QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_words(new ElidedLabel)
    , m_speed(new ElidedLabel)
    , m_bar(new ProgressLine)
    , m_bytes(new ElidedLabel)
    , m_curve(new SpeedCurve)
{
    setObjectName(QStringLiteral("overallLine"));
    m_words->setObjectName(QStringLiteral("overallWords"));
    m_speed->setObjectName(QStringLiteral("overallSpeed"));
    m_bytes->setObjectName(QStringLiteral("overallBytes"));
    keepFont(m_words, TypeRole::Strong);
    keepFont(m_bytes, TypeRole::Caption);
    keepInk(m_bytes, Ink::Text2);
    // At the end of the last one, too, the rows below stay where the pointer is.
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_bytes, m_curve}) {
        QSizePolicy policy = widget->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        widget->setSizePolicy(policy);
    }
    m_speed->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    // A screen reader is told of no number that only goes on: names stay, the numbers are descriptions, read when asked
    // for.
    m_speed->setAccessibleName(tr("Speed"));
    m_bytes->setAccessibleName(tr("Bytes"));
    m_bar->setAccessibleName(tr("Progress"));
    auto *first = new QHBoxLayout;
    first->addWidget(m_words);
    first->addStretch(1);
    first->addWidget(m_speed);
    auto *texts = new QVBoxLayout;
    texts->addLayout(first);
    texts->addWidget(m_bar);
    texts->addWidget(m_bytes);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(texts, 1);
    layout->addWidget(m_curve);
    keepMeasures(this, [texts, layout] {
        texts->setSpacing(u(0.5));
        layout->setSpacing(u(3));
    });
    connect(&queue, &DownloadQueue::added, this, &OverallLine::update);
    for (const auto signal : {&DownloadQueue::changed, &DownloadQueue::removed, &DownloadQueue::ended})
        connect(&queue, signal, this, &OverallLine::update);
    m_sample.setInterval(SpeedHistory::Interval);
    connect(&m_sample, &QTimer::timeout, this, &OverallLine::sample);
    update();
}

void OverallLine::update()
{
    const OverallProgress all = overallProgress(m_queue.downloads(), m_queue.options().bytesPerSecondLimit);
    m_words->setText(overallText(all));
    m_speed->setText(overallSpeedText(all));
    m_bytes->setText(overallBytesText(all));
    const bool isUnderWay = all.downloading + all.waiting + all.paused > 0;
    const double fraction = all.size > 0 ? static_cast<double>(all.received) / static_cast<double>(all.size) : 0;
    // Of an upper bound it is not told how much is done.
    m_bar->setBar(all.isEstimated || all.size <= 0 ? BarData{BarKind::Waiting, 0}
                  : all.downloading > 0            ? BarData{BarKind::Run, fraction}
                                                   : BarData{BarKind::Paused, fraction});
    m_speed->setToolTip(m_speed->text());
    for (QWidget *part : std::initializer_list<QWidget *>{m_bytes, m_bar})
        part->setToolTip(m_bytes->text());
    m_bar->setVisible(isUnderWay);
    m_bytes->setVisible(isUnderWay);
    setVisible(!m_words->text().isEmpty());
    if (all.downloading > 0 && !m_sample.isActive()) {
        m_history.clear(); // what was before the pause is no minute of these
        m_sample.start();
    } else if (all.downloading == 0) {
        m_sample.stop();
    }
    m_curve->setVisible(m_sample.isActive() && !m_history.values().empty());
}

void OverallLine::sample()
{
    m_history.add(overallProgress(m_queue.downloads(), 0).bytesPerSecond);
    m_curve->show(m_history);
    update();
}

SpeedCurve::SpeedCurve(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("speedCurve"));
    setAccessibleName(tr("Speed of the last 5 minutes"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    keepMeasures(this, [this] { updateGeometry(); });
}

QSize SpeedCurve::sizeHint() const
{
    return {u(36), u(10)};
}

void SpeedCurve::show(const SpeedHistory &history)
{
    m_values = history.values();
    setToolTip(history.text());
    QWidget::update();
}

void SpeedCurve::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Roles &look = roles();
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(look.line, 1));
    painter.drawLine(frame.bottomLeft(), frame.bottomRight());
    if (m_values.size() < 2)
        return;
    const double highest = std::max(1.0, *std::max_element(m_values.begin(), m_values.end()));
    // The newest stands at the end, wherever one begins to read: time goes as the text does.
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const double step = frame.width() / double(SpeedHistory::Samples - 1);
    QPainterPath line;
    for (size_t i = 0; i < m_values.size(); ++i) {
        const double back = step * double(m_values.size() - 1 - i);
        const QPointF point(isRtl ? frame.left() + back : frame.right() - back,
                            frame.bottom() - m_values[i] / highest * (frame.height() - u(0.5)));
        if (i == 0)
            line.moveTo(point);
        else
            line.lineTo(point);
    }
    QPainterPath ground = line;
    ground.lineTo(line.currentPosition().x(), frame.bottom());
    ground.lineTo(line.elementAt(0).x, frame.bottom());
    ground.closeSubpath();
    painter.fillPath(ground, look.isHighContrast() ? look.base : look.sel);
    painter.setPen(QPen(look.ink(Ink::Run), u(0.375)));
    painter.drawPath(line);
}

} // namespace tidemark
