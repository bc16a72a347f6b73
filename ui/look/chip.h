#pragma once

#include "jobs/stages.h"
#include "ui/look/roles.h"

#include <QWidget>

class QPainter;

namespace tidemark {

/// A state, said by shape, word and colour.
enum class ChipKind {
    Waiting,
    HandedOver, ///< never green: it is no end
    Agents,
    InPlace,
    Error,
    Ready,
    Expired,
    Cancelled,
    Running,
    Verified,
    Intact,
    Corrupt,
    Paused,
    Off,
    Attention,
    Safe,   ///< nothing is changed by it
    Source, ///< data are taken from it
    Erases  ///< it overwrites a cluster
};

struct ChipData
{
    ChipKind kind = ChipKind::Waiting;
    QString text; ///< empty: no chip
    bool operator==(const ChipData &) const = default;
};

Ink inkOf(ChipKind kind);
QString iconOf(ChipKind kind);
ChipKind chipKindOf(RestoreState state);
inline ChipData chipOf(const StageLine &line)
{
    return {chipKindOf(line.state), line.word};
}

QSize chipSize(const QString &text);
/// Within `rect`, from its leading edge and centred in its height; the word is elided where `rect` is narrower than
/// chipSize(). Returns what it covers.
QRectF paintChip(QPainter *painter, const QRectF &rect, const ChipData &chip, Qt::LayoutDirection direction);

/// The same as a widget. Cannot be clicked and takes no focus; its word is its accessible name.
class Chip : public QWidget
{
    Q_OBJECT

public:
    explicit Chip(QWidget *parent = nullptr);

    void setChip(const ChipData &chip);
    const ChipData &chip() const { return m_chip; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChipData m_chip;
};

} // namespace tidemark

Q_DECLARE_METATYPE(tidemark::ChipData)
