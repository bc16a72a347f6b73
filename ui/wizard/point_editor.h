#pragma once

#include "restore/rules.h"

#include <QWidget>

#include <vector>

namespace tidemark {

class FieldHint;
class WizardContext;

/// The part of the Restore point page that belongs to one mode.
class PointEditor : public QWidget
{
    Q_OBJECT

public:
    struct Hint
    {
        Field field;
        FieldHint *hint;
    };

    PointEditor(WizardContext &context, QWidget *parent = nullptr);

    /// Brings the controls in line with draft and facts.
    virtual void showDraft() = 0;
    /// Gives the keyboard to the field that is the mode's matter.
    virtual void focusField() {}
    const std::vector<Hint> &hints() const { return m_hints; }

Q_SIGNALS:
    /// The person asked to go on (a double click).
    void accepted();

protected:
    WizardContext &context() const { return m_context; }
    /// A hint for the field, beside its control; to be placed by the editor.
    FieldHint *addHint(Field field, QWidget *control);

private:
    WizardContext &m_context;
    std::vector<Hint> m_hints;
};

} // namespace tidemark
