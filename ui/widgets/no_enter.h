#pragma once

#include <QObject>

class QAbstractButton;

namespace tidemark {

/// Keeps Return and Enter from a button. Some desktops have the two press whatever button has the focus, default or
/// not: for buttons behind which something cannot be undone.
class NoEnter : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the button.
    explicit NoEnter(QAbstractButton *button);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace tidemark
