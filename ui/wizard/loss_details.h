#pragma once

#include <QWidget>

#include <optional>

class QTimeZone;

namespace tidemark {

class CodeView;
class LookLabel;
struct LogFinding;

/// For which of the wizard's modes a moment is looked for.
enum class MomentUse { PointInTime, Oplog };

/// One finding: what its line means, what taking its moment means, and the line itself as plain text.
class LossDetails : public QWidget
{
    Q_OBJECT

public:
    explicit LossDetails(MomentUse use, QWidget *parent = nullptr);

    /// `zone`: in which a time was read that names none. nullptr hides it.
    void show(const LogFinding *finding, const QTimeZone &zone);

private:
    MomentUse m_use;
    LookLabel *m_meaning;
    LookLabel *m_notes;
    CodeView *m_line;
};

/// What taking the moment restores: its second is excluded by a point in time, and the first entry in it is the last
/// one restored of an oplog timestamp.
QString meaningText(const LogFinding &finding, MomentUse use);

} // namespace tidemark
