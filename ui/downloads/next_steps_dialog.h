#pragma once

#include "archive/next_steps.h"
#include "base/result.h"

#include <QDialog>

#include <atomic>
#include <memory>

class QLabel;
class QPlainTextEdit;
class QTextBrowser;

namespace tidemark {

/// The documented steps that put an archive into service, with this archive's own values, and its restoreInfo.txt.
/// Reads the archive on a thread of its own pool, for as long as the dialog is there.
class NextStepsDialog : public QDialog
{
    Q_OBJECT

public:
    NextStepsDialog(const QString &archivePath, ArchiveOrder order, QWidget *parent = nullptr);
    ~NextStepsDialog() override;

private:
    void read(const QString &archivePath);
    void showInfo(const Result<RestoreInfo> &info);

    ArchiveOrder m_order;
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);
    QLabel *m_heading;
    QTextBrowser *m_steps;
    QPlainTextEdit *m_info;
};

} // namespace tidemark
