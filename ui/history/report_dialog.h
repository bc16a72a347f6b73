#pragma once

#include "session/job_report.h"

#include <QDialog>

namespace tidemark {

class MessageBar;
class ReportFileSaver;
class SavedFileBar;

/// A restore's report, to be read and saved.
class ReportDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ReportDialog(const JobReport &report, QWidget *parent = nullptr);

private:
    void save();

    JobReport m_report;
    MessageBar *m_message;
    SavedFileBar *m_saved;
    ReportFileSaver *m_saver;
};

} // namespace tidemark
