#pragma once

#include "downloads/download_queue.h"
#include "session/download_advice.h"

#include <QObject>

#include <vector>

class QAction;
class QWidget;

namespace tidemark {

/// What can be done with the selected downloads: the actions, when each is possible, and the doing where it concerns
/// the queue alone. The rest is asked for by signals.
class DownloadActions : public QObject
{
    Q_OBJECT

public:
    DownloadActions(DownloadQueue &queue, QWidget *parent);

    void setSelection(std::vector<DownloadId> selection);
    /// Enables what is possible in the selected downloads' present states.
    void refresh();

    std::vector<QAction *> buttons() const;     ///< in the order of the row of buttons
    std::vector<QAction *> menuActions() const; ///< of the context menu; nullptr is a separator
    QAction *action(DownloadStep step) const;
    QAction *openFolder() const { return m_openFolder; }
    QAction *pauseAll() const { return m_pauseAll; }
    QAction *resumeAll() const { return m_resumeAll; }

Q_SIGNALS:
    void unpackRequested(const std::vector<tidemark::DownloadId> &ids);
    void nextStepsRequested(const tidemark::DownloadId &id);
    void newLinkRequested(const tidemark::DownloadSource &source);
    /// One place up (`by` < 0) or down in the queue.
    void moveRequested(const std::vector<tidemark::DownloadId> &ids, int by);
    void cancelRequested(const std::vector<tidemark::DownloadId> &ids);

private:
    QAction *make(const QString &text, const QString &objectName);
    std::vector<Download> selected() const;
    template<typename Test>
    std::vector<DownloadId> selectedIf(Test test) const;
    void showFolder() const;
    void copyHash() const;
    void chooseOtherFolder();

    DownloadQueue &m_queue;
    QWidget *m_widget;
    std::vector<DownloadId> m_selection;
    QAction *m_pause;
    QAction *m_resume;
    QAction *m_retry;
    QAction *m_openFolder;
    QAction *m_unpack;
    QAction *m_nextSteps;
    QAction *m_newLink;
    QAction *m_cancel;
    QAction *m_remove;
    QAction *m_copyHash;
    QAction *m_startFirst;
    QAction *m_moveUp;
    QAction *m_moveDown;
    QAction *m_moveFolder;
    QAction *m_pauseAll;
    QAction *m_resumeAll;
};

} // namespace tidemark
