#pragma once

#include <QWidget>

class QLineEdit;

namespace tidemark {

class FieldHint;
class FileCheck;

/// The path of a file, typed or chosen. Beside it is said where it cannot be read.
class FileField : public QWidget
{
    Q_OBJECT

public:
    /// `title`: of the dialog that **Choose…** opens.
    FileField(const QString &title, const QStringList &filters, QWidget *parent = nullptr);

    /// What the label belongs to.
    QLineEdit *edit() const { return m_edit; }
    /// `objectName` of the line, `chooseName` of the button.
    void setNames(const QString &objectName, const QString &chooseName, const QString &placeholder);
    void setPath(const QString &path);
    QString path() const;    ///< empty: none
    bool isComplete() const; ///< nothing stands against it
    bool isChecked() const;  ///< false while the disk has not said whether it can be read

Q_SIGNALS:
    void changed();

private:
    void choose(const QString &title, const QStringList &filters);
    void update();

    QLineEdit *m_edit;
    FieldHint *m_hint;
    FileCheck *m_check;
    QWidget *m_choose;
};

} // namespace tidemark
