#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace tidemark {

/// The views that one came from, to go back to them one after the other.
class ZoomStack
{
public:
    using View = std::pair<double, double>; ///< from, to: seconds since the epoch

    /// The oldest ones are forgotten where there are many.
    void push(const View &view);
    std::optional<View> pop();
    bool isEmpty() const { return m_views.empty(); }

private:
    std::vector<View> m_views;
};

} // namespace tidemark
