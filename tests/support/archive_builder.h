#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace tidemark::test {

/// A tar stream with these files below one directory, with its end mark.
QByteArray makeTar(const QString &directory, const QList<std::pair<QString, QByteArray>> &files);

/// The same tar with the type of its second header changed: what cannot be made without privileges, or not at all.
QByteArray retyped(QByteArray tar, char type);

/// One gzip member.
QByteArray gzip(const QByteArray &bytes, int level = 1);

/// A snapshot archive as Cloud Manager delivers it, of about `bytes` (incompressible contents), the same for the same
/// seed.
QByteArray makeArchive(qint64 bytes, quint32 seed = 1);

/// Reproducible noise.
QByteArray noise(qint64 bytes, quint32 seed);

QString sha1Of(const QByteArray &bytes);

} // namespace tidemark::test
