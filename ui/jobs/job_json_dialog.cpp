#include "ui/jobs/job_json_dialog.h"

#include "ui/widgets/code_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

namespace tidemark {

JobJsonDialog::JobJsonDialog(const QString &title, const QByteArray &json, const QString &note, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("jobJsonDialog"));
    setWindowTitle(title);
    auto *text = new CodeView(QStringLiteral("JSON"));
    text->setObjectName(QStringLiteral("jobJson"));
    text->setText(QString::fromUtf8(json));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text, 1);
    layout->addWidget(wrappingLabel(note));
    layout->addWidget(buttons);
    fitWindow(*this, {fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 30});
}

} // namespace tidemark
