#pragma once

#include "cloud/values.h"
#include "ui/look/chip.h"

#include <QScrollArea>

#include <optional>

class QGridLayout;
class QVBoxLayout;

namespace tidemark {

/// All that is known of one snapshot: what a person should know before using it as chips, its moment, versions, sizes,
/// keys and parts. All of it can be selected.
class SnapshotDetails : public QScrollArea
{
    Q_OBJECT

public:
    explicit SnapshotDetails(QWidget *parent = nullptr);

    void show(const Snapshot &snapshot);
    using QScrollArea::show;
    void clear();
    QSize sizeHint() const override;

private:
    void build();
    void addChips();
    void addFacts();
    void addParts();
    void addLine(const QString &what, const QString &value, bool isMono = false);

    std::optional<Snapshot> m_snapshot;
    QVBoxLayout *m_layout = nullptr;
    QGridLayout *m_grid = nullptr;
};

/// What is good or bad about a snapshot, one chip each, the worst first.
std::vector<ChipData> snapshotBadges(const Snapshot &snapshot);

/// The versions of MongoDB in it, each once: "6.0.5, 6.0.9"; empty where none is told. The same of the FCV.
QString snapshotVersions(const Snapshot &snapshot);
QString snapshotFcv(const Snapshot &snapshot);
/// "Encrypted, key 6f1c…", "Not encrypted", "Not told".
QString snapshotEncryption(const Snapshot &snapshot);

} // namespace tidemark
