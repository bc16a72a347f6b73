#pragma once

#include "session/job_report.h"

#include <QObject>

#include <functional>
#include <optional>

class QWidget;

namespace tidemark {

class MessageBar;
class SavedFileBar;

/// Asks where a report goes, writes it in a thread of its own, and says what came of it in the two bars.
class ReportFileSaver : public QObject
{
    Q_OBJECT

public:
    ReportFileSaver(MessageBar *message, SavedFileBar *saved, QWidget *parent);

    /// `name`: of the file without its ending. The report is made when the file has been chosen; nothing is written
    /// where there is none by then.
    void choose(const QString &name, const std::function<std::optional<JobReport>()> &make);

private:
    void save(const JobReport &report, const QString &path);

    MessageBar *m_message;
    SavedFileBar *m_saved;
    QWidget *m_widget;
};

} // namespace tidemark
