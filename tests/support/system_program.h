#pragma once

#include <QStandardPaths>
#include <QString>

namespace tidemark::test {

/// Where a program is that is for administrators: such are not on everybody's PATH. Empty where there is none.
inline QString systemProgram(const QString &name)
{
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty()
               ? QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")})
               : found;
}

} // namespace tidemark::test
