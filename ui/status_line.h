#pragma once

#include "base/error.h"
#include "cloud/values.h"
#include "connection/connection.h"

#include <QStatusBar>

class QLabel;

namespace tidemark {

/// The status bar: which connection is open (with a lasting mark for plain HTTP), the server's version, how far its
/// clock is from this machine's, and the last error.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showConnection(const Connection *connection); ///< nullptr: none is open
    void showServer(const ServerInfo &info);
    void showError(const Error &error); ///< an empty sentence after a success

private:
    QLabel *m_connection;
    QLabel *m_plainHttp;
    QLabel *m_error;
    QLabel *m_version;
    QLabel *m_clock;
};

/// "Clock: 3 s ahead of this machine"; empty while the server has not told its time.
QString clockText(const ServerInfo &info);

} // namespace tidemark
