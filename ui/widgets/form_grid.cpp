#include "ui/widgets/form_grid.h"

#include <QLabel>
#include <QStyle>

namespace tidemark {

namespace {

constexpr int LabelColumn = 0;
constexpr int FieldColumn = 1;

} // namespace

FormGrid::FormGrid(QWidget *parent)
    : QGridLayout(parent)
{
    setColumnStretch(FieldColumn, 1);
}

void FormGrid::addRow(QLabel *label, QWidget *field)
{
    const int row = rowCount();
    if (label) {
        // The text stands beside the field's first line.
        label->setMinimumHeight(qobject_cast<QLabel *>(field) ? 0 : label->fontMetrics().height() * 3 / 2);
        QGridLayout::addWidget(label, row, LabelColumn, Qt::AlignTop | Qt::AlignLeft);
    }
    QGridLayout::addWidget(field, row, FieldColumn, qobject_cast<QLabel *>(field) ? Qt::AlignTop : Qt::Alignment());
}

void FormGrid::setRowVisible(QWidget *field, bool visible)
{
    int row = 0;
    int column = 0;
    int rows = 0;
    int columns = 0;
    getItemPosition(indexOf(field), &row, &column, &rows, &columns);
    if (QLayoutItem *label = itemAtPosition(row, LabelColumn))
        label->widget()->setVisible(visible);
    field->setVisible(visible);
}

} // namespace tidemark
