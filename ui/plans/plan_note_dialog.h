#pragma once

#include <QDialog>

class QLineEdit;

namespace tidemark {

/// Asks for a word to whoever opens the plan, before its file is chosen. It may stay empty.
class PlanNoteDialog : public QDialog
{
    Q_OBJECT

public:
    static constexpr int LongestNote = 500; ///< characters; a plan's file may have more

    explicit PlanNoteDialog(QWidget *parent = nullptr);

    /// One line, as it is seen.
    QString note() const;

private:
    QLineEdit *m_note;
};

} // namespace tidemark
