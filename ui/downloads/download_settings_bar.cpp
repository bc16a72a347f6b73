#include "ui/downloads/download_settings_bar.h"

#include "base/background.h"
#include "base/text.h"
#include "ui/downloads/download_folder.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wrap_layout.h"

#include <QDir>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStorageInfo>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

const QString ConcurrentKey = QStringLiteral("downloads/concurrent");
const QString LimitKey = QStringLiteral("downloads/bytesPerSecondLimit");
constexpr double Megabyte = 1e6;
constexpr int MostAtATime = 8;
constexpr double FastestLimit = 10000; ///< MB/s
constexpr auto SpaceInterval = std::chrono::seconds(5);

} // namespace

DownloadSettingsBar::DownloadSettingsBar(DownloadQueue &queue, DownloadFolder &folder, QSettings &settings,
                                         QWidget *parent)
    : QWidget(parent)
    , m_queue(queue)
    , m_folder(folder)
    , m_settings(settings)
    , m_concurrent(new QSpinBox)
    , m_limit(new QDoubleSpinBox)
    , m_path(new ElidedLabel(Qt::ElideMiddle))
    , m_space(new ElidedLabel)
{
    m_concurrent->setObjectName(QStringLiteral("concurrentDownloads"));
    m_concurrent->setRange(1, MostAtATime);
    m_concurrent->setValue(settings.value(ConcurrentKey, queue.options().concurrent).toInt());
    m_limit->setObjectName(QStringLiteral("speedLimit"));
    m_limit->setRange(0, FastestLimit);
    m_limit->setDecimals(1);
    m_limit->setSuffix(tr(" MB/s"));
    m_limit->setSpecialValueText(tr("none"));
    m_limit->setValue(settings.value(LimitKey, queue.options().bytesPerSecondLimit).toDouble() / Megabyte);
    m_path->setObjectName(QStringLiteral("downloadFolder"));
    m_path->setText(QDir::toNativeSeparators(folder.path()));
    m_space->setObjectName(QStringLiteral("freeSpace"));
    m_space->setAccessibleName(tr("Free space")); // its number goes on, its name does not
    auto *choose = new QPushButton(tr("Change folder…"));
    choose->setObjectName(QStringLiteral("changeFolder"));

    auto *folderRow = new QWidget;
    auto *folderLayout = new QHBoxLayout(folderRow);
    folderLayout->setContentsMargins({});
    folderLayout->addWidget(new QLabel(tr("Folder")));
    folderLayout->addWidget(m_path, 1);
    folderLayout->addWidget(choose);
    auto *layout = new WrapLayout(this);
    layout->addWidget(besideLabel(tr("At a t&ime"), m_concurrent));
    layout->addWidget(besideLabel(tr("Speed &limit"), m_limit));
    layout->addWidget(folderRow);
    layout->addWidget(m_space);

    queue.setConcurrent(m_concurrent->value());
    queue.setBytesPerSecondLimit(std::llround(m_limit->value() * Megabyte));
    connect(m_concurrent, &QSpinBox::valueChanged, this, [this](int value) {
        m_settings.setValue(ConcurrentKey, value);
        m_queue.setConcurrent(value);
    });
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        const qint64 bytes = std::llround(value * Megabyte);
        m_settings.setValue(LimitKey, bytes);
        m_queue.setBytesPerSecondLimit(bytes);
    });
    connect(choose, &QPushButton::clicked, this, [this] { m_folder.choose(window()); });
    connect(&folder, &DownloadFolder::changed, this, [this](const QString &path) {
        m_path->setText(QDir::toNativeSeparators(path));
        readFreeSpace();
    });
    for (const auto signal : {&DownloadQueue::removed, &DownloadQueue::ended})
        connect(&queue, signal, this, &DownloadSettingsBar::showFreeSpace);
    connect(&queue, &DownloadQueue::added, this, &DownloadSettingsBar::showFreeSpace);
    m_spaceTimer.setInterval(SpaceInterval);
    connect(&m_spaceTimer, &QTimer::timeout, this, &DownloadSettingsBar::readFreeSpace);
}

void DownloadSettingsBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readFreeSpace();
    m_spaceTimer.start();
}

void DownloadSettingsBar::hideEvent(QHideEvent *event)
{
    m_spaceTimer.stop();
    QWidget::hideEvent(event);
}

/// A network folder that hangs must hang neither the window nor the threads that read answers: it costs one thread.
void DownloadSettingsBar::readFreeSpace()
{
    if (std::exchange(m_isReading, true))
        return;
    inOwnThread(
        this, [path = m_folder.path()] { return QStorageInfo(nearestExistingFolder(path)).bytesAvailable(); },
        [this, path = m_folder.path()](qint64 bytes) {
            m_isReading = false;
            if (path != m_folder.path()) {
                readFreeSpace();
                return;
            }
            m_freeBytes = bytes;
            showFreeSpace();
        });
}

void DownloadSettingsBar::showFreeSpace()
{
    if (m_freeBytes < 0) {
        sayFreeSpace(tr("Free space not known"));
        return;
    }
    const qint64 rest = stillToCome();
    QString text = tr("Free: %1").arg(bytesText(m_freeBytes));
    if (rest > m_freeBytes)
        text = tr("%1, but up to about %2 are still to come").arg(text, bytesText(rest));
    else if (rest > 0)
        text = tr("%1, still to come: up to about %2").arg(text, bytesText(rest));
    sayFreeSpace(text);
}

void DownloadSettingsBar::sayFreeSpace(const QString &text)
{
    m_space->setText(text);
    m_space->setAccessibleDescription(text);
}

qint64 DownloadSettingsBar::stillToCome() const
{
    qint64 sum = 0;
    for (const Download &download : m_queue.downloads()) {
        if (isEnd(download.state) || download.state == DownloadState::Verifying)
            continue;
        const qint64 size = download.bytesTotal > 0 ? download.bytesTotal : download.source.expectedFileSizeBytes;
        sum += std::max<qint64>(0, size - download.bytesReceived);
    }
    return sum;
}

} // namespace tidemark
