#include "ui/widgets/column_widths.h"

#include <algorithm>
#include <cmath>

namespace tidemark {

int cutLongColumns(const std::vector<int *> &widths, int least, int missing)
{
    int spare = 0;
    for (const int *width : widths)
        spare += std::max(0, *width - least);
    if (spare == 0 || missing <= 0)
        return 0;
    const double share = std::min(1.0, double(missing) / spare);
    int taken = 0;
    for (int *width : widths) {
        const int part = std::min(missing - taken, int(std::ceil(std::max(0, *width - least) * share)));
        *width -= part;
        taken += part;
    }
    return taken;
}

} // namespace tidemark
