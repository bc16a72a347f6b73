#include "ui/connections/connections_dialog.h"

#include "base/later.h"
#include "connection/environment_connection.h"
#include "session/profiles.h"
#include "ui/connections/connection_editor.h"
#include "ui/connections/connection_test_dialog.h"
#include "ui/connections/connections_model.h"
#include "ui/connections/import_bar.h"
#include "ui/look/empty_state.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/selection.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

QString textOf(const Error &error)
{
    return error.hint.isEmpty() ? error.sentence : error.sentence + QLatin1Char(' ') + error.hint;
}

ItemViewOptions viewOptions()
{
    return {.name = QStringLiteral("connections"),
            .columns = {{ConnectionsModel::NameColumn, QStringLiteral("name")},
                        {ConnectionsModel::AddressColumn, QStringLiteral("service")},
                        {ConnectionsModel::SignInColumn, QStringLiteral("signIn")},
                        {ConnectionsModel::TestColumn, QStringLiteral("lastTest")}},
            .sort = {}};
}

} // namespace

ConnectionsDialog::ConnectionsDialog(Profiles &profiles, const Clock &clock, QSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_profiles(profiles)
    , m_clock(clock)
    , m_tests(settings)
    , m_model(new ConnectionsModel(profiles, m_tests, this))
    , m_view(new QTreeView)
    , m_viewSetup(new ItemViewSetup(m_view, m_model, viewOptions(), settings))
    , m_pages(new QStackedWidget)
    , m_empty(new EmptyState(QStringLiteral("connections")))
    , m_message(new MessageBar)
    , m_removeQuestion(new MessageBar)
    , m_openAgain(new MessageBar)
    , m_importBar(new ImportBar(profiles))
    , m_open(makeButton(tr("&Open"), QStringLiteral("openConnection")))
    , m_add(makeButton(tr("&Add…"), QStringLiteral("addConnection")))
    , m_edit(makeButton(tr("&Edit…"), QStringLiteral("editConnection")))
    , m_test(makeButton(tr("&Test…"), QStringLiteral("testSaved")))
    , m_duplicate(makeButton(tr("&Duplicate…"), QStringLiteral("duplicateConnection")))
    , m_saveAs(makeButton(tr("&Save as a connection…"), QStringLiteral("saveAsConnection")))
    , m_remove(makeButton(tr("&Remove…"), QStringLiteral("removeConnection")))
    , m_import(makeButton(tr("&Import from mongocli…"), QStringLiteral("importConnections")))
{
    setObjectName(QStringLiteral("connectionsDialog"));
    setWindowTitle(tr("Connections"));
    setUpView();
    setUpBars();
    m_empty->say({tr("No connections yet"),
                  tr("Add the address of Cloud Manager or Ops Manager and an API key with the role Project Owner "
                     "(to restore) or Backup Admin, or take over the profiles of mongocli."),
                  tr("Add a connection…"),
                  {}});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);

    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_open, m_add, m_saveAs, m_edit, m_test, m_duplicate, m_remove, m_import})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto *both = new QWidget;
    auto *middle = new QHBoxLayout(both);
    middle->setContentsMargins({});
    middle->addWidget(m_pages, 1);
    middle->addLayout(buttons);
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *layout = new QVBoxLayout(this);
    makeScrollable(*both);
    layout->addWidget(both, 1);
    // Below the list, which thus stays where the pointer is.
    for (MessageBar *bar : {m_message, m_removeQuestion, m_openAgain, static_cast<MessageBar *>(m_importBar)})
        layout->addWidget(bar);
    layout->addWidget(box);
    new WindowSize(this, objectName(), {fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 24}, settings);

    connect(m_empty, &EmptyState::buttonClicked, this, &ConnectionsDialog::add);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const Connection *chosen = current())
            Q_EMIT openRequested(chosen->id);
    });
    connect(m_add, &QPushButton::clicked, this, &ConnectionsDialog::add);
    connect(m_edit, &QPushButton::clicked, this, &ConnectionsDialog::edit);
    connect(m_test, &QPushButton::clicked, this, &ConnectionsDialog::test);
    connect(m_duplicate, &QPushButton::clicked, this, &ConnectionsDialog::duplicate);
    connect(m_saveAs, &QPushButton::clicked, this, &ConnectionsDialog::duplicate);
    connect(m_importBar, &ImportBar::editRequested, this, &ConnectionsDialog::openEditor);
    connect(m_remove, &QPushButton::clicked, this, &ConnectionsDialog::askToRemove);
    connect(m_import, &QPushButton::clicked, this, &ConnectionsDialog::chooseImport);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&profiles, &Profiles::changed, this, &ConnectionsDialog::onProfilesChanged);
    showPage();
}

