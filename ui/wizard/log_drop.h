#pragma once

#include <QObject>
#include <QStringList>

#include <functional>

class QWidget;

namespace tidemark {

/// Lets files and folders be dropped on a widget, its fields included.
class LogDrop : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the widget. `take` gets their paths.
    LogDrop(QWidget *widget, std::function<void(const QStringList &)> take);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::function<void(const QStringList &)> m_take;
};

} // namespace tidemark
