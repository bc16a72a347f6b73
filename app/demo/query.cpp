#include "demo/query.h"

#include "demo/text.h"

#include <algorithm>

namespace tidemark::demo {

namespace {

std::string decoded(std::string_view part)
{
    std::string spaced(part);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecoded(spaced);
}

} // namespace

Query::Query(std::string_view target)
{
    const auto mark = target.find('?');
    if (mark == std::string_view::npos)
        return;
    for (const auto &pair : split(target.substr(mark + 1), '&')) {
        if (pair.empty())
            continue;
        const std::string_view view = pair;
        const auto equals = view.find('=');
        m_items.emplace_back(decoded(view.substr(0, equals)),
                             equals == std::string_view::npos ? std::string() : decoded(view.substr(equals + 1)));
    }
}

bool Query::has(std::string_view name) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&](const auto &item) { return item.first == name; });
}

std::string Query::get(std::string_view name) const
{
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [&](const auto &item) { return item.first == name; });
    return found == m_items.end() ? std::string() : found->second;
}

std::vector<std::string> Query::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (const auto &[key, value] : m_items) {
        if (key == name)
            values.push_back(value);
    }
    return values;
}

} // namespace tidemark::demo
