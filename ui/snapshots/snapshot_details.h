#pragma once

#include "cloud/values.h"

#include <QTextBrowser>

namespace tidemark {

/// Everything about one snapshot: its moment in both times, its archives with their sizes, and what to beware of.
class SnapshotDetails : public QTextBrowser
{
    Q_OBJECT

public:
    explicit SnapshotDetails(QWidget *parent = nullptr);

    void show(const Snapshot &snapshot);
    using QTextBrowser::show;
    void clear();
};

} // namespace tidemark
