#pragma once

#include "base/clock.h"
#include "checkup/connection_report.h"
#include "connection/connection.h"

#include <QDialog>
#include <QPointer>

class QDialogButtonBox;
class QPushButton;

namespace tidemark {

class ConnectionForm;
class MessageBar;
class Profiles;
class TestPanel;

/// Adds or edits one connection, and tests what is entered, saved or not. Saving closes it; what cannot be saved is
/// said in the window.
class ConnectionEditor : public QDialog
{
    Q_OBJECT

public:
    /// A connection without an id is new. `stored` are its secrets as they are kept now.
    ConnectionEditor(Profiles &profiles, const Clock &clock, const Connection &connection, const Credentials &stored,
                     QWidget *parent = nullptr);

Q_SIGNALS:
    void saved(const tidemark::ConnectionId &id);
    /// More than name and default project became others: what an earlier test found is not of these settings.
    void settingsChanged(const tidemark::ConnectionId &id);
    /// A test of what was saved.
    void tested(const tidemark::ConnectionId &id, const tidemark::ConnectionReport &report);

protected:
    /// Esc ends a test that runs, and only then the dialog.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void update();
    void formChanged();
    bool isForTest(Connection tested, const Credentials &credentials) const;
    bool isChanged() const;
    void setSaving(bool isSaving);
    void toggleTest();
    void testFinished();
    void save();

    Profiles &m_profiles;
    ConnectionForm *m_form;
    TestPanel *m_panel;
    MessageBar *m_message;
    QDialogButtonBox *m_buttons;
    QPushButton *m_test;
    QPointer<QWidget> m_usedField; ///< had the focus when Save was pressed
    Connection m_before;           ///< as it was before anything was edited
    Credentials m_credentialsBefore;
    bool m_isNew;
    bool m_isSaving = false;
    Connection m_tested;
    Credentials m_testedCredentials;
};

} // namespace tidemark
