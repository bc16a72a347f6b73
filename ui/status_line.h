#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "connection/connection.h"

#include <QPointer>
#include <QStatusBar>
#include <QTimer>

namespace tidemark {

class ElidedLabel;

class CloudClient;

/// The status bar: which connection is open (with a lasting mark for plain HTTP), the server's version, how far its
/// clock is from this machine's, whether it is slow to answer or has asked for fewer requests, and the last error.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showConnection(const Connection *connection); ///< nullptr: none is open
    void showServer(const ServerInfo &info);
    void showError(const Error &error); ///< an empty sentence after a success
    /// Follows what the client's requests meet: a server that says too many, or nothing. nullptr: none is open.
    void follow(CloudClient *client);
    /// A sign that what the person asked for is being read.
    void showReading(bool isReading);

private:
    void showPace();

    QPointer<CloudClient> m_client;
    bool m_isReading = false;
    QTimer m_second;
    ElidedLabel *m_connection;
    ElidedLabel *m_plainHttp;
    ElidedLabel *m_error;
    ElidedLabel *m_pace;
    ElidedLabel *m_version;
    ElidedLabel *m_clock;
};

/// "Clock: 3 s ahead of this machine"; empty while the server has not told its time.
QString clockText(const ServerInfo &info);

} // namespace tidemark
