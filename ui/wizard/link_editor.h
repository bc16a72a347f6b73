#pragma once

#include "ui/wizard/point_editor.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace tidemark {

class CountBox;
class UtcTimeEdit;

/// For a download: how long its link lives and how often it may be used. One of hours and end, never both: typing in
/// one's field chooses it.
class LinkEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit LinkEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;

private:
    void chooseLife(RestoreDraft::LinkLife life);

    QLineEdit *m_hours;
    UtcTimeEdit *m_until;
    QRadioButton *m_byHours;
    QRadioButton *m_byEnd;
    QLabel *m_untilReadout;
    CountBox *m_maxDownloads;
    QCheckBox *m_unlimited;
};

} // namespace tidemark
