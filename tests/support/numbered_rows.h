#pragma once

#include <QTest>

#include <vector>

namespace tidemark::test {

/// The table of a test function: one row of Qt Test for each, by its `name`.
template<typename Row>
void addRows(const std::vector<Row> &rows)
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < rows.size(); ++i)
        QTest::addRow("%zu %s", i, rows[i].name) << static_cast<int>(i);
}

/// The one that the test function is called for.
template<typename Row>
const Row &thisRow(const std::vector<Row> &rows)
{
    QFETCH(int, number);
    return rows[static_cast<std::size_t>(number)];
}

} // namespace tidemark::test
