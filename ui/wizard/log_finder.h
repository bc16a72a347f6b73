#pragma once

#include "logs/log_collector.h"
#include "logs/log_search.h"
#include "ui/wizard/loss_details.h"
#include "ui/wizard/loss_empty.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QTimeZone>

#include <functional>

class QPushButton;
class QStackedWidget;

namespace tidemark {

class ChooserTable;
class EmptyState;
class LogCollectBar;
class LogProgress;
class LossModel;
class WizardContext;

/// **Find in the logs…**: has logs collected, or takes files and folders, lists what lost data in them and hands on the
/// moment that the person chooses. What runs ends with the window.
///
/// While it searches nothing is chosen but what the person chooses, and that stays chosen wherever it is listed. At the
/// end the newest is offered; an Enter that was meant for what was shown before does not take it.
class LogFinderDialog : public QDialog
{
    Q_OBJECT

public:
    LogFinderDialog(WizardContext &context, MomentUse use, QWidget *parent = nullptr);

    void searchPaths(const QStringList &paths);

Q_SIGNALS:
    /// The whole second in which it began, UTC.
    void momentChosen(const QDateTime &moment);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeWays();
    QWidget *makeFindings();
    QWidget *makeButtons();
    void openFiles(bool areFolders);
    void collect(const LogRequest &request);
    void stop();
    void begin();
    void readIn(const QTimeZone &zone);
    LogPhase phase() const;
    void refresh();
    void showFindings();
    void choose();
    bool isJustOffered() const;
    void useMoment();
    LogReading reading() const;

    WizardContext &m_context;
    MomentUse m_use;
    QTimeZone m_zone;     ///< of times that name none
    QTimeZone m_readZone; ///< in which what is shown was read
    LogSearch m_search;
    LogCollector m_collector;
    LogCollectBar *m_collectBar;
    LogProgress *m_progress;
    LossModel *m_model;
    ChooserTable *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_pages;
    LossDetails *m_details;
    QPushButton *m_useMoment;
    QStringList m_paths; ///< what is searched; empty where it comes from the server
    std::optional<LogFinding> m_chosen;
    bool m_isByPerson = false; ///< what is chosen, or that nothing is
    QElapsedTimer m_offered;   ///< since something was chosen for the person
    bool m_hasSearched = false;
    bool m_wasStopped = false;
};

/// The button **Find in the logs…** of a page. Files that are dropped on the page open the window with them. `take`
/// gets the moment that was chosen there.
QPushButton *logFinderButton(WizardContext &context, MomentUse use, QWidget *page,
                             std::function<void(const QDateTime &)> take);

} // namespace tidemark
