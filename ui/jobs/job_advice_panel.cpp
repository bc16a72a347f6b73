#include "ui/jobs/job_advice_panel.h"

#include "ui/jobs/job_actions.h"

#include <map>

namespace tidemark {

JobAdvicePanel::JobAdvicePanel(const JobActions &actions, QWidget *parent)
    : AdvicePanel(parent)
    , m_jobActions(actions)
{
}

void JobAdvicePanel::advise(const JobGroup *group, const std::optional<UndoTo> &undo, const QDateTime &now)
{
    const auto advice = group ? adviceFor(*group, now, undo) : std::nullopt;
    if (!advice) {
        clear();
        return;
    }
    std::vector<QAction *> actions;
    for (const JobStep step : advice->steps)
        actions.push_back(m_jobActions.action(step));
    static const std::map<JobAdvice::Kind, NoticeKind> kinds{{JobAdvice::Kind::Good, NoticeKind::Good},
                                                             {JobAdvice::Kind::Note, NoticeKind::Note},
                                                             {JobAdvice::Kind::Soon, NoticeKind::Soon},
                                                             {JobAdvice::Kind::Lost, NoticeKind::Lost}};
    say(kinds.at(advice->kind), advice->title, advice->sentence, actions);
}

} // namespace tidemark
