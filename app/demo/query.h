#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::demo {

/// The query of a request as it stands in its address, in its order and with its repetitions. The HTTP library mixes
/// the fields of a form in the body into its own, which are no part of a query.
class Query
{
public:
    /// @p target: path and query as they were sent.
    explicit Query(std::string_view target);

    [[nodiscard]] bool has(std::string_view name) const;
    /// The first value of that name; empty when there is none.
    [[nodiscard]] std::string get(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>> &items() const { return m_items; }

private:
    std::vector<std::pair<std::string, std::string>> m_items;
};

} // namespace tidemark::demo
