#include "ui/connections/file_check.h"

#include "base/background.h"

#include <QFileInfo>

namespace tidemark {

FileCheck::FileCheck(QObject *parent)
    : QObject(parent)
{
}

void FileCheck::setPath(const QString &path)
{
    if (path == m_path)
        return;
    m_path = path;
    check();
}

void FileCheck::check()
{
    if (m_isChecking || m_path.isEmpty() || m_checked == m_path)
        return;
    m_isChecking = true;
    inOwnThread(
        this, [path = m_path] { return QFileInfo(path).isReadable(); },
        [this, path = m_path](bool readable) {
            m_isChecking = false;
            m_checked = path;
            m_isReadable = readable;
            Q_EMIT changed();
            check(); // more was typed meanwhile
        });
}

} // namespace tidemark
