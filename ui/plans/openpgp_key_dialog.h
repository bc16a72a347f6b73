#pragma once

#include "plans/openpgp_keys.h"

#include <QDialog>

class QComboBox;

namespace tidemark {

/// Asks with which of the person's own OpenPGP keys a plan is signed.
class OpenPgpKeyDialog : public QDialog
{
    Q_OBJECT

public:
    /// `keys`: one at least.
    OpenPgpKeyDialog(const std::vector<OpenPgpKey> &keys, QWidget *parent = nullptr);

    QString fingerprint() const;

private:
    QComboBox *m_key;
};

} // namespace tidemark
