#pragma once

#include <QObject>
#include <QStringList>

#include <functional>

class QWidget;

namespace tidemark {

/// Lets files and folders be dropped on a widget, its fields included.
class FileDrop : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the widget. `take` gets their paths.
    FileDrop(QWidget *widget, std::function<void(const QStringList &)> take);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    std::function<void(const QStringList &)> m_take;
};

} // namespace tidemark
