#pragma once

#include <QObject>

#include <functional>

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

    /// Opens a folder dialog and returns at once. `then` is called once a folder was chosen in this very dialog.
    void choose(QWidget *window, const std::function<void()> &then = {});

Q_SIGNALS:
    void changed(const QString &path);

private:
    QSettings &m_settings;
};

} // namespace tidemark
