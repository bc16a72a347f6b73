#include "ui/widgets/zoom_stack.h"

namespace tidemark {

static constexpr size_t MostViews = 50;

void ZoomStack::push(const View &view)
{
    if (!m_views.empty() && m_views.back() == view)
        return;
    if (m_views.size() == MostViews)
        m_views.erase(m_views.begin());
    m_views.push_back(view);
}

std::optional<ZoomStack::View> ZoomStack::pop()
{
    if (m_views.empty())
        return std::nullopt;
    const View view = m_views.back();
    m_views.pop_back();
    return view;
}

} // namespace tidemark
