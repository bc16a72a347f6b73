#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace tidemark {

class DownloadQueue;
class MessageBar;
class ReportFileSaver;
class SavedFileBar;
class ServerClock;
class Session;

/// **Save report…** of a restore in the list of jobs.
class ReportSaver : public QObject
{
    Q_OBJECT

public:
    ReportSaver(const DownloadQueue &downloads, const ServerClock &clock, MessageBar *message, SavedFileBar *saved,
                QWidget *parent);
    ~ReportSaver() override;

    void setSession(Session *session);
    void choose(const QString &groupKey);

private:
    const DownloadQueue &m_downloads;
    const ServerClock &m_clock;
    ReportFileSaver *m_saver;
    QPointer<Session> m_session;
};

} // namespace tidemark
