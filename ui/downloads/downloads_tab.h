#pragma once

#include "downloads/download_queue.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QSettings;
class QStackedWidget;
class QTreeView;

namespace tidemark {

class DownloadActions;
class DownloadDetails;
class DownloadFolder;
class DownloadsModel;
class EmptyPage;
class ItemViewSetup;
class MessageBar;
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
    /// What would be cut off if the program ended now, sentences.
    QStringList runningWork() const;

Q_SIGNALS:
    void newLinkRequested(const tidemark::DownloadSource &source);
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
    void endCancelQuestion();
    void onSelectionChanged();
    void showDetails();
    void showPage();
    void showQuestion();
    void askAboutCancelling(const std::vector<DownloadId> &ids);
    void chooseUnpackFolder(const std::vector<DownloadId> &ids);
    void showNextSteps(const DownloadId &id);

    DownloadQueue &m_queue;
    DownloadFolder &m_folder;
    const Clock &m_clock;
    DownloadsModel *m_model;
    DownloadActions *m_actions;
    QStackedWidget *m_pages;
    EmptyPage *m_empty;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    DownloadDetails *m_details;
    MessageBar *m_question;
    MessageBar *m_cancelBar;
    UnpackBar *m_unpackBar;
    // Which question the bar shows: another one does not take its place before it is answered.
    DownloadId m_asked;
    Question m_askedQuestion = Question::None;
    std::vector<DownloadId> m_toCancel;
    QTimer m_second;
};

} // namespace tidemark
