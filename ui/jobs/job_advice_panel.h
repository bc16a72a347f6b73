#pragma once

#include "jobs/job_advice.h"
#include "ui/widgets/advice_panel.h"

namespace tidemark {

class JobActions;

/// What follows from where the chosen restore stands.
class JobAdvicePanel : public AdvicePanel
{
    Q_OBJECT

public:
    /// The actions outlive it.
    explicit JobAdvicePanel(const JobActions &actions, QWidget *parent = nullptr);

    /// nullptr: none is chosen. `undo`: what it can be undone to. `now` is the server's clock.
    void advise(const JobGroup *group, const std::optional<UndoTo> &undo, const QDateTime &now);

private:
    const JobActions &m_jobActions;
};

} // namespace tidemark
