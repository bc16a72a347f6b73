#pragma once

#include <QObject>

class QFileDialog;
class QSettings;
class QWidget;

namespace tidemark {

/// The folder itself, or the nearest one above it that exists.
QString nearestExistingFolder(QString path);

/// The folder into which archives are fetched: chosen once, kept in the settings. Until then the desktop's Downloads
/// folder is proposed.
class DownloadFolder : public QObject
{
    Q_OBJECT

public:
    explicit DownloadFolder(QSettings &settings, QObject *parent = nullptr);

    bool isChosen() const;
    QString path() const;
    void setPath(const QString &path);

    /// Opens a folder dialog and returns at once; `chosen` follows unless the person cancels. For what waits for it.
    void choose(QWidget *window);
    /// The same where nothing waits: `chosen` does not follow. Else what somebody gave up at the first dialog would
    /// begin at the second.
    void change(QWidget *window);

Q_SIGNALS:
    void changed(const QString &path);
    void chosen(const QString &path);

private:
    QFileDialog *open(QWidget *window);

    QSettings &m_settings;
};

} // namespace tidemark
