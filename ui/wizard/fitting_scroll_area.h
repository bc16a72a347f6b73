#pragma once

#include <QScrollArea>

namespace tidemark {

/// A scroll area that asks for exactly the height of what is in it, so that it scrolls only where a window has no room.
/// Its content has a layout.
class FittingScrollArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit FittingScrollArea(QWidget *content, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; ///< a few lines

    bool eventFilter(QObject *watched, QEvent *event) override;

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace tidemark
