#include "ui/connections/connection_editor.h"

#include "base/later.h"
#include "session/profiles.h"
#include "ui/connections/connection_form.h"
#include "ui/connections/test_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QFrame>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ConnectionEditor::ConnectionEditor(Profiles &profiles, const Clock &clock, const Connection &connection,
                                   const Credentials &stored, QWidget *parent)
    : QDialog(parent)
    , m_profiles(profiles)
    , m_form(new ConnectionForm)
    , m_panel(new TestPanel(clock))
    , m_message(new MessageBar)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel))
    , m_test(m_buttons->addButton(tr("&Test connection"), QDialogButtonBox::ActionRole))
    , m_isNew(connection.id.isEmpty())
{
    setObjectName(QStringLiteral("connectionEditor"));
    setWindowTitle(connection.id.isEmpty() ? tr("Add connection") : tr("Edit connection"));
    m_form->setConnection(connection, stored);
    m_before = m_form->connection();
    m_credentialsBefore = m_form->credentials();
    const auto showWhetherKept = [this] { m_form->setSecretsAreKept(m_profiles.keepsSecrets()); };
    connect(&profiles, &Profiles::keychainChanged, this, showWhetherKept);
    showWhetherKept();

    m_test->setObjectName(QStringLiteral("testConnection"));
    m_test->setAutoDefault(false);
    m_buttons->button(QDialogButtonBox::Save)->setDefault(true);
    m_buttons->button(QDialogButtonBox::Save)->setObjectName(QStringLiteral("saveConnection"));

    auto *fields = new QVBoxLayout;
    fields->addWidget(m_form);
    fields->addStretch(1);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::VLine);
    line->setFrameShadow(QFrame::Sunken);
    auto *both = new QWidget;
    auto *middle = new QHBoxLayout(both);
    middle->setContentsMargins({});
    middle->addLayout(fields, 3);
    middle->addWidget(line);
    middle->addWidget(m_panel, 2);
    auto *layout = new QVBoxLayout(this);
    makeScrollable(*both);
    layout->addWidget(both, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_buttons);
    fitWindow(*this, {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 34});

    connect(m_form, &ConnectionForm::changed, this, &ConnectionEditor::formChanged);
    connect(m_test, &QPushButton::clicked, this, &ConnectionEditor::toggleTest);
    connect(m_panel, &TestPanel::started, this, &ConnectionEditor::update);
    connect(m_panel, &TestPanel::finished, this, &ConnectionEditor::testFinished);
    m_panel->setOffersAddress(true);
    connect(m_panel, &TestPanel::addressChosen, m_form, &ConnectionForm::useAddress);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ConnectionEditor::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    update();
}

void ConnectionEditor::update()
{
    const bool isChanged = this->isChanged();
    QPushButton *save = m_buttons->button(QDialogButtonBox::Save);
    save->setEnabled(m_form->isComplete() && m_form->isChecked() && isChanged);
    save->setToolTip(isChanged ? QString() : tr("Nothing has been changed."));
    m_test->setText(m_panel->isRunning() ? tr("Stop the &test") : tr("&Test connection"));
    m_test->setEnabled(m_panel->isRunning() || m_form->isComplete());
}

/// Name and default project make no difference to the test.
bool ConnectionEditor::isForTest(Connection tested, const Credentials &credentials) const
{
    const Connection now = m_form->connection();
    tested.name = now.name;
    tested.defaultProject = now.defaultProject;
    return now == tested && m_form->credentials() == credentials;
}

bool ConnectionEditor::isChanged() const
{
    return m_isNew || m_form->connection() != m_before || m_form->credentials() != m_credentialsBefore;
}

void ConnectionEditor::formChanged()
{
    const bool outdated = !isForTest(m_tested, m_testedCredentials);
    if (outdated && m_panel->isRunning())
        m_panel->cancel();
    m_panel->setOutdated(outdated);
    update();
}

void ConnectionEditor::toggleTest()
{
    if (m_panel->isRunning()) {
        m_panel->cancel();
        return;
    }
    m_tested = m_form->connection();
    m_testedCredentials = m_form->credentials();
    m_panel->start(m_tested, m_testedCredentials);
    update();
}

void ConnectionEditor::testFinished()
{
    if (const std::vector<Project> seen = m_panel->projects(); !seen.empty())
        m_form->offerProjects(seen);
    update();
}

void ConnectionEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel) && m_panel->isRunning())
        m_panel->cancel();
    else
        QDialog::keyPressEvent(event);
}

/// What is typed while it is being saved would be lost. The focus waits on Save, which does nothing meanwhile: if it
/// were disabled, the next Enter would press Cancel.
void ConnectionEditor::setSaving(bool isSaving)
{
    m_isSaving = isSaving;
    if (isSaving) {
        m_usedField = focusWidget();
        m_buttons->button(QDialogButtonBox::Save)->setFocus(Qt::OtherFocusReason);
        m_message->sayForNow(MessageBar::Kind::Information, tr("Saving, and waiting for the keychain…"));
    }
    m_form->setEnabled(!isSaving);
    if (!isSaving && m_usedField)
        m_usedField->setFocus(Qt::OtherFocusReason);
}

void ConnectionEditor::save()
{
    if (m_isSaving)
        return;
    setSaving(true);
    whenDone(this, m_profiles.save(m_form->connection(), m_form->credentials()),
             [this](const Result<Connection> &saved) {
                 if (!saved) {
                     setSaving(false);
                     m_message->sayForNow(MessageBar::Kind::Error,
                                          saved.error().sentence + QLatin1Char(' ') + saved.error().hint);
                     return;
                 }
                 if (!isForTest(m_before, m_credentialsBefore))
                     Q_EMIT settingsChanged(saved->id);
                 if (isForTest(m_tested, m_testedCredentials) && !m_panel->isRunning())
                     Q_EMIT tested(saved->id, m_panel->report());
                 Q_EMIT this->saved(saved->id);
                 accept();
             });
}

} // namespace tidemark
