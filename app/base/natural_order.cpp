#include "base/natural_order.h"

#include <QCollator>

namespace tidemark {

namespace {

/// A thread has one of its own: a collator may not be used by two at a time, and making one takes long.
const QCollator &collator()
{
    thread_local const QCollator made = [] {
        // The locale C knows no numbers: with it a collator compares by code points, whatever its mode.
        const QLocale own;
        QCollator one(own.language() == QLocale::C ? QLocale(QLocale::English) : own);
        one.setNumericMode(true);
        one.setCaseSensitivity(Qt::CaseInsensitive);
        return one;
    }();
    return made;
}

} // namespace

int compareNaturally(const QString &a, const QString &b)
{
    return collator().compare(a, b);
}

QCollatorSortKey naturalSortKey(const QString &text)
{
    return collator().sortKey(text);
}

} // namespace tidemark
