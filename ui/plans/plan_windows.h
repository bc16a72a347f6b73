#pragma once

#include "restore/restore_draft.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QSettings;
class QWidget;

namespace tidemark {

class Clock;
class PlanDialog;
class Workspace;
struct PlanInHand;

/// The ways to open a plan: **Open plan…**, a file that is dropped on the main window, and the command line. One plan
/// is open at a time.
class PlanWindows : public QObject
{
    Q_OBJECT

public:
    /// Opens the wizard with a draft, and the plan that it was made of; false where one is in the way.
    using Begin = std::function<bool(const RestoreDraft &, const PlanInHand &)>;
    PlanWindows(Workspace &workspace, const Clock &clock, QSettings &settings, Begin begin, QWidget *mainWindow);

    void choose();
    void open(const QString &path);

private:
    Workspace &m_workspace;
    const Clock &m_clock;
    QSettings &m_settings;
    Begin m_begin;
    QWidget *m_mainWindow;
    QPointer<PlanDialog> m_dialog;
};

} // namespace tidemark
