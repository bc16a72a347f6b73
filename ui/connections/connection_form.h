#pragma once

#include "cloud/values.h"
#include "connection/connection.h"
#include "ui/widgets/field_hint.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace tidemark {

class FileField;
class FormGrid;
class ProxyForm;

/// The fields of one connection. What is missing or wrong is said beside its field.
class ConnectionForm : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectionForm(QWidget *parent = nullptr);

    /// `stored` are the secrets that are kept now: an empty secret field means that they stay.
    void setConnection(const Connection &connection, const Credentials &stored);
    Connection connection() const;
    Credentials credentials() const;
    /// Says beside the secret that it will be gone with the program.
    void setSecretsAreKept(bool kept);

    /// The projects that the key sees, to choose the default one from.
    void offerProjects(const std::vector<Project> &projects);

    /// The address that a test found to answer.
    void useAddress(const QUrl &address);

    bool isComplete() const;
    bool isChecked() const; ///< false while the disk has not said whether the files can be read

Q_SIGNALS:
    void changed();

private:
    void build();
    void connectFields();
    QWidget *withHint(QWidget *field, FieldHint *hint) const;
    void update();
    void buildProject();
    ProjectId chosenProject() const;
    void takeProject();
    void tidyAddress();
    Service service() const;
    Authentication authentication() const;
    bool isAddressAsKept(const QUrl &kept) const;
    QString nameProblem() const;
    QString urlProblem() const;
    QString userProblem() const;
    QString secretProblem() const;
    std::vector<FieldHint::Line> approvalHint() const;

    Connection m_original;
    Credentials m_stored;
    ProjectId m_projectOfAddress; ///< put in by the address, so another address may put in another
    bool m_secretsAreKept = true;

    FormGrid *m_form;
    QLineEdit *m_name;
    QComboBox *m_service;
    QLineEdit *m_url;
    QCheckBox *m_allowPlainHttp;
    QComboBox *m_authentication;
    QLabel *m_userLabel;
    QLineEdit *m_user;
    QLabel *m_secretLabel;
    QLineEdit *m_secret;
    QComboBox *m_project;
    FileField *m_caFile;
    FileField *m_signers;
    FileField *m_openPgpSigners;
    QLineEdit *m_approval;
    QCheckBox *m_envelope;
    QSpinBox *m_timeout;
    ProxyForm *m_proxy;
    FieldHint *m_nameHint;
    FieldHint *m_urlHint;
    FieldHint *m_userHint;
    FieldHint *m_secretHint;
    FieldHint *m_approvalHint;
};

} // namespace tidemark
