#pragma once

#include "archive/unpack.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace tidemark {

/// Unpacks one archive on a thread of the archives' own pool and tells how far it is.
class UnpackTask : public QObject
{
    Q_OBJECT

public:
    UnpackTask(QString archivePath, QString folder, QObject *parent = nullptr);
    ~UnpackTask() override; ///< as stop()

    void start();
    /// Ends at once, with finished(Cancelled), even where a disk hangs; the thread removes what was unpacked behind it.
    void stop();

Q_SIGNALS:
    void progressed(int permille); ///< of the archive's bytes
    void finished(const tidemark::Result<tidemark::Unpacked> &result);

private:
    void end(const Result<Unpacked> &result);

    QString m_archivePath;
    QString m_folder;
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);
    bool m_ended = false;
};

} // namespace tidemark
