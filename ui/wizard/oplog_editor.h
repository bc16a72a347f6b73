#pragma once

#include "moment/moment.h"
#include "ui/wizard/point_editor.h"

class QLabel;
class QLineEdit;

namespace tidemark {

class MomentChoices;
class OplogQueryView;
class RangesView;

/// Oplog timestamp: seconds and increment, typed, read from what is pasted, or the seconds chosen on the timeline.
class OplogEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit OplogEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;
    void focusField() override;

private:
    void pasted(const QString &text);
    void secondsEdited(const QString &text);
    void take(const Moment &moment);
    void takeLatest();
    void letGo();

    QLineEdit *m_paste;
    FieldHint *m_pasteHint;
    MomentChoices *m_choices;
    QLineEdit *m_seconds;
    QLineEdit *m_increment;
    QLabel *m_readout;
    OplogQueryView *m_query;
    RangesView *m_ranges;
    std::pair<QString, QString> m_taken; ///< seconds and increment that a paste has filled in
};

} // namespace tidemark
