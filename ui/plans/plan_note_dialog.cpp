#include "ui/plans/plan_note_dialog.h"

#include "base/honest_text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

PlanNoteDialog::PlanNoteDialog(QWidget *parent)
    : QDialog(parent)
    , m_note(new QLineEdit)
{
    setObjectName(QStringLiteral("planNoteDialog"));
    setWindowTitle(tr("Save plan"));
    m_note->setObjectName(QStringLiteral("planNoteText"));
    m_note->setMaxLength(LongestNote);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *choose = box->addButton(tr("Choose the &file…"), QDialogButtonBox::AcceptRole);
    choose->setObjectName(QStringLiteral("choosePlanFile"));
    box->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("cancelPlanNote"));
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(labelFor(tr("&Note (optional)"), m_note));
    layout->addWidget(m_note);
    layout->addWidget(wrappingLabel(tr("A ticket, or a word to whoever opens it. It is in the file for everybody who "
                                       "reads it, and what is signed includes it.")));
    layout->addStretch(1);
    layout->addWidget(box);
    choose->setDefault(true); // once it is the dialog's
    m_note->setFocus();
    fitWindow(*this, {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 11});
}

QString PlanNoteDialog::note() const
{
    return asLine(m_note->text(), LongestNote);
}

} // namespace tidemark
