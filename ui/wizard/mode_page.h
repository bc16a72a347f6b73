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

    void focusFirstField() override;

protected:
    void showDraft() override;
    /// Enter on a choice chooses it and goes on; the digits choose.
    void keyPressEvent(QKeyEvent *event) override;
    /// An arrow on a choice chooses the next one, also where none is chosen yet.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Choice
    {
        RestoreMode mode{};
        QRadioButton *button = nullptr;
        FieldHint *objection = nullptr;
    };

    bool choose(QRadioButton *button);
    void chooseNext(const QObject *from, int step);

    std::array<Choice, 5> m_choices;
    QButtonGroup *m_group;
};

} // namespace tidemark
