#pragma once

#include <QDialog>

class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class CodeView;
class EmptyState;
class FilterEdit;
class HistoryFilter;
class HistoryModel;
class MessageBar;
class SavedFileBar;
struct History;

/// **History**: what was ordered here and what came of it, as the audit log has it; whether the log is whole; a part of
/// it, or all, as CSV or JSON.
class HistoryDialog : public QDialog
{
    Q_OBJECT

public:
    /// `file`: the connection's audit log.
    HistoryDialog(QString file, QSettings &settings, QWidget *parent = nullptr);

private:
    QWidget *makeList(QSettings &settings);
    void read();
    void take(const History &history);
    void showPage();
    void showDetails();
    void chooseFile();
    void save(const QString &path);

    QString m_file;
    HistoryModel *m_model;
    HistoryFilter *m_filter;
    FilterEdit *m_search = nullptr;
    QTreeView *m_view;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QLabel *m_verdict;
    CodeView *m_details;
    SavedFileBar *m_saved;
    MessageBar *m_message;
    QPushButton *m_export;
    qint64 m_older = 0;
    bool m_isRead = false;
    bool m_isUnreadable = false;
};

} // namespace tidemark
