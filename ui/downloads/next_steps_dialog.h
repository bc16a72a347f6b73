#pragma once

#include "archive/restore_info.h"

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QTextBrowser;

namespace tidemark {

/// The documented steps that put an archive into service, with this archive's own values, and its restoreInfo.txt.
class NextStepsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NextStepsDialog(const QString &archivePath, QWidget *parent = nullptr);

    /// What reading restoreInfo.txt came to; the dialog says that it is being read until then.
    void show(const Result<RestoreInfo> &info);
    using QDialog::show;

private:
    QLabel *m_heading;
    QTextBrowser *m_steps;
    QPlainTextEdit *m_info;
};

} // namespace tidemark
