#include "ui/connections/connection_form.h"

#include "connection/base_url.h"
#include "plans/plan_demand.h"
#include "ui/connections/file_field.h"
#include "ui/connections/proxy_form.h"
#include "ui/widgets/form_grid.h"
#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace tidemark {

namespace {

constexpr int LongestTimeout = 600;
constexpr int ProjectCharacters = 20;
const QUrl CloudManagerUrl(QStringLiteral("https://cloud.mongodb.com"));

} // namespace

ConnectionForm::ConnectionForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new FormGrid)
    , m_name(new QLineEdit)
    , m_service(new QComboBox)
    , m_url(new QLineEdit)
    , m_allowPlainHttp(new QCheckBox(tr("Allow plain &HTTP for this Ops Manager")))
    , m_authentication(new QComboBox)
    , m_userLabel(new QLabel)
    , m_user(new QLineEdit)
    , m_secretLabel(new QLabel)
    , m_secret(new QLineEdit)
    , m_project(new QComboBox)
    , m_caFile(new FileField(tr("CA certificate file"), {tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")}))
    , m_signers(new FileField(tr("Allowed signers"), {tr("All files (*)")}))
    , m_openPgpSigners(new FileField(tr("OpenPGP keys"), {tr("All files (*)")}))
    , m_approval(new QLineEdit)
    , m_envelope(new QCheckBox(tr("Ask for &envelopes (proxies that hide the HTTP status)")))
    , m_timeout(new QSpinBox)
    , m_proxy(new ProxyForm)
    , m_nameHint(new FieldHint(m_name))
    , m_urlHint(new FieldHint(m_url))
    , m_userHint(new FieldHint(m_user))
    , m_secretHint(new FieldHint(m_secret))
    , m_approvalHint(new FieldHint(m_approval))
{
    for (FieldHint *hint : {m_nameHint, m_urlHint, m_userHint, m_secretHint, m_approvalHint})
        hint->setKeepsPlace(false);
    build();
    connectFields();
    setConnection({}, {});
}

void ConnectionForm::build()
{
    m_name->setObjectName(QStringLiteral("connectionName"));
    m_service->setObjectName(QStringLiteral("service"));
    m_service->addItem(tr("Cloud Manager"), static_cast<int>(Service::CloudManager));
    m_service->addItem(tr("Ops Manager"), static_cast<int>(Service::OpsManager));
    m_url->setObjectName(QStringLiteral("baseUrl"));
    m_url->setPlaceholderText(QStringLiteral("https://opsmanager.example.com:8443"));
    m_allowPlainHttp->setObjectName(QStringLiteral("allowPlainHttp"));
    m_authentication->setObjectName(QStringLiteral("authentication"));
    m_authentication->addItem(tr("API key"), static_cast<int>(Authentication::ApiKey));
    m_authentication->addItem(tr("Service account"), static_cast<int>(Authentication::ServiceAccount));
    m_user->setObjectName(QStringLiteral("userName"));
    m_secret->setObjectName(QStringLiteral("secret"));
    m_secret->setEchoMode(QLineEdit::Password);
    buildProject();
    m_caFile->setNames(QStringLiteral("caCertificateFile"), QStringLiteral("chooseCaFile"),
                       tr("Optional: PEM file of a private certificate authority"));
    m_signers->setNames(QStringLiteral("allowedSigners"), QStringLiteral("chooseSigners"),
                        tr("Optional: OpenSSH's list of those who may approve plans"));
    m_openPgpSigners->setNames(QStringLiteral("openPgpSigners"), QStringLiteral("chooseOpenPgpSigners"),
                               tr("Optional: a name and a key's fingerprint in each line"));
    m_approval->setObjectName(QStringLiteral("approvalProjects"));
    m_approval->setPlaceholderText(tr("Optional: names or ids of target projects, parted by commas"));
    m_envelope->setObjectName(QStringLiteral("envelope"));
    m_timeout->setObjectName(QStringLiteral("timeout"));
    m_timeout->setRange(1, LongestTimeout);
    m_timeout->setSuffix(tr(" s"));
    m_userLabel->setTextFormat(Qt::PlainText);
    m_secretLabel->setTextFormat(Qt::PlainText);
    m_userLabel->setBuddy(m_user);
    m_secretLabel->setBuddy(m_secret);

    m_form->addRow(labelFor(tr("&Name"), m_name), withHint(m_name, m_nameHint));
    m_form->addRow(labelFor(tr("&Service"), m_service), m_service);
    m_form->addRow(labelFor(tr("&URL"), m_url), withHint(m_url, m_urlHint));
    m_form->addRow(nullptr, m_allowPlainHttp);
    m_form->addRow(labelFor(tr("Sign &in with"), m_authentication), m_authentication);
    m_form->addRow(m_userLabel, withHint(m_user, m_userHint));
    m_form->addRow(m_secretLabel, withHint(m_secret, m_secretHint));
    m_form->addRow(labelFor(tr("Default &project"), m_project), m_project);
    m_form->addRow(labelFor(tr("CA certificate &file"), m_caFile->edit()), m_caFile);
    m_form->addRow(labelFor(tr("Allowed si&gners"), m_signers->edit()), m_signers);
    m_form->addRow(labelFor(tr("OpenPGP &keys"), m_openPgpSigners->edit()), m_openPgpSigners);
    m_form->addRow(labelFor(tr("Approved plan f&or"), m_approval), withHint(m_approval, m_approvalHint));
    m_form->addRow(labelFor(tr("Time &limit"), m_timeout), m_timeout);
    m_form->addRow(nullptr, m_envelope);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(m_form);
    layout->addWidget(m_proxy);
}

/// Its id can be typed, or the project chosen once a test has read them.
void ConnectionForm::buildProject()
{
    m_project->setObjectName(QStringLiteral("defaultProject"));
    m_project->setEditable(true);
    m_project->setInsertPolicy(QComboBox::NoInsert);
    m_project->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_project->setMinimumContentsLength(ProjectCharacters);
    m_project->lineEdit()->setPlaceholderText(tr("Optional: its id, or choose after a test"));
    m_project->completer()->setFilterMode(Qt::MatchContains);
    m_project->completer()->setCompletionMode(QCompleter::PopupCompletion);
}

void ConnectionForm::offerProjects(const std::vector<Project> &projects)
{
    const ProjectId chosen = chosenProject();
    const QSignalBlocker blocker(m_project);
    m_project->clear();
    for (const Project &project : projects)
        m_project->addItem(tr("%1 (%2)").arg(project.name, project.id.value), project.id.value);
    m_project->model()->sort(0);
    m_project->setCurrentIndex(m_project->findData(chosen.value));
    if (m_project->currentIndex() < 0)
        m_project->setEditText(chosen.value);
}

ProjectId ConnectionForm::chosenProject() const
{
    const QString text = m_project->currentText().trimmed();
    const int index = m_project->findText(text);
    return ProjectId(index >= 0 ? m_project->itemData(index).toString() : text);
}

void ConnectionForm::connectFields()
{
    const auto onChange = [this] {
        update();
        Q_EMIT changed();
    };
    for (QLineEdit *field : {m_name, m_url, m_user, m_secret, m_approval})
        connect(field, &QLineEdit::textChanged, this, onChange);
    for (QComboBox *combo : {m_service, m_authentication})
        connect(combo, &QComboBox::currentIndexChanged, this, onChange);
    connect(m_project, &QComboBox::editTextChanged, this, onChange);
    for (QCheckBox *box : {m_allowPlainHttp, m_envelope})
        connect(box, &QCheckBox::toggled, this, onChange);
    connect(m_timeout, &QSpinBox::valueChanged, this, onChange);
    for (FileField *field : {m_caFile, m_signers, m_openPgpSigners})
        connect(field, &FileField::changed, this, onChange);
    connect(m_url, &QLineEdit::textChanged, this, &ConnectionForm::takeProject);
    connect(m_url, &QLineEdit::editingFinished, this, &ConnectionForm::tidyAddress);
    connect(m_proxy, &ProxyForm::changed, this, &ConnectionForm::changed);
}

/// A page's address names the project that was looked at. It never replaces one that the person chose.
void ConnectionForm::takeProject()
{
    const ProjectId named = pastedAddress(m_url->text()).project;
    const ProjectId chosen = chosenProject();
    if (named.isEmpty() || (!chosen.isEmpty() && chosen != m_projectOfAddress))
        return;
    m_projectOfAddress = named;
    const int known = m_project->findData(named.value);
    if (known >= 0)
        m_project->setCurrentIndex(known);
    else
        m_project->setEditText(named.value);
}

/// Shows what is kept of what was pasted.
void ConnectionForm::tidyAddress()
{
    const QUrl kept = baseUrlFromText(m_url->text());
    if (!kept.isValid())
        return;
    m_url->setText(kept.toDisplayString());
    if (isCloudManager(kept))
        m_service->setCurrentIndex(m_service->findData(static_cast<int>(Service::CloudManager)));
}

void ConnectionForm::useAddress(const QUrl &address)
{
    m_url->setText(address.toDisplayString());
}

QWidget *ConnectionForm::withHint(QWidget *field, FieldHint *hint) const
{
    auto *column = new QWidget;
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(field);
    layout->addWidget(hint);
    return column;
}

void ConnectionForm::setConnection(const Connection &connection, const Credentials &stored)
{
    m_original = connection;
    m_stored = stored;
    m_name->setText(connection.name);
    m_service->setCurrentIndex(m_service->findData(static_cast<int>(connection.service)));
    m_url->setText(connection.service == Service::OpsManager ? connection.baseUrl.toDisplayString() : QString());
    m_allowPlainHttp->setChecked(connection.allowPlainHttp);
    m_authentication->setCurrentIndex(m_authentication->findData(static_cast<int>(connection.authentication)));
    m_user->setText(connection.userName);
    m_secret->clear();
    m_secret->setPlaceholderText(stored.secret.isEmpty() ? QString() : tr("Kept; type to replace it"));
    m_project->clear();
    m_project->setEditText(connection.defaultProject.value);
    m_caFile->setPath(connection.caCertificateFile);
    m_signers->setPath(connection.allowedSigners);
    m_openPgpSigners->setPath(connection.openPgpSigners);
    m_approval->setText(projectsText(connection.approvalProjects));
    m_envelope->setChecked(connection.envelope);
    m_timeout->setValue(static_cast<int>(connection.timeout.count()));
    m_proxy->setProxy(connection.proxy, stored.proxyPassword);
    update();
}

Service ConnectionForm::service() const
{
    return static_cast<Service>(m_service->currentData().toInt());
}

Authentication ConnectionForm::authentication() const
{
    return static_cast<Authentication>(m_authentication->currentData().toInt());
}

Connection ConnectionForm::connection() const
{
    Connection connection = m_original;
    connection.name = m_name->text().trimmed();
    const QUrl entered = baseUrlFromText(m_url->text());
    const bool cloudManager = service() == Service::CloudManager || isCloudManager(entered);
    connection.service = cloudManager ? Service::CloudManager : Service::OpsManager;
    connection.baseUrl = cloudManager ? CloudManagerUrl : entered;
    connection.allowPlainHttp = connection.service == Service::OpsManager && m_allowPlainHttp->isChecked();
    connection.authentication = authentication();
    connection.userName = m_user->text().trimmed();
    connection.defaultProject = chosenProject();
    connection.caCertificateFile = m_caFile->path();
    connection.allowedSigners = m_signers->path();
    connection.openPgpSigners = m_openPgpSigners->path();
    connection.approvalProjects = projectsFromText(m_approval->text());
    connection.envelope = m_envelope->isChecked();
    connection.timeout = std::chrono::seconds(m_timeout->value());
    connection.proxy = m_proxy->proxy();
    return connection;
}

Credentials ConnectionForm::credentials() const
{
    Credentials credentials;
    credentials.secret = m_secret->text().isEmpty() ? m_stored.secret : Secret(m_secret->text().trimmed());
    credentials.proxyPassword = m_proxy->password();
    return credentials;
}

void ConnectionForm::setSecretsAreKept(bool kept)
{
    m_secretsAreKept = kept;
    update();
}

bool ConnectionForm::isComplete() const
{
    return nameProblem().isEmpty() && urlProblem().isEmpty() && userProblem().isEmpty() && secretProblem().isEmpty() &&
           m_caFile->isComplete() && m_signers->isComplete() && m_openPgpSigners->isComplete() && m_proxy->isComplete();
}

bool ConnectionForm::isChecked() const
{
    return m_caFile->isChecked() && m_signers->isChecked() && m_openPgpSigners->isChecked();
}

QString ConnectionForm::nameProblem() const
{
    return m_name->text().trimmed().isEmpty() ? tr("Give the connection a name.") : QString();
}

QString ConnectionForm::urlProblem() const
{
    if (service() == Service::CloudManager)
        return {};
    if (m_url->text().trimmed().isEmpty())
        return tr("Enter Ops Manager's address, as in the browser.");
    const Connection meant = connection();
    return meant.baseUrl.isValid() ? transportObjection(meant) : tr("This is not an address.");
}

/// What it does, and what it does not.
std::vector<FieldHint::Line> ConnectionForm::approvalHint() const
{
    if (projectsFromText(m_approval->text()).isEmpty())
        return {};
    std::vector<FieldHint::Line> lines{
        {FieldHint::Level::Note,
         tr("Restores into these projects need an approved plan here. Another client, or this one with another "
            "connection, can go round it.")}};
    if (m_signers->path().isEmpty() && m_openPgpSigners->path().isEmpty())
        lines.push_back({FieldHint::Level::Warning,
                         tr("Without a list of allowed signers no plan can be approved, and nothing restored there.")});
    return lines;
}

/// A scheme that was left out and a slash at the end are not worth a word.
bool ConnectionForm::isAddressAsKept(const QUrl &kept) const
{
    QString entered = m_url->text().trimmed();
    if (entered.endsWith(QLatin1Char('/')))
        entered.chop(1);
    const QString shown = kept.toDisplayString();
    return entered.compare(shown, Qt::CaseInsensitive) == 0 ||
           entered.compare(shown.section(QLatin1String("://"), 1), Qt::CaseInsensitive) == 0;
}

QString ConnectionForm::userProblem() const
{
    if (!m_user->text().trimmed().isEmpty())
        return {};
    const bool key = authentication() == Authentication::ApiKey;
    return key ? tr("Enter the API key's public part.") : tr("Enter the service account's client id.");
}

QString ConnectionForm::secretProblem() const
{
    if (!credentials().secret.isEmpty())
        return {};
    const bool key = authentication() == Authentication::ApiKey;
    return key ? tr("Enter the API key's private part.") : tr("Enter the service account's client secret.");
}

void ConnectionForm::update()
{
    const bool opsManager = service() == Service::OpsManager;
    m_form->setRowVisible(m_url->parentWidget(), opsManager);
    const QUrl url = baseUrlFromText(m_url->text());
    const bool key = authentication() == Authentication::ApiKey;
    // Behind an address of https, too: its download links may be of plain http.
    m_form->setRowVisible(m_allowPlainHttp, opsManager && url.isValid() && !isLoopback(url) &&
                                                (key || url.scheme() == QLatin1String("https")));
    m_userLabel->setText(key ? tr("Pu&blic key") : tr("Client i&d"));
    m_secretLabel->setText(key ? tr("Pri&vate key") : tr("Client sec&ret"));
    nameControl(m_user, withoutMnemonic(m_userLabel->text()));
    nameControl(m_secret, withoutMnemonic(m_secretLabel->text()));

    const auto say = [](FieldHint *hint, const QString &problem) {
        hint->say(problem.isEmpty() ? FieldHint::Level::None : FieldHint::Level::Calm, problem);
    };
    say(m_nameHint, nameProblem());
    if (const QString problem = urlProblem(); !problem.isEmpty() || !url.isValid() || isAddressAsKept(url))
        say(m_urlHint, problem);
    else
        m_urlHint->say(FieldHint::Level::Note, tr("Kept of it: %1").arg(url.toDisplayString()));
    say(m_userHint, userProblem());
    m_approvalHint->say(approvalHint());
    if (secretProblem().isEmpty() && !m_secretsAreKept)
        m_secretHint->say(FieldHint::Level::Note, tr("The secret is kept until you quit."));
    else
        say(m_secretHint, secretProblem());
}

} // namespace tidemark
