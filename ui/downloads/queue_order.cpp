#include "ui/downloads/queue_order.h"

#include <algorithm>
#include <numeric>

namespace tidemark {

std::vector<int> movedByOne(const std::vector<bool> &isChosen, int by)
{
    std::vector<int> order(isChosen.size());
    std::iota(order.begin(), order.end(), 0);
    const auto isChosenAt = [&](size_t place) { return isChosen[static_cast<size_t>(order[place])]; };
    if (by < 0) {
        for (size_t place = 1; place < order.size(); ++place) {
            if (isChosenAt(place) && !isChosenAt(place - 1))
                std::swap(order[place], order[place - 1]);
        }
    } else {
        for (size_t place = order.size(); place-- > 1;) {
            if (isChosenAt(place - 1) && !isChosenAt(place))
                std::swap(order[place], order[place - 1]);
        }
    }
    return order;
}

std::vector<int> movedBefore(const std::vector<bool> &isChosen, int before)
{
    std::vector<int> order;
    const int count = static_cast<int>(isChosen.size());
    const auto addIf = [&](int from, int to, bool chosen) {
        for (int row = from; row < to; ++row) {
            if (isChosen[static_cast<size_t>(row)] == chosen)
                order.push_back(row);
        }
    };
    const int place = std::clamp(before, 0, count);
    addIf(0, place, false);
    addIf(0, count, true);
    addIf(place, count, false);
    return order;
}

} // namespace tidemark