ConnectionsDialog::~ConnectionsDialog() = default;

QPushButton *ConnectionsDialog::makeButton(const QString &text, const QString &objectName)
{
    auto *button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    return button;
}

void ConnectionsDialog::setUpView()
{
    m_view->setObjectName(QStringLiteral("connections"));
    m_view->setAccessibleName(tr("Connections"));
    m_view->setRootIsDecorated(false);
    m_viewSetup->setActivate([this] { m_open->click(); });
    m_viewSetup->setMenu([this](QMenu &menu) {
        for (QPushButton *button : {m_open, m_add, m_saveAs, m_edit, m_test, m_duplicate, m_remove, m_import}) {
            QAction *action = menu.addAction(button->text(), button, &QPushButton::click);
            action->setEnabled(button->isEnabled());
            action->setVisible(!button->isHidden());
            if (button == m_open)
                menu.setDefaultAction(action);
        }
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ConnectionsDialog::update);
}

void ConnectionsDialog::setUpBars()
{
    m_message->setObjectName(QStringLiteral("connectionsMessage"));
    m_removeQuestion->setObjectName(QStringLiteral("removeQuestion"));
    m_openAgain->setObjectName(QStringLiteral("openAgainMessage"));
}

void ConnectionsDialog::setOpen(const ConnectionId &id)
{
    m_openId = id;
    m_openAgain->clear(); // it uses the present settings
    m_model->setOpen(id);
    select(id);
}

/// A question ends with what it asks about.
void ConnectionsDialog::onProfilesChanged()
{
    if (!m_profiles.find(ConnectionId(m_removeQuestion->about())))
        m_removeQuestion->clear();
    if (!m_profiles.find(m_openId))
        m_openAgain->clear();
    showPage();
}

void ConnectionsDialog::showPage()
{
    const bool any = m_model->rowCount() > 0;
    m_pages->setCurrentIndex(any ? 1 : 0);
    if (any && !selectedRow(m_view).isValid())
        m_view->setCurrentIndex(m_model->index(0, 0));
    update();
}

void ConnectionsDialog::update()
{
    const Connection *chosen = current();
    const bool saved = chosen && !m_profiles.isTransient(chosen->id);
    m_open->setEnabled(chosen);
    m_test->setEnabled(chosen);
    m_edit->setEnabled(saved);
    m_duplicate->setEnabled(saved);
    m_remove->setEnabled(saved);
    m_saveAs->setVisible(chosen && isFromEnvironment(*chosen));
    const QString why = chosen && !saved ? tr("This connection exists for this run only.") : QString();
    for (QPushButton *button : {m_edit, m_duplicate, m_remove})
        button->setToolTip(why);
}

const Connection *ConnectionsDialog::current() const
{
    return m_model->connection(selectedRow(m_view));
}

void ConnectionsDialog::select(const ConnectionId &id)
{
    const QModelIndex index = m_model->indexOf(id);
    if (index.isValid())
        m_view->setCurrentIndex(index);
    showPage();
}

void ConnectionsDialog::add()
{
    Connection fresh;
    fresh.name = m_profiles.freeName(tr("Cloud Manager"));
    openEditor(fresh, {});
}

void ConnectionsDialog::withCredentials(
    const std::function<void(const Connection &, const Result<Credentials> &)> &then)
{
    const Connection *chosen = current();
    if (!chosen || m_isAskingKeychain)
        return;
    m_isAskingKeychain = true;
    whenDone(this, m_profiles.credentials(chosen->id),
             [this, then, connection = *chosen](const Result<Credentials> &stored) {
                 m_isAskingKeychain = false;
                 then(connection, stored);
             });
}

void ConnectionsDialog::edit()
{
    withCredentials([this](const Connection &connection, const Result<Credentials> &stored) {
        if (!stored)
            m_message->say(MessageBar::Kind::Warning, textOf(stored.error()));
        openEditor(connection, stored.value_or(Credentials()));
    });
}

void ConnectionsDialog::test()
{
    withCredentials([this](const Connection &connection, const Result<Credentials> &stored) {
        if (!stored) {
            m_message->say(MessageBar::Kind::Error, textOf(stored.error()));
            return;
        }
        auto *dialog = new ConnectionTestDialog(connection, *stored, m_clock, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &ConnectionTestDialog::tested, this, &ConnectionsDialog::keepTest);
        dialog->open();
    });
}

void ConnectionsDialog::keepTest(const ConnectionId &id, const ConnectionReport &report)
{
    if (const auto outcome = outcomeOf(report)) {
        m_tests.keep(id, {*outcome, m_clock.now()});
        m_model->showTests();
    }
}

void ConnectionsDialog::duplicate()
{
    withCredentials([this](Connection connection, const Result<Credentials> &stored) {
        // A connection called Environment would be taken for the environment's.
        const QString name = isFromEnvironment(connection) ? connection.baseUrl.host() : connection.name;
        connection.name = m_profiles.freeName(name);
        connection.id = {};
        openEditor(connection, stored.value_or(Credentials()));
    });
}

void ConnectionsDialog::askToRemove()
{
    const Connection *chosen = current();
    if (!chosen)
        return;
    QStringList sentences{tr("Remove the connection %1 and its secrets?").arg(chosen->name),
                          tr("Its address, its settings and the secrets in the keychain go. The audit log, what is "
                             "remembered of its restores, and downloaded files stay; a download that is not finished "
                             "cannot go on without it.")};
    if (chosen->id == m_openId)
        sentences << tr("It is open, and stays so until another one is opened or Tidemark is closed.");
    m_removeQuestion->ask(MessageBar::Kind::Warning, sentences.join(QLatin1Char(' ')),
                          {{tr("Remove it"), [this, id = chosen->id] { remove(id); }}, {tr("Keep it"), {}}},
                          chosen->id.value);
}

void ConnectionsDialog::remove(const ConnectionId &id)
{
    whenDone(this, m_profiles.remove(id), [this, id](const Result<bool> &removed) {
        if (!removed)
            m_message->say(MessageBar::Kind::Error, textOf(removed.error()));
        else
            m_tests.forget(id);
    });
}

/// What is open goes on as it was opened.
void ConnectionsDialog::onSaved(const ConnectionId &id)
{
    select(id);
    const Connection *saved = m_profiles.find(id);
    if (saved && id == m_openId)
        m_openAgain->ask(
            MessageBar::Kind::Information,
            tr("%1 is open with the settings from before. Open it again to use the new ones.").arg(saved->name),
            {{tr("Open it again"), [this, id] { Q_EMIT openRequested(id); }}, {tr("Later"), {}}}, id.value);
}

void ConnectionsDialog::openEditor(const Connection &connection, const Credentials &stored)
{
    auto *editor = new ConnectionEditor(m_profiles, m_clock, connection, stored, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &ConnectionEditor::saved, this, &ConnectionsDialog::onSaved);
    connect(editor, &ConnectionEditor::tested, this, &ConnectionsDialog::keepTest);
    connect(editor, &ConnectionEditor::settingsChanged, this, [this](const ConnectionId &id) {
        m_tests.forget(id);
        m_model->showTests();
    });
    editor->open();
}

void ConnectionsDialog::chooseImport()
{
    const QStringList files = mongocliConfigFiles();
    auto *dialog = new QFileDialog(this, tr("Import from mongocli"),
                                   files.isEmpty() ? QDir::homePath() : QFileInfo(files.front()).path());
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("mongocli's configuration (*.toml)")});
    dialog->setFilter(dialog->filter() | QDir::Hidden);
    if (!files.isEmpty())
        dialog->selectFile(files.front());
    connect(dialog, &QFileDialog::fileSelected, m_importBar, &ImportBar::import);
    dialog->open();
}

} // namespace tidemark
