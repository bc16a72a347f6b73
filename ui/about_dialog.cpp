#include "ui/about_dialog.h"

#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace tidemark {

namespace {

LookLabel *text(const QString &words, TypeRole type, Ink ink, const QString &objectName)
{
    auto *label = new LookLabel(words, type, ink, LookLabel::Wrap::Yes);
    label->setObjectName(objectName);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Tidemark"));
    const QStringList libraries{tr("Qt %1").arg(QString::fromLatin1(qVersion())),
                                QStringLiteral("libcurl"),
                                QStringLiteral("OpenSSL"),
                                QStringLiteral("libarchive"),
                                QStringLiteral("zlib"),
                                QStringLiteral("QtKeychain"),
                                QStringLiteral("toml++"),
                                QStringLiteral("tl::expected")};
    auto *page = new QWidget;
    auto *texts = new QVBoxLayout(page);
    texts->addWidget(text(tr("Tidemark %1").arg(QStringLiteral(TIDEMARK_VERSION)), TypeRole::Title, Ink::Text,
                          QStringLiteral("aboutVersion")));
    texts->addWidget(text(tr("Restores MongoDB deployments that Cloud Manager or Ops Manager has backed up, and brings "
                             "snapshot archives home verified."),
                          TypeRole::Body, Ink::Text, QStringLiteral("aboutPurpose")));
    texts->addWidget(text(tr("Licence: Apache License, version 2.0. There is no warranty of any kind."), TypeRole::Body,
                          Ink::Text, QStringLiteral("aboutLicence")));
    texts->addWidget(text(tr("Made with %1. Each has a licence of its own.").arg(libraries.join(QStringLiteral(", "))),
                          TypeRole::Caption, Ink::Text2, QStringLiteral("aboutLibraries")));
    texts->addStretch(1);
    makeScrollable(*page);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(page, 1);
    layout->addWidget(box);
    fitWindow(*this, {u(120), u(60)});
}

} // namespace tidemark
