#pragma once

#include "ui/wizard/point_editor.h"

class QLabel;
class QLineEdit;

namespace tidemark {

class RangesView;

/// Oplog timestamp: seconds and increment, typed, pasted as the shell prints them, or the seconds chosen on the
/// timeline.
class OplogEditor : public PointEditor
{
    Q_OBJECT

public:
    explicit OplogEditor(WizardContext &context, QWidget *parent = nullptr);

    void showDraft() override;
    void focusField() override;

private:
    void secondsEdited(const QString &text);

    QLineEdit *m_seconds;
    QLineEdit *m_increment;
    QLabel *m_readout;
    RangesView *m_ranges;
};

struct PastedTimestamp
{
    QString seconds;
    QString increment;
    bool operator==(const PastedTimestamp &) const = default;
};

/// Reads a timestamp as shells, logs and drivers print it: "Timestamp(1536610288, 1)", "Timestamp({ t: 1536610288,
/// i: 1 })", {"t":1536610288,"i":1}. nullopt for everything else, a plain number included.
std::optional<PastedTimestamp> readPastedTimestamp(const QString &text);

} // namespace tidemark
