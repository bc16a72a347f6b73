#include "ui/plans/openpgp_key_dialog.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/window_size.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

static constexpr qsizetype ShownDigits = 16; ///< of a fingerprint: the long key id, as gpg shows it

OpenPgpKeyDialog::OpenPgpKeyDialog(const std::vector<OpenPgpKey> &keys, QWidget *parent)
    : QDialog(parent)
    , m_key(new QComboBox)
{
    setObjectName(QStringLiteral("openPgpKeyDialog"));
    setWindowTitle(tr("Approve with GnuPG"));
    m_key->setObjectName(QStringLiteral("openPgpKey"));
    m_key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // a long name widens nothing
    for (const OpenPgpKey &key : keys) {
        m_key->addItem(tr("%1 (%2)").arg(key.userId, key.fingerprint.right(ShownDigits)), key.fingerprint);
        m_key->setItemData(m_key->count() - 1, key.fingerprint, Qt::ToolTipRole);
    }
    auto *box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *sign = box->addButton(tr("&Sign"), QDialogButtonBox::AcceptRole);
    sign->setObjectName(QStringLiteral("signWithOpenPgp"));
    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(labelFor(tr("&Key"), m_key));
    layout->addWidget(m_key);
    layout->addWidget(wrappingLabel(tr("Your signature counts where the connection's list of OpenPGP keys says that "
                                       "this one is yours.")));
    layout->addStretch(1);
    layout->addWidget(box);
    sign->setDefault(true); // once it is the dialog's
    fitWindow(*this, {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 10});
}

QString OpenPgpKeyDialog::fingerprint() const
{
    return m_key->currentData().toString();
}

} // namespace tidemark
