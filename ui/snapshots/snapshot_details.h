#pragma once

#include "cloud/values.h"

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

} // namespace tidemark
