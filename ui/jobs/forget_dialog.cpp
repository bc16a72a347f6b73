#include "ui/jobs/forget_dialog.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/no_enter.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ForgetDialog::ForgetDialog(const PendingOrder &order, QWidget *parent)
    : ForgetDialog({tr("Forget this order"),
                    order.isAutomatedRestore()
                        ? tr("Whether this restore was ordered is not known. If it was, it erases “%1”, and nothing "
                             "here will say so any more, nor stop a second one.")
                              .arg(order.targetClusterName)
                        : tr("Whether this download was ordered is not known. Nothing here will look for it any more, "
                             "nor stop a second one."),
                    tr("&Forget this order"), order.isAutomatedRestore() ? order.targetClusterName : QString()},
                   parent)
{
}

ForgetDialog::ForgetDialog(const RememberedSubmission &restore, QWidget *parent)
    : ForgetDialog({tr("Stop following this restore"),
                    tr("This restore was ordered. No list shows its job, which may still appear and erase “%1”; the "
                       "next restore of “%1” will not be stopped by it any more.")
                        .arg(restore.targetClusterName),
                    tr("&Stop following this restore"), restore.targetClusterName},
                   parent)
{
}

ForgetDialog::ForgetDialog(const Question &question, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("forgetDialog"));
    setWindowTitle(question.title);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(wrappingLabel(question.text));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *forget = buttons->addButton(question.action, QDialogButtonBox::AcceptRole);
    forget->setObjectName(QStringLiteral("forget"));
    forget->setAutoDefault(false);
    new NoEnter(forget);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    if (!question.name.isEmpty()) {
        auto *name = new QLineEdit;
        name->setObjectName(QStringLiteral("forgetName"));
        layout->addWidget(labelFor(tr("&Type the target cluster's name to confirm"), name));
        layout->addWidget(name);
        forget->setEnabled(false);
        connect(name, &QLineEdit::textChanged, forget,
                [forget, wanted = question.name](const QString &text) { forget->setEnabled(text == wanted); });
        name->setFocus();
    }
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace tidemark
