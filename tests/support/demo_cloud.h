#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>
#include <QUrl>

namespace tidemark::test {

/// The stand-in Cloud Manager as a process of its own, on a free loopback port, for as long as this object lives.
class DemoCloud
{
public:
    /// Starts it with these switches and waits for its first line. isRunning() says whether that worked.
    explicit DemoCloud(const QStringList &switches = {});
    ~DemoCloud();
    DemoCloud(const DemoCloud &) = delete;
    DemoCloud &operator=(const DemoCloud &) = delete;

    bool isRunning() const { return m_process.state() == QProcess::Running && !m_facts.isEmpty(); }
    /// Why it is not running, for a test's message.
    QString problem() const;

    QUrl baseUrl() const;
    QString publicKey() const { return text(QLatin1String("publicKey")); }
    QString privateKey() const { return text(QLatin1String("privateKey")); }
    QString clientId() const { return text(QLatin1String("clientId")); }
    QString clientSecret() const { return text(QLatin1String("clientSecret")); }
    /// The whole first line.
    const QJsonObject &facts() const { return m_facts; }
    /// What it wrote after the first line and to standard error so far.
    QByteArray output();

    // With the switch --control.

    /// One more --fault rule; false when it was not taken.
    bool addFault(const QByteArray &rule) const;
    /// The requests of the API so far, as /demo/requests describes them.
    QJsonArray requests() const;

private:
    QString text(QLatin1String key) const { return m_facts.value(key).toString(); }

    QProcess m_process;
    QJsonObject m_facts;
    QString m_problem;
};

} // namespace tidemark::test
