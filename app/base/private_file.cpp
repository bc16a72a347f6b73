#include "base/private_file.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace tidemark {

bool makePrivateFolder(const QString &path)
{
    if (QFile::exists(path))
        return QDir(path).exists();
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString savePrivateFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const bool saved = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                       file.write(bytes) == bytes.size() && file.commit();
    return saved ? QString() : file.errorString();
}

} // namespace tidemark
