#pragma once

#include <QByteArray>
#include <QFile>

namespace tidemark::test {

/// Empty where it cannot be read.
inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace tidemark::test
