#pragma once

#include "jobs/job_group.h"
#include "ui/wizard/cluster_page.h"

namespace tidemark {

/// Which cluster is erased and filled anew. Only for automated modes.
class TargetPage : public ClusterPage
{
    Q_OBJECT

public:
    explicit TargetPage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void initializePage() override;
    void showDraft() override;

private:
    void propose();

    FieldHint *m_sourceHint; ///< that the target is the source itself
};

/// The project into which was restored last from here, which is where drills go; empty where nothing was.
ProjectId lastTargetProject(const std::vector<JobGroup> &groups);

} // namespace tidemark
