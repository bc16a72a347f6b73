#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "connection/connection.h"
#include "ui/connections/last_tests.h"

#include <QDialog>

#include <functional>

class QPushButton;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class ConnectionEditor;
class ConnectionsModel;
class EmptyState;
class ImportBar;
class ItemViewSetup;
class MessageBar;
class Profiles;

/// The connections: open one, add, edit, test, duplicate and remove them, import those of mongocli.
class ConnectionsDialog : public QDialog
{
    Q_OBJECT

public:
    ConnectionsDialog(Profiles &profiles, const Clock &clock, QSettings &settings, QWidget *parent = nullptr);
    ~ConnectionsDialog() override;

    /// The connection that is open now.
    void setOpen(const ConnectionId &id);
    void add();

Q_SIGNALS:
    void openRequested(const tidemark::ConnectionId &id);

private:
    void setUpView();
    void setUpBars();
    QPushButton *makeButton(const QString &text, const QString &objectName);
    void showPage();
    void update();
    void edit();
    void test();
    void duplicate();
    void keepTest(const ConnectionId &id, const ConnectionReport &report);
    void askToRemove();
    void remove(const ConnectionId &id);
    void onSaved(const ConnectionId &id);
    void onProfilesChanged();
    /// Of the chosen connection. One at a time: a keychain that takes its time opens no second window.
    void withCredentials(const std::function<void(const Connection &, const Result<Credentials> &)> &then);
    void chooseImport();
    void openEditor(const Connection &connection, const Credentials &stored);
    void select(const ConnectionId &id);
    const Connection *current() const;

    Profiles &m_profiles;
    const Clock &m_clock;
    LastTests m_tests;
    ConnectionsModel *m_model;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    MessageBar *m_message;
    // Each question has a bar of its own: nothing that is said meanwhile changes what its buttons do.
    MessageBar *m_removeQuestion;
    MessageBar *m_openAgain;
    ImportBar *m_importBar;
    QPushButton *m_open;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_test;
    QPushButton *m_duplicate;
    QPushButton *m_saveAs; ///< of the environment's connection, which is there for this run only
    QPushButton *m_remove;
    QPushButton *m_import;
    ConnectionId m_openId;
    bool m_isAskingKeychain = false;
};

} // namespace tidemark
