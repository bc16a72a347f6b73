#pragma once

#include "restore/rules.h"
#include "ui/wizard/headed_page.h"

#include <map>

namespace tidemark {

class FieldHint;
class WizardContext;

/// The wizard's pages, in order.
enum PageId { SourcePageId, ModePageId, PointPageId, TargetPageId, ReviewPageId, SubmittedPageId };

/// A page that writes one step of the draft and shows what restore/rules.h says about it beside the fields. Next is
/// enabled when nothing blocks. What an untouched field lacks is said calmly.
class StepPage : public HeadedPage
{
    Q_OBJECT

public:
    StepPage(WizardContext &context, Step step, QWidget *parent = nullptr);

    bool isComplete() const override;
    void initializePage() override;
    void cleanupPage() override; ///< going back loses nothing
    /// Gives the keyboard to the field that is the page's matter. Called on arrival.
    virtual void focusFirstField() {}

protected:
    WizardContext &context() const { return m_context; }
    /// The page's findings about this field are shown there.
    void addHint(Field field, FieldHint *hint);
    FieldHint *hintOf(Field field) const { return m_hints.at(field); }
    /// Where findings about other fields than those with hints are shown; to be placed by the page.
    FieldHint *otherHint() const { return m_other; }

    /// Brings the controls in line with draft and facts. Called when they or the time change while the page is seen.
    virtual void showDraft() = 0;
    /// What the rules say of the page, as far as it is shown beside its fields.
    virtual std::vector<Finding> findings() const;
    /// What the page knows beyond the rules, for example an answer that is being waited for.
    virtual bool isReady() const { return true; }

    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void refresh();

private:
    void showFindings();

    WizardContext &m_context;
    Step m_step;
    std::map<Field, FieldHint *> m_hints;
    FieldHint *m_other;
    bool m_wasComplete = false;
};

} // namespace tidemark
