#pragma once

#include "downloads/download_queue.h"

#include <QTimer>
#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QSettings;
class QSpinBox;

namespace tidemark {

class DownloadFolder;
class ElidedLabel;

/// How many at a time, how fast, into which folder, and whether what is still to come fits there.
class DownloadSettingsBar : public QWidget
{
    Q_OBJECT

public:
    DownloadSettingsBar(DownloadQueue &queue, DownloadFolder &folder, QSettings &settings, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void readFreeSpace();
    void showFreeSpace();
    void sayFreeSpace(const QString &text);
    qint64 stillToCome() const;

    DownloadQueue &m_queue;
    DownloadFolder &m_folder;
    QSettings &m_settings;
    QSpinBox *m_concurrent;
    QDoubleSpinBox *m_limit;
    ElidedLabel *m_path;
    ElidedLabel *m_space;
    qint64 m_freeBytes = -1; ///< not known
    bool m_isReading = false;
    QTimer m_spaceTimer;
};

} // namespace tidemark
