#pragma once

#include <QCollatorSortKey>
#include <QString>

namespace tidemark {

/// Order of names and versions as people count: huge_2 before huge_10, 4.4.9 before 4.4.10; letters in either case are
/// alike. Below 0, 0 or above 0.
int compareNaturally(const QString &a, const QString &b);

/// For texts that are compared many times over: keys compare as the texts do, in a fraction of the time.
QCollatorSortKey naturalSortKey(const QString &text);

} // namespace tidemark
