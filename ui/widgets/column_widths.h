#pragma once

#include <vector>

namespace tidemark {

/// Takes up to `missing` pixels from the columns that are wider than `least`, each in proportion to what it has beyond:
/// where there is little room, long texts end in an ellipsis before other columns go out of sight. Returns what was
/// taken.
int cutLongColumns(const std::vector<int *> &widths, int least, int missing);

} // namespace tidemark
