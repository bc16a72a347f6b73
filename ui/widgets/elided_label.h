#pragma once

#include <QLabel>

namespace tidemark {

/// One line of plain text that never asks for more room than there is: what does not fit is left out, in the middle or
/// at the end, and stands in the tool tip. Whoever copies it, or reads it by other means
/// than the eye, gets all of it.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);

    /// What is said of it beside the text that was left out.
    void setHint(const QString &hint);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString shownText() const;

    Qt::TextElideMode m_mode;
    QString m_hint;
};

} // namespace tidemark
