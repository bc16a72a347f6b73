#pragma once

#include "jobs/job_group.h"
#include "ui/wizard/cluster_page.h"
#include "ui/wizard/erase_panel.h"

class QBoxLayout;

namespace tidemark {

class ConfigBar;
class FindingsPanel;

/// Which cluster is erased and filled anew, what stands against it, and what of it would be lost. Only for automated
/// modes.
class TargetPage : public ClusterPage
{
    Q_OBJECT

public:
    explicit TargetPage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void initializePage() override;
    void showDraft() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void propose();
    void showTarget();

    FieldHint *m_sourceHint; ///< that the target is the source itself
    FindingsPanel *m_preflight;
    ConfigBar *m_configs;
    ErasePanel *m_erased;
    QBoxLayout *m_panels;
};

/// What is known of the target, and of what it is not known; empty while none is chosen.
std::vector<ErasePanel::Line> targetLines(const RestoreDraft &draft, const RestoreFacts &facts, const QDateTime &now);

/// The project into which was restored last from here, which is where drills go; empty where nothing was.
ProjectId lastTargetProject(const std::vector<JobGroup> &groups);

} // namespace tidemark
