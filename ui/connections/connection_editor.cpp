#include "ui/connections/connection_editor.h"

#include "base/later.h"
#include "session/profiles.h"
#include "ui/connections/connection_form.h"
#include "ui/widgets/message_bar.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace tidemark {

ConnectionEditor::ConnectionEditor(Profiles &profiles, const Connection &connection, const Credentials &stored,
                                   QWidget *parent)
    : QDialog(parent)
    , m_profiles(profiles)
    , m_form(new ConnectionForm)
    , m_message(new MessageBar)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel))
{
    setObjectName(QStringLiteral("connectionEditor"));
    setWindowTitle(connection.id.isEmpty() ? tr("Add connection") : tr("Edit connection"));
    m_form->setConnection(connection, stored);
    m_form->setSecretsAreKept(profiles.keepsSecrets());

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_form);
    layout->addStretch(1);
    layout->addWidget(m_message);
    layout->addWidget(m_buttons);
    resize(fontMetrics().averageCharWidth() * 80, sizeHint().height());

    connect(m_form, &ConnectionForm::changed, this, &ConnectionEditor::update);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ConnectionEditor::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    update();
}

void ConnectionEditor::update()
{
    m_buttons->button(QDialogButtonBox::Save)->setEnabled(m_form->isComplete());
}

void ConnectionEditor::save()
{
    whenDone(this, m_profiles.save(m_form->connection(), m_form->credentials()),
             [this](const Result<Connection> &saved) {
                 if (!saved) {
                     m_message->showMessage(MessageBar::Kind::Error,
                                            saved.error().sentence + QLatin1Char(' ') + saved.error().hint);
                     return;
                 }
                 Q_EMIT this->saved(saved->id);
                 accept();
             });
}

} // namespace tidemark
