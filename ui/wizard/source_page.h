#pragma once

#include "ui/wizard/cluster_page.h"

namespace tidemark {

/// Which cluster's backup is restored.
class SourcePage : public ClusterPage
{
    Q_OBJECT

public:
    explicit SourcePage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void showDraft() override;
};

} // namespace tidemark
