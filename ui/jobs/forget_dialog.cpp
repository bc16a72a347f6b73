#include "ui/jobs/forget_dialog.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/no_enter.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ForgetDialog::ForgetDialog(const PendingOrder &order, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("forgetDialog"));
    setWindowTitle(tr("Forget this order"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(wrappingLabel(
        order.isAutomatedRestore()
            ? tr("Whether this restore was ordered is not known. If it was, it erases “%1”, and nothing here will say "
                 "so any more, nor stop a second one.")
                  .arg(order.targetClusterName)
            : tr("Whether this download was ordered is not known. Nothing here will look for it any more, nor stop a "
                 "second one.")));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *forget = buttons->addButton(tr("&Forget this order"), QDialogButtonBox::AcceptRole);
    forget->setObjectName(QStringLiteral("forget"));
    forget->setAutoDefault(false);
    new NoEnter(forget);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    if (order.isAutomatedRestore()) {
        auto *name = new QLineEdit;
        name->setObjectName(QStringLiteral("forgetName"));
        layout->addWidget(labelFor(tr("&Type the target cluster's name to confirm"), name));
        layout->addWidget(name);
        forget->setEnabled(false);
        connect(name, &QLineEdit::textChanged, forget, [forget, wanted = order.targetClusterName](const QString &text) {
            forget->setEnabled(text == wanted);
        });
        name->setFocus();
    }
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace tidemark
