#pragma once

#include <QString>

namespace tidemark {

/// Names of months and days of the week as programs and people of Western Europe write them, whole and shortened.

/// For a regular expression that ignores case: the month is its group "name".
QString monthPattern();
/// Without those that are words of English where no number stands before them ("out", "set").
QString leadingMonthPattern();
/// From 1; 0: there is no such month.
int monthOf(const QString &name);

/// The same for a day of the week, with its point and comma; its group is "weekday".
QString weekdayPattern();
/// From 1 for Monday; 0: there is no such day.
int weekdayOf(const QString &name);

} // namespace tidemark
