#include "ui/widgets/saved_file_bar.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QUrl>

namespace tidemark {

SavedFileBar::SavedFileBar(QWidget *parent)
    : MessageBar(parent)
{
    setObjectName(QStringLiteral("savedFile"));
}

void SavedFileBar::showSaved(const QString &text, const QString &path)
{
    const auto open = [this, text, path](const QString &what) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(what));
        showSaved(text, path); // the other one may be wanted as well
    };
    ask(Kind::Information, text,
        {{tr("Open"), [open, path] { open(path); }},
         {tr("Show in folder"), [open, path] { open(QFileInfo(path).path()); }},
         {tr("Close"), {}}},
        path);
}

} // namespace tidemark
