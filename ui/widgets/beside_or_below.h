#pragma once

#include <QWidget>

class QBoxLayout;

namespace tidemark {

/// A text with its controls at the end of it, or below it where they would leave it less than half of the width.
class BesideOrBelow : public QWidget
{
    Q_OBJECT

public:
    BesideOrBelow(QWidget *text, QWidget *controls, QWidget *parent = nullptr);

    /// As wide as it has to be with the controls below, wherever they are now.
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    QBoxLayout *m_layout;
    QWidget *m_text;
    QWidget *m_controls;
};

} // namespace tidemark
