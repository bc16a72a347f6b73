#pragma once

#include "ui/look/chip.h"
#include "ui/wizard/step_page.h"

#include <vector>

class QVBoxLayout;

namespace tidemark {

class ChoiceCard;

/// What kind of restore, in two groups, of which each says what happens to a cluster; the impossible ones say why.
class ModePage : public StepPage
{
    Q_OBJECT

public:
    explicit ModePage(WizardContext &context, QWidget *parent = nullptr);

    void focusFirstField() override;

protected:
    void showDraft() override;

private:
    struct Choice
    {
        RestoreMode mode{};
        ChoiceCard *card = nullptr;
    };

    void addGroup(QVBoxLayout *layout, const QString &title, const ChipData &chip,
                  const std::vector<RestoreMode> &modes);

    std::vector<Choice> m_choices;
};

} // namespace tidemark
