#pragma once

#include <QLineEdit>

class QAbstractItemView;

namespace tidemark {

/// A line to filter a list with. Down goes on to the list, Escape empties the line before it closes a window.
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    /// `name` is the accessible name and the placeholder ("Filter clusters").
    explicit FilterEdit(const QString &name, QAbstractItemView *view = nullptr, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QAbstractItemView *m_view;
};

} // namespace tidemark
