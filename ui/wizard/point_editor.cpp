#include "ui/wizard/point_editor.h"

#include "ui/widgets/field_hint.h"

namespace tidemark {

PointEditor::PointEditor(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
}

FieldHint *PointEditor::addHint(Field field, QWidget *control)
{
    auto *hint = new FieldHint(control);
    m_hints.push_back({field, hint});
    return hint;
}

} // namespace tidemark
