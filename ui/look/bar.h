#pragma once

#include <QWidget>

#include <optional>

class QPainter;

namespace tidemark {

/// How a bar looks: the outcome is told by its shape too.
enum class BarKind {
    Run,      ///< filled as far as it is
    Verified, ///< filled
    Intact,   ///< filled to half its height: whole, but not verified
    Corrupt,  ///< hatched
    Paused,   ///< grey as far as it is
    Waiting   ///< empty; also where no total is known
};

struct BarData
{
    BarKind kind = BarKind::Waiting;
    double fraction = 0; ///< 0 to 1, of Run and Paused; the others are full or empty
    bool operator==(const BarData &) const = default;
};

void paintBar(QPainter *painter, const QRectF &rect, const BarData &bar, Qt::LayoutDirection direction);

/// A counted progress as a line; the number stands beside it.
class ProgressLine : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressLine(QWidget *parent = nullptr);

    void setBar(const BarData &bar);
    const BarData &bar() const { return m_bar; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BarData m_bar;
};

} // namespace tidemark

Q_DECLARE_METATYPE(tidemark::BarData)
