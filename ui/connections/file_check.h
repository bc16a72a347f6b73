#pragma once

#include <QObject>

namespace tidemark {

/// Whether a file that is being typed can be read, asked of the disk on a thread of its own: a folder of the network
/// that hangs must not hang the window. One question at a time, however quickly somebody types.
class FileCheck : public QObject
{
    Q_OBJECT

public:
    explicit FileCheck(QObject *parent = nullptr);

    void setPath(const QString &path);
    // Neither of both while it is not known yet.
    bool isReadable() const { return m_path.isEmpty() || (m_checked == m_path && m_isReadable); }
    bool isUnreadable() const { return !m_path.isEmpty() && m_checked == m_path && !m_isReadable; }

Q_SIGNALS:
    void changed(); ///< isReadable() may say something else now

private:
    void check();

    QString m_path;
    QString m_checked; ///< what m_isReadable is about
    bool m_isReadable = true;
    bool m_isChecking = false;
};

} // namespace tidemark
