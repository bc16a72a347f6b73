#include "ui/downloads/download_folder.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace tidemark {

namespace {

const QString FolderKey = QStringLiteral("downloads/folder");

} // namespace

QString nearestExistingFolder(QString path)
{
    while (!QFileInfo::exists(path))
        path = QFileInfo(path).path();
    return path;
}

DownloadFolder::DownloadFolder(QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
}

bool DownloadFolder::isChosen() const
{
    return m_settings.contains(FolderKey);
}

QString DownloadFolder::path() const
{
    const QString proposed = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    return m_settings.value(FolderKey, proposed).toString();
}

void DownloadFolder::setPath(const QString &path)
{
    m_settings.setValue(FolderKey, path);
    Q_EMIT changed(path);
}

QFileDialog *DownloadFolder::open(QWidget *window)
{
    // The dialog would take a missing folder for a file's name.
    auto *dialog = new QFileDialog(window, tr("Folder for downloaded archives"), nearestExistingFolder(path()));
    dialog->setObjectName(QStringLiteral("folderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DownloadFolder::setPath);
    dialog->open();
    return dialog;
}

void DownloadFolder::choose(QWidget *window)
{
    connect(open(window), &QFileDialog::fileSelected, this, &DownloadFolder::chosen);
}

void DownloadFolder::change(QWidget *window)
{
    open(window);
}

} // namespace tidemark
