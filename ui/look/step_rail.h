#pragma once

#include "ui/look/roles.h"

#include <QWidget>

#include <vector>

namespace tidemark {

struct RailStep
{
    QString title;
    QString chosen; ///< what was chosen on that page; empty where nothing is yet
    bool operator==(const RailStep &) const = default;
};

/// The wizard's steps beside its pages: what was chosen on each, and at the foot whether anything was sent. Takes no
/// focus; where it is narrow, only the nodes are left and the names are tool tips. The desktop's animations do not
/// matter: it has none.
class StepRail : public QWidget
{
    Q_OBJECT

public:
    explicit StepRail(QWidget *parent = nullptr);

    /// Only those that are gone through. `current`: place in `steps`.
    void setSteps(const std::vector<RailStep> &steps, size_t current);
    void setFoot(const QString &icon, Ink ink, const QString &text);
    void setNarrow(bool isNarrow);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int pitch() const;
    QRect seen(const QRect &place) const;
    QRect stepRect(size_t step) const;
    void paintStep(QPainter &painter, size_t step) const;
    void paintFoot(QPainter &painter) const;
    void describe();

    std::vector<RailStep> m_steps;
    size_t m_current = 0;
    QString m_footIcon, m_foot;
    Ink m_footInk = Ink::Ok;
    bool m_isNarrow = false;
};

} // namespace tidemark
