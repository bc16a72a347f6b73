#include "ui/history/report_dialog.h"

#include "ui/jobs/report_file_saver.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/saved_file_bar.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ReportDialog::ReportDialog(const JobReport &report, QWidget *parent)
    : QDialog(parent)
    , m_report(report)
    , m_message(new MessageBar)
    , m_saved(new SavedFileBar)
    , m_saver(new ReportFileSaver(m_message, m_saved, this))
{
    setObjectName(QStringLiteral("reportDialogWindow"));
    setWindowTitle(report.title);
    auto *text = new CodeView(tr("Report"));
    text->setText(plainText(report));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *save = box->addButton(tr("&Save report…"), QDialogButtonBox::ActionRole);
    save->setObjectName(QStringLiteral("saveHistoryReport"));
    save->setAutoDefault(false);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &ReportDialog::save);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_saved);
    layout->addWidget(box);
    fitWindow(*this, {fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 34});
}

void ReportDialog::save()
{
    m_message->clear();
    m_saver->choose(m_report.title, [report = m_report] { return std::optional(report); });
}

} // namespace tidemark
