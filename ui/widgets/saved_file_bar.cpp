#include "ui/widgets/saved_file_bar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace tidemark {

SavedFileBar::SavedFileBar(QWidget *parent)
    : MessageBar(parent)
{
    setObjectName(QStringLiteral("savedFile"));
    connect(this, &MessageBar::buttonClicked, this, [this](int button) {
        if (button == 0)
            QDesktopServices::openUrl(QUrl::fromLocalFile(m_path));
        else if (button == 1)
            QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_path).path()));
        else
            clear();
    });
}

void SavedFileBar::showSaved(const QString &text, const QString &path)
{
    m_path = path;
    showMessage(Kind::Information, text, {tr("Open"), tr("Show in folder"), tr("Close")});
}

} // namespace tidemark
