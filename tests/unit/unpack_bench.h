#pragma once

#include "archive/unpack.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace tidemark::test {

/// An archive in a folder of its own, and looks at what was unpacked.
class UnpackBench
{
public:
    /// Its path; empty where it cannot be written.
    QString write(const QByteArray &bytes) const
    {
        const QString path = m_dir.filePath(QStringLiteral("a.tar.gz"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        return path;
    }
    static QStringList namesIn(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }
    static QByteArray contentsOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static bool sh(const QString &folder, const QString &script)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("sh"), {QStringLiteral("-ec"), script});
        return process.waitForFinished(60000) && process.exitCode() == 0;
    }
    static QString sentenceOf(const Result<Unpacked> &result)
    {
        return result ? QString() : result.error().sentence + QLatin1Char(' ') + result.error().hint;
    }
    QString path(const QString &name) const { return m_dir.filePath(name); }

private:
    QTemporaryDir m_dir;
};

} // namespace tidemark::test
