#pragma once

#include "base/result.h"
#include "connection/connection.h"

#include <QObject>
#include <QProcess>

namespace tidemark {

/// The stand-in Cloud Manager as a child process: started for the demo and ended with the program, also where the
/// program does not end in order.
class DemoCloudProcess : public QObject
{
    Q_OBJECT

public:
    explicit DemoCloudProcess(QObject *parent = nullptr);
    ~DemoCloudProcess() override; ///< ends the process

    /// The stand-in's program: $TIDEMARK_DEMO_CLOUD, else beside this program, else in the PATH. Empty when there is
    /// none.
    static QString program();

    /// Returns at once; `ready` or `failed` follows.
    void start(const QStringList &arguments = {});

    /// What the stand-in said about itself. Valid after `ready`.
    const Connection &connection() const { return m_connection; }
    const Credentials &credentials() const { return m_credentials; }

Q_SIGNALS:
    void ready();
    void failed(const tidemark::Error &error);

private:
    void readFirstLine();
    void fail(const QString &sentence, const QString &hint);

    QProcess m_process;
    QByteArray m_firstLine;
    Connection m_connection;
    Credentials m_credentials;
    bool m_isReady = false;
};

} // namespace tidemark
