#pragma once

#include "downloads/download_queue.h"

#include <QWidget>

#include <vector>

namespace tidemark {

class MessageBar;

/// What has to be asked about downloads, below their list: the queue's own questions, one at a time, and whether those
/// that a person wants to cancel leave their part files. Each has a bar of its own, and ends with what it asks about.
class DownloadQuestions : public QWidget
{
    Q_OBJECT

public:
    explicit DownloadQuestions(DownloadQueue &queue, QWidget *parent = nullptr);

    void askAboutCancelling(const std::vector<DownloadId> &ids);
    /// After the queue changed.
    void update();

private:
    void showQuestion();

    DownloadQueue &m_queue;
    MessageBar *m_question;
    MessageBar *m_cancelBar;
    // Which question the bar shows: another one does not take its place before it is answered.
    DownloadId m_asked;
    Question m_askedQuestion = Question::None;
    std::vector<DownloadId> m_toCancel;
};

} // namespace tidemark
