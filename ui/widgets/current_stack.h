#pragma once

#include <QStackedWidget>

namespace tidemark {

/// Pages of which one is shown, and that one alone says how much room is needed: QStackedWidget takes the largest of
/// all, so that a short page would be scrolled for the sake of a long one that nobody sees.
class CurrentStack : public QStackedWidget
{
    Q_OBJECT

public:
    explicit CurrentStack(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;
};

} // namespace tidemark
