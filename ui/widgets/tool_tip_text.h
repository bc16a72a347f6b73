#pragma once

#include <QString>

namespace tidemark {

/// For QToolTip: rich text, which it wraps, and in which a server's text is shown and never interpreted. Nothing for no
/// text, which shows no tool tip.
inline QString toolTipText(const QString &plain)
{
    if (plain.isEmpty())
        return {};
    return QStringLiteral("<p>%1</p>").arg(plain.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>")));
}

} // namespace tidemark
