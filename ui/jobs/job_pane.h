#pragma once

#include "jobs/stages.h"
#include "session/job_report.h"

#include <QScrollArea>

class QGridLayout;
class QVBoxLayout;

namespace tidemark {

class Chip;
class LookLabel;
class StageColumn;

/// What one restore's pane shows.
struct JobPaneFacts
{
    StageLine line;
    JobReport report;
    QString title; ///< "shop-prod → drill-sharded"
    QString mode;
    QString moment; ///< of the data
    std::vector<AgentError> errors;
    std::vector<AutomationProcess> behind; ///< processes that are not at the goal

    bool operator==(const JobPaneFacts &) const = default;
};

/// `agents`: what those of the target's project did at the last look; nullptr where that is not known.
JobPaneFacts jobPaneFacts(const JobGroup &group, const std::vector<Download> &downloads, const QString &connectionName,
                          const QDateTime &now, const AutomationStatus *agents = nullptr);

/// Everything that is known of the chosen restore, beside the list: how far it is, whose agents are late or report an
/// error, and the words of its report. Texts that change, such as how long a link is still good, change in place, so
/// that another one that is being selected stays.
class JobPane : public QScrollArea
{
    Q_OBJECT

public:
    explicit JobPane(QWidget *parent = nullptr);

    void show(const JobPaneFacts &facts);
    void clear(); ///< says what would be here
    QSize sizeHint() const override;

private:
    void build();
    void tell();
    void addAgents();
    void addReport();
    void addHeading(const QString &text);
    void addLine(const QString &what, const QString &value, bool isMono);

    std::optional<JobPaneFacts> m_facts;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_layout = nullptr;
    QGridLayout *m_grid = nullptr;
    Chip *m_chip = nullptr; ///< as the other two below, nullptr while no restore is shown
    StageColumn *m_stages = nullptr;
    std::vector<LookLabel *> m_values; ///< of the report's lines, in order
};

} // namespace tidemark
