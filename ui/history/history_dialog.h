#pragma once

#include "ui/history/history_source.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QSettings;
class QTreeView;

namespace tidemark {

class CodeView;
class CurrentStack;
class EmptyState;
class FilterEdit;
class HistoryFilter;
class HistoryModel;
class MessageBar;
class SavedFileBar;

/// **History**: what was ordered here and what came of it, as the audit log has it; whether the log is whole; each
/// restore's plan and report; a part of the log, or all, as CSV or JSON.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    HistoryDialog(HistorySource source, QSettings &settings, QWidget *parent = nullptr);

Q_SIGNALS:
    /// **Open plan**: the file of one of KeptPlans, if it is still there.
    void planRequested(const QString &path);

private:
    QWidget *makeList(QSettings &settings);
    QWidget *makeChosen();
    void read();
    void take(const History &history);
    void showPage();
    void showDetails();
    std::vector<HistoryEntry> chosenRestore() const;
    void openPlan();
    void openReport();
    void chooseFile();
    void save(const QString &path);

    HistorySource m_source;
    HistoryModel *m_model;
    HistoryFilter *m_filter;
    FilterEdit *m_search = nullptr;
    QTreeView *m_view;
    CurrentStack *m_pages;
    EmptyState *m_empty;
    QLabel *m_verdict;
    QWidget *m_chosen;
    CodeView *m_details;
    SavedFileBar *m_saved;
    MessageBar *m_message;
    QPushButton *m_plan;
    QPushButton *m_report;
    QPushButton *m_export;
    qint64 m_older = 0;
    bool m_isRead = false;
    bool m_isUnreadable = false;
};

} // namespace tidemark
