#pragma once

#include "orders/pending_order.h"
#include "ui/wizard/step_page.h"

#include <QTimer>

class QLabel;
class QPushButton;
class QTableView;

namespace tidemark {

class DownloadQueue;
class ItemViewSetup;
class SubmittedJobsModel;
struct JobGroup;

/// What became of it: the job or the batch, live.
class SubmittedPage : public QWizardPage
{
    Q_OBJECT

public:
    SubmittedPage(WizardContext &context, DownloadQueue &downloads, QWidget *parent = nullptr);

    void setOrder(const PendingOrder &order, const std::vector<RestoreJob> &jobs);
    QString groupKey() const { return m_key; }
    void focusJobs();

Q_SIGNALS:
    void downloadRequested(const QString &groupKey);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showJobs();
    void showGroup(const JobGroup &group);
    void showColumns();
    QString summary(const JobGroup &group) const;

    WizardContext &m_context;
    DownloadQueue &m_downloads;
    QString m_key;
    QString m_lostAnswer; ///< what is said when it was not the answer that settled it; usually empty
    size_t m_expectedJobs = 1;
    RestoreMode m_mode = RestoreMode::DownloadSnapshot;
    QTimer m_countdown;
    QLabel *m_summary;
    QLabel *m_status;
    FieldHint *m_note;
    SubmittedJobsModel *m_model;
    QTableView *m_table;
    ItemViewSetup *m_tableSetup;
    QPushButton *m_download;
};

} // namespace tidemark
