#pragma once

#include "ui/wizard/point_editor.h"

class QLabel;

namespace tidemark {

class RangesView;
class UtcTimeEdit;

/// Point in time: typed, pasted or chosen on the timeline.
class TimeEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit TimeEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;
    void focusField() override;

private:
    UtcTimeEdit *m_edit;
    QLabel *m_readout;
    RangesView *m_ranges;
};

} // namespace tidemark
