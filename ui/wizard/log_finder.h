#pragma once

#include "logs/log_collector.h"
#include "logs/log_search.h"
#include "ui/wizard/loss_details.h"

#include <QDialog>
#include <QTimeZone>

#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace tidemark {

class ChooserTable;
class EmptyState;
class LogCollectBar;
class LossModel;
class WizardContext;

/// **Find in the logs…**: has logs collected, or takes files and folders, lists what lost data in them and hands on the
/// moment that the person chooses. What runs ends with the window.
class LogFinderDialog : public QDialog
{
    Q_OBJECT

public:
    LogFinderDialog(WizardContext &context, MomentUse use, QWidget *parent = nullptr);

    void searchPaths(const QStringList &paths);

Q_SIGNALS:
    /// The whole second in which it began, UTC.
    void momentChosen(const QDateTime &moment);

private:
    QWidget *makeWays();
    QWidget *makeProgress();
    QWidget *makeFindings();
    QWidget *makeButtons();
    void openFiles(bool areFolders);
    void collect(const LogRequest &request);
    void stop();
    void showState();
    void showFindings();
    void useMoment();
    LogReading reading() const;

    WizardContext &m_context;
    MomentUse m_use;
    QTimeZone m_zone; ///< of times that name none
    LogSearch m_search;
    LogCollector m_collector;
    LogCollectBar *m_collectBar;
    QLabel *m_state;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    LossModel *m_model;
    ChooserTable *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_pages;
    LossDetails *m_details;
    QPushButton *m_useMoment;
    std::optional<LogPlace> m_chosen; ///< by the person
    bool m_hasSearched = false;
    bool m_wasStopped = false;
};

/// The button **Find in the logs…** of a page. Files that are dropped on the page open the window with them. `take`
/// gets the moment that was chosen there.
QPushButton *logFinderButton(WizardContext &context, MomentUse use, QWidget *page,
                             std::function<void(const QDateTime &)> take);

} // namespace tidemark
