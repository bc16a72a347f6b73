#pragma once

#include "downloads/download_queue.h"

#include <QObject>
#include <QTimer>

namespace tidemark {

/// One reading of a restore job at a time, with a time limit of its own: a reader that never answers must not leave a
/// download hanging.
class JobLookup : public QObject
{
    Q_OBJECT

public:
    explicit JobLookup(JobReader reader, QObject *parent = nullptr);

    using Answer = std::function<void(const Result<RestoreJob> &)>;

    /// `answer` is called once, later, in this thread; not at all after cancel() or another ask().
    void ask(const DownloadSource &source, const Answer &answer);
    void cancel();
    bool isAsking() const { return static_cast<bool>(m_answer); }

private:
    void deliver(quint64 number, const Result<RestoreJob> &job);

    JobReader m_reader;
    QTimer m_limit;
    Answer m_answer;
    quint64 m_number = 0;
};

} // namespace tidemark
