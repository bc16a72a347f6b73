#pragma once

#include "connection/connection.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace tidemark {

class FieldHint;
class FormGrid;

/// The fields of a connection's proxy.
class ProxyForm : public QWidget
{
    Q_OBJECT

public:
    explicit ProxyForm(QWidget *parent = nullptr);

    /// `stored` is the password that is kept now: an empty field means that it stays.
    void setProxy(const ProxySettings &proxy, const Secret &stored);
    ProxySettings proxy() const;
    Secret password() const;
    bool isComplete() const;

Q_SIGNALS:
    void changed();

private:
    void update();
    QString problem() const;

    Secret m_stored;
    FormGrid *m_form;
    QComboBox *m_mode;
    QLineEdit *m_host;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QLineEdit *m_password;
    FieldHint *m_hint;
};

} // namespace tidemark
