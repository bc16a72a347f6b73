#pragma once

#include "base/clock.h"
#include "connection/connection.h"

#include <QDialog>

class QPushButton;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class ConnectionEditor;
class ConnectionsModel;
class EmptyPage;
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
    QPushButton *makeButton(const QString &text, const QString &objectName);
    void showPage();
    void update();
    void edit();
    void test();
    void duplicate();
    void remove(const ConnectionId &id);
    void chooseImport();
    void openEditor(const Connection &connection, const Credentials &stored);
    void select(const ConnectionId &id);
    const Connection *current() const;

    Profiles &m_profiles;
    const Clock &m_clock;
    ConnectionsModel *m_model;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    QStackedWidget *m_pages;
    EmptyPage *m_empty;
    MessageBar *m_message;  ///< what happened
    MessageBar *m_question; ///< whether to remove a connection
    ImportBar *m_importBar;
    QPushButton *m_open;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_test;
    QPushButton *m_duplicate;
    QPushButton *m_saveAs; ///< of the environment's connection, which is there for this run only
    QPushButton *m_remove;
    QPushButton *m_import;
};

} // namespace tidemark
