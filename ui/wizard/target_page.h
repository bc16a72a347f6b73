#pragma once

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
};

} // namespace tidemark
