#pragma once

#include "ui/wizard/cluster_page.h"

namespace tidemark {

class NoticePanel;
class RestorablePanel;

/// Which cluster's backup is restored: of one project, or of all. Below, what the chosen one can be restored to; above,
/// a restore that was left unfinished, where there is one.
class SourcePage : public ClusterPage
{
    Q_OBJECT

public:
    explicit SourcePage(WizardContext &context, QWidget *parent = nullptr);

    /// `what`: it in a few words; empty takes the offer away.
    void offerKept(const QString &what);
    bool validatePage() override;

Q_SIGNALS:
    void goOnRequested();
    void startAnewRequested();

protected:
    void showDraft() override;
    std::vector<Finding> findings() const override;

private:
    NoticePanel *makeOffer();

    NoticePanel *m_offer;
    RestorablePanel *m_restorable;
};

} // namespace tidemark
