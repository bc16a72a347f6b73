#pragma once

#include <vector>

namespace tidemark {

/// The rows of a list after the chosen ones went one place up (`by` < 0) or down. Those that stand at the end stay, and
/// chosen ones beside each other stay together. Numbers are the rows as they were.
std::vector<int> movedByOne(const std::vector<bool> &isChosen, int by);

/// The rows after the chosen ones went, in their order, before the row `before` (the number of rows: to the end).
std::vector<int> movedBefore(const std::vector<bool> &isChosen, int before);

} // namespace tidemark
