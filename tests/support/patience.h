#pragma once

#include <QTest>

/// What every test program is compiled with: one limit for whatever is waited for, generous enough for a machine that
/// is crowded. Whoever means a bound says it (…_WITH_TIMEOUT).
namespace tidemark::test {

constexpr int PatienceMs = 30000;

} // namespace tidemark::test

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT((expression), tidemark::test::PatienceMs)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT((expression), message, tidemark::test::PatienceMs)
#define QTRY_COMPARE(computed, expected) QTRY_COMPARE_WITH_TIMEOUT((computed), expected, tidemark::test::PatienceMs)
