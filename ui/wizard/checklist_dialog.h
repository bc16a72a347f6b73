#pragma once

#include "restore/checklist.h"

#include <QDialog>

class QCheckBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace tidemark {

class FieldHint;

/// A project's checklist, to be changed: items are added, reworded, taken out. What cannot be a list is said, and
/// cannot be accepted.
class ChecklistDialog : public QDialog
{
    Q_OBJECT

public:
    ChecklistDialog(const QString &project, const Checklist &list, QWidget *parent = nullptr);

    Checklist list() const;

private:
    struct Row
    {
        QLineEdit *name = nullptr;
        QCheckBox *takesText = nullptr;
        QCheckBox *isRequired = nullptr;
        QPushButton *remove = nullptr;
    };

    QWidget *makeRows();
    void add(const ChecklistItem &item);
    void remove(const QLineEdit *name);
    void fill(const Checklist &list);
    void nameRows();
    void judge();

    std::vector<Row> m_rows;
    QScrollArea *m_scroll = nullptr;
    QGridLayout *m_grid = nullptr;
    int m_gridRow = 0; ///< the next free one: a grid's rows are not taken out
    FieldHint *m_hint;
    QPushButton *m_add;
    QPushButton *m_usual;
    QPushButton *m_ok = nullptr;
};

} // namespace tidemark
