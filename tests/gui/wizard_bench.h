#pragma once

#include "base/clock.h"
#include "downloads/download_queue.h"
#include "session/session.h"
#include "support/demo_cloud.h"
#include "ui/wizard/restore_wizard.h"
#include "ui/wizard/step_page.h"

#include <QAccessible>
#include <QJsonArray>
#include <QJsonObject>
#include <QSettings>
#include <QTemporaryDir>

#include <atomic>
#include <memory>

class QAbstractButton;
class QAbstractItemView;
class QLineEdit;

namespace tidemark::test {

/// This machine's, or one that is wrong.
class BenchClock final : public Clock
{
public:
    void setWrong(std::chrono::seconds by) { m_wrong = by; }
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(m_wrong.load().count()); }

private:
    std::atomic<std::chrono::seconds> m_wrong = std::chrono::seconds(0);
};

/// The wizard on the stand-in Cloud Manager, over real sockets, used with key and mouse like a person would. Controls
/// are found by what assistive technology calls them.
class WizardBench
{
public:
    /// `switches` for the stand-in; --control is added. `interval` is how often the job lists are read.
    explicit WizardBench(QStringList switches = {},
                         std::chrono::milliseconds interval = std::chrono::milliseconds(200));
    /// The same over another server than the stand-in.
    explicit WizardBench(const Connection &connection);
    ~WizardBench();

    /// Empty, or why there is nothing to test with.
    QString problem() const;
    RestoreWizard &wizard() { return *m_wizard; }
    Session &session() { return *m_session; }
    DownloadQueue &downloads() { return *m_downloads; }
    QSettings &settings() { return m_settings; }
    BenchClock &clock() { return m_clock; }
    /// Opens the wizard and waits until the projects are there.
    bool open();
    void closeWizard() { m_wizard.reset(); }
    /// Another one in its place, as New restore… opens it.
    void newWizard();

    /// The visible control of this accessible name and role; a combo box is found by its label.
    QWidget *control(const QString &name, QAccessible::Role role);
    QLineEdit *edit(const QString &name);
    QAbstractButton *button(const QString &name);
    QAbstractItemView *table(const QString &name, QAccessible::Role role = QAccessible::Table);
    QString hint(const QString &objectName); ///< what is said beside the control with this object name

    bool chooseEntry(const QString &combo, const QString &entry); ///< with the keyboard
    bool chooseRow(const QString &view, QAccessible::Role role, const QString &text);
    bool typeInto(const QString &name, const QString &text); ///< replaces what is there
    bool press(const QString &button);
    /// Ticks all that is to be seen before a restore is sent, and types the target's name.
    bool confirm(const QString &target);
    bool tickFindings();
    bool canPress(const QString &button);
    bool isOn(PageId page);

    /// From the first page up to the Restore point with this source and mode.
    bool toPoint(const QString &project, const QString &cluster, const QString &mode);
    bool toReview(const QString &targetProject, const QString &targetCluster);

    /// The bodies of the POSTs that asked for a restore, as they came over the wire.
    QStringList postedBodies();
    /// The paths with queries of the POSTs that have this in theirs.
    QStringList posted(const QString &part);
    /// The paths of all API requests so far.
    QStringList requestedPaths();
    bool addFault(const QByteArray &rule);
    /// Id by name as the stand-in knows it.
    QString clusterId(const QString &project, const QString &cluster) const;
    QString projectId(const QString &project) const;

private:
    void openOver(const Connection &connection, const Credentials &credentials, std::chrono::milliseconds interval);

    std::unique_ptr<DemoCloud> m_cloud; ///< nullptr where another server is used
    QTemporaryDir m_folder;
    QSettings m_settings{m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    BenchClock m_clock;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DownloadQueue> m_downloads;
    std::unique_ptr<RestoreWizard> m_wizard;
};

/// What assistive technology calls the button that erases this cluster.
inline QString eraseButton(const QString &target)
{
    return QStringLiteral("Restore: Erase %1 and restore").arg(target);
}

/// The first accessible object below `root` that is visible and has this role and name; nullptr when there is none.
QAccessibleInterface *findAccessible(QAccessibleInterface *root, QAccessible::Role role, const QString &name);

} // namespace tidemark::test
