#pragma once

#include "orders/pending_order.h"
#include "ui/look/chip.h"
#include "ui/wizard/step_page.h"

#include <QTimer>

class QBoxLayout;
class QLabel;
class QPushButton;
class QTableView;

namespace tidemark {

class Chip;
class DownloadQueue;
class ElidedLabel;
class ItemViewSetup;
class NoticePanel;
class StageStrip;
class SubmittedAgents;
class SubmittedJobsModel;
struct JobGroup;

/// What became of it: its stages, the job or the batch, and the agents, live. Of a download **Download now** is the
/// default button as soon as there is something to download.
class SubmittedPage : public HeadedPage
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
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeJobs();
    QWidget *makeAgents();
    void showJobs();
    void showGroup(const JobGroup &group);
    void showDownload(const JobGroup &group);
    void offerDownload(bool canBe);
    void showColumns();
    ChipData chipOfJob(const RestoreJob &job) const;
    QDateTime agentsRead(const ProjectId &project) const;
    QString summary() const;

    WizardContext &m_context;
    DownloadQueue &m_downloads;
    QString m_key;
    QString m_lostAnswer; ///< what is said when it was not the answer that settled it; usually empty
    size_t m_expectedJobs = 1;
    RestoreMode m_mode = RestoreMode::DownloadSnapshot;
    QString m_point; ///< to which moment, in UTC and here
    QTimer m_countdown;
    ElidedLabel *m_title;
    QLabel *m_summary;
    QLabel *m_status;
    Chip *m_chip;
    StageStrip *m_stages;
    NoticePanel *m_note;
    SubmittedJobsModel *m_model;
    QTableView *m_table;
    ItemViewSetup *m_tableSetup;
    SubmittedAgents *m_agents;
    QWidget *m_agentsPart;
    QPushButton *m_download;
    QBoxLayout *m_parts; ///< jobs and agents
};

} // namespace tidemark
