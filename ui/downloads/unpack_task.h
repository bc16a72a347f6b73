#pragma once

#include "archive/unpack.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace tidemark {

/// Unpacks one archive on a worker thread and tells how far it is.
class UnpackTask : public QObject
{
    Q_OBJECT

public:
    UnpackTask(QString archivePath, QString folder, QObject *parent = nullptr);
    ~UnpackTask() override; ///< stops; what was unpacked until then stays

    const QString &archivePath() const { return m_archivePath; }
    void start();
    void stop();

Q_SIGNALS:
    void progressed(int permille); ///< of the archive's bytes
    void finished(const tidemark::Result<tidemark::Unpacked> &result);

private:
    QString m_archivePath;
    QString m_folder;
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);
};

} // namespace tidemark
