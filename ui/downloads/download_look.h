#pragma once

#include "downloads/download.h"

#include <QVariant>

#include <vector>

namespace tidemark {

/// What the cells of the list of downloads look like beside their texts: `role` is a LookRole, `column` a
/// DownloadsModel::Column. Nothing where a cell is its text alone.

QVariant downloadLook(const Download &download, int column, int role, const QDateTime &now);
/// Of the row above a batch's archives.
QVariant batchLook(const std::vector<Download> &downloads, int column, int role);

} // namespace tidemark
