#pragma once

#include "moment/moment.h"
#include "ui/wizard/point_editor.h"

class QComboBox;
class QLabel;

namespace tidemark {

class MomentChoices;
class RangesView;
class UtcTimeEdit;
class ZoneChoice;

/// Point in time: typed, pasted in any of the forms that readMoment() knows, or chosen on the timeline.
class TimeEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit TimeEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;
    void focusField() override;

private:
    QWidget *makeSteps();
    void zoneChosen();
    void written(const QString &text, const QDateTime &now);
    void step(int count);
    MomentAnswer read(const QString &text, const QDateTime &now) const;
    QString fieldText(const QDateTime &time) const;
    void choose(const QDateTime &time);
    void showAnswer(const MomentAnswer &answer);

    UtcTimeEdit *m_edit;
    ZoneChoice *m_zone;
    QComboBox *m_stepUnit;
    QLabel *m_readout;
    QLabel *m_notes;
    MomentChoices *m_choices;
    RangesView *m_ranges;
    QString m_meant; ///< what the draft has of the field's text: a span is counted from when it was written
    /// To the field's text, where the draft has in its place what was meant.
    std::optional<MomentAnswer> m_answer;
    QDateTime m_writtenAt;     ///< by the server's clock
    bool m_readInZone = false; ///< it names no zone of its own
};

} // namespace tidemark
