#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace tidemark {

class DownloadQueue;
class MessageBar;
class SavedFileBar;
class ServerClock;
class Session;

/// **Save report…**: asks where to, writes it in a thread of its own, and says what came of it in the two bars.
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
    void save(const QString &groupKey, const QString &path);

    const DownloadQueue &m_downloads;
    const ServerClock &m_clock;
    MessageBar *m_message;
    SavedFileBar *m_saved;
    QWidget *m_widget;
    QPointer<Session> m_session;
};

} // namespace tidemark
