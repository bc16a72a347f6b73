#pragma once

#include <QGridLayout>

class QLabel;

namespace tidemark {

/// Labels and fields below each other, of which rows can be hidden. In place of QFormLayout, whose setRowVisible()
/// writes past its arrays in Qt 6.4 once a row with wrapping text is hidden.
class FormGrid : public QGridLayout
{
    Q_OBJECT

public:
    explicit FormGrid(QWidget *parent = nullptr);

    /// `label` may be null.
    void addRow(QLabel *label, QWidget *field);
    void setRowVisible(QWidget *field, bool visible);
};

} // namespace tidemark
