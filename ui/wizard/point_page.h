#pragma once

#include "restore/carried_moment.h"
#include "ui/wizard/step_page.h"

#include <map>

namespace tidemark {

class CurrentStack;
class FieldHint;
class LinkEditor;
class PointEditor;

/// What is restored: an editor for each mode, and for a download what its link is to be like.
class PointPage : public StepPage
{
    Q_OBJECT

public:
    explicit PointPage(WizardContext &context, QWidget *parent = nullptr);

    void initializePage() override;
    void focusFirstField() override;

protected:
    void showDraft() override;

private:
    void adopt(PointEditor *editor);

    CurrentStack *m_stack;
    std::map<RestoreMode, PointEditor *> m_editors;
    LinkEditor *m_link;
    FieldHint *m_carriedHint;
    CarriedMoment m_carried;
};

} // namespace tidemark
