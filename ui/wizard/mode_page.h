#pragma once

#include "ui/wizard/step_page.h"

#include <array>

class QButtonGroup;
class QLabel;
class QRadioButton;

namespace tidemark {

/// What kind of restore; the impossible ones say why.
class ModePage : public StepPage
{
    Q_OBJECT

public:
    explicit ModePage(WizardContext &context, QWidget *parent = nullptr);

protected:
    void showDraft() override;

private:
    struct Choice
    {
        RestoreMode mode{};
        QRadioButton *button = nullptr;
        FieldHint *objection = nullptr;
    };

    std::array<Choice, 5> m_choices;
    QButtonGroup *m_group;
};

} // namespace tidemark
