#pragma once

#include "downloads/download_queue.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QAction;
class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class DownloadActions;
class DownloadDetails;
class DownloadFolder;
class DownloadQuestions;
class DownloadsFilter;
class DownloadsModel;
class AdvicePanel;
class EmptyState;
class FilterEdit;
class ItemViewSetup;
class UnpackBar;

/// The tab **Downloads**: the queue with progress, what can be done with it, the questions it asks, and both hashes of
/// what is selected.
class DownloadsTab : public QWidget
{
    Q_OBJECT

public:
    DownloadsTab(DownloadQueue &queue, DownloadFolder &folder, const Clock &clock, QSettings &settings,
                 QWidget *parent = nullptr);
    ~DownloadsTab() override;

    DownloadsModel &model() { return *m_model; }
    void select(const DownloadId &id);
    std::vector<QAction *> actions() const; ///< for the menu; nullptr is a separator
    void tellCounts();
    /// What would be cut off if the program ended now, sentences.
    QStringList runningWork() const;

Q_SIGNALS:
    void newLinkRequested(const tidemark::DownloadSource &source);
    void countsChanged(int running, int failed);
    void jobsRequested(); ///< "Go to the restore jobs" of the empty screen

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeButtons();
    void setUpView();
    void connectQueue();
    void onAdded(const DownloadId &id);
    void onChanged(const DownloadId &id);
    void onSelectionChanged();
    void showDetails();
    void showAdvice(const Download *download);
    QModelIndex chosen() const;
    QModelIndex shownRow(const DownloadId &id); ///< of the model
    void showPage();
    void chooseUnpackFolder(const std::vector<DownloadId> &ids);
    void showNextSteps(const DownloadId &id);

    DownloadQueue &m_queue;
    DownloadFolder &m_folder;
    const Clock &m_clock;
    DownloadsModel *m_model;
    DownloadsFilter *m_filter;
    DownloadActions *m_actions;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    FilterEdit *m_filterBox;
    AdvicePanel *m_advice;
    DownloadDetails *m_details;
    DownloadQuestions *m_questions;
    UnpackBar *m_unpackBar;
    QTimer m_second;
};

} // namespace tidemark
