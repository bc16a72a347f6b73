#pragma once

#include "connection/connection.h"

#include <QDialog>

class QPushButton;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class ConnectionEditor;
class ConnectionsModel;
class EmptyPage;
class MessageBar;
class Profiles;

/// The connections: open one, add, edit, duplicate and remove them, import those of mongocli.
class ConnectionsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectionsDialog(Profiles &profiles, QWidget *parent = nullptr);
    ~ConnectionsDialog() override;

    /// The connection that is open now.
    void setOpen(const ConnectionId &id);
    void add();

Q_SIGNALS:
    void openRequested(const tidemark::ConnectionId &id);

private:
    QTreeView *makeView();
    QPushButton *makeButton(const QString &text, const QString &objectName);
    void showPage();
    void update();
    void edit();
    void duplicate();
    void remove();
    void chooseImport();
    void import(const QString &path);
    void openEditor(const Connection &connection, const Credentials &stored);
    void select(const ConnectionId &id);
    const Connection *current() const;

    Profiles &m_profiles;
    ConnectionsModel *m_model;
    QTreeView *m_view;
    QStackedWidget *m_pages;
    EmptyPage *m_empty;
    MessageBar *m_message;
    QPushButton *m_open;
    QPushButton *m_add;
    QPushButton *m_edit;
    QPushButton *m_duplicate;
    QPushButton *m_remove;
    QPushButton *m_import;
    ConnectionId m_toRemove; ///< about which the message asks
};

} // namespace tidemark
