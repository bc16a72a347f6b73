#include "base/private_file.h"

#include <QDir>
#include <QFile>

namespace tidemark {

bool makePrivateFolder(const QString &path)
{
    if (QFile::exists(path))
        return QDir(path).exists();
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace tidemark
