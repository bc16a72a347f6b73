#include "ui/downloads/next_steps_dialog.h"

#include "archive/archive_threads.h"
#include "base/later.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace tidemark {

NextStepsDialog::NextStepsDialog(const QString &archivePath, ArchiveOrder order, QWidget *parent)
    : QDialog(parent)
    , m_order(std::move(order))
    , m_heading(new QLabel(tr("Reading restoreInfo.txt in %1…").arg(QFileInfo(archivePath).fileName())))
    , m_steps(new QTextBrowser)
    , m_info(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("nextStepsDialog"));
    setWindowTitle(tr("Next steps"));
    m_heading->setWordWrap(true);
    letNoNameWiden(*m_heading);
    m_heading->setTextFormat(Qt::PlainText);
    m_steps->setObjectName(QStringLiteral("nextSteps"));
    m_steps->setAccessibleName(tr("Next steps"));
    m_info->setObjectName(QStringLiteral("restoreInfo"));
    m_info->setAccessibleName(QStringLiteral("restoreInfo.txt"));
    m_info->setReadOnly(true);
    m_info->setFont(fixedFont());

    auto *tabs = new QTabWidget;
    tabs->addTab(m_steps, tr("Next steps"));
    tabs->addTab(m_info, QStringLiteral("restoreInfo.txt"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *copy = buttons->addButton(tr("Copy steps"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copySteps"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_steps->toPlainText()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_heading);
    layout->addWidget(tabs, 1);
    layout->addWidget(buttons);
    fitWindow(*this, {fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 32});
    read(archivePath);
}

NextStepsDialog::~NextStepsDialog()
{
    m_stop->store(true);
}

void NextStepsDialog::read(const QString &archivePath)
{
    const auto info = onArchiveThread([archivePath, stop = m_stop] {
        return readRestoreInfo(archivePath, [&stop](qint64) { return !stop->load(); });
    });
    whenDone(this, info, [this](const Result<RestoreInfo> &result) { showInfo(result); });
}

void NextStepsDialog::showInfo(const Result<RestoreInfo> &info)
{
    if (!info) {
        m_heading->setText((info.error().sentence + QLatin1Char(' ') + info.error().hint).trimmed());
        return;
    }
    const NextSteps next = nextSteps(*info, m_order);
    m_heading->setText((next.contradictions + QStringList{next.heading}).join(QLatin1Char('\n')));
    QString steps = QStringLiteral("<ol>");
    for (const QString &step : next.steps)
        steps += QStringLiteral("<li style=\"margin-bottom:0.4em\">") +
                 step.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")) + QStringLiteral("</li>");
    m_steps->setHtml(steps + QStringLiteral("</ol>"));
    m_info->setPlainText(info->text);
}

} // namespace tidemark
