#include "session/workspace.h"

#include "base/later.h"
#include "downloads/download_queue.h"
#include "orders/order_texts.h"
#include "session/download_starter.h"
#include "session/job_reading.h"
#include "session/profiles.h"

#include <QDir>
#include <QSettings>

#include <utility>

namespace tidemark {

namespace {

const QString LastConnectionKey = QStringLiteral("connections/last");

} // namespace

Workspace::Workspace(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_notices(m_parts.clock)
{
    connect(&m_parts.downloads, &DownloadQueue::fileTrouble, this,
            [this](const Error &error) { m_notices.say(Notice::Kind::Warning, error.sentence, error.hint); });
}

Workspace::~Workspace()
{
    end();
}

void Workspace::prepare(const ConnectionId &id)
{
    if (!m_parts.profiles.find(id))
        return;
    m_prepared.reset();
    setPreparing(id);
    whenDone(this, m_parts.profiles.secretFor(id), [this, id](const Result<Credentials> &credentials) {
        if (m_preparing != id)
            return; // another one was chosen meanwhile
        setPreparing({});
        if (!credentials) {
            m_notices.say(credentials.error());
            return;
        }
        m_prepared.emplace(id, *credentials);
        Q_EMIT isReady(id);
    });
}

void Workspace::setPreparing(const ConnectionId &id)
{
    if (m_preparing == id)
        return;
    m_preparing = id;
    Q_EMIT preparingChanged();
}

void Workspace::openPrepared()
{
    const auto prepared = std::exchange(m_prepared, {});
    const Connection *connection = prepared ? m_parts.profiles.find(prepared->first) : nullptr;
    if (!connection)
        return;
    end();
    m_session = std::make_unique<Session>(*connection, prepared->second, m_parts.clock, sessionDir(connection->id),
                                          Session::Timing{m_parts.intervals, {}, {}}, m_parts.dataDir);
    m_starter = std::make_unique<DownloadStarter>(*m_session, m_parts.downloads);
    connect(m_starter.get(), &DownloadStarter::started, this, [this](const QString &, int, bool isFirst) {
        if (isFirst)
            Q_EMIT downloadStarted();
    });
    connect(m_starter.get(), &DownloadStarter::failed, &m_notices,
            [this](const Error &error) { m_notices.say(error); });
    connect(m_session.get(), &Session::fileTrouble, &m_notices,
            [this](const Error &error) { m_notices.say(Notice::Kind::Warning, error.sentence, error.hint); });
    connect(&m_session->client(), &CloudClient::callFailed, &m_notices, &Notices::keep);
    m_parts.jobReading.setSession(m_session.get());
    m_parts.settings.setValue(LastConnectionKey, connection->id.value);
    Q_EMIT sessionOpened(m_session.get());
    m_session->checkFiles();
    m_session->catalogue().read();
}

void Workspace::end()
{
    if (!m_session)
        return;
    Q_EMIT sessionAboutToEnd();
    m_starter.reset();
    m_parts.jobReading.setSession(nullptr);
    m_session.reset();
}

ConnectionId Workspace::lastConnection() const
{
    return ConnectionId(m_parts.settings.value(LastConnectionKey).toString());
}

int Workspace::otherPendingOrders() const
{
    const PendingOrders pending(QDir(m_parts.dataDir).filePath(QStringLiteral("orders.json")));
    return pending.othersThan(lastConnection());
}

QString Workspace::sessionDir(const ConnectionId &id) const
{
    return QDir(m_parts.dataDir).filePath(QStringLiteral("connections/") + id.value);
}

QStringList Workspace::runningOrders() const
{
    const Order *order = m_session ? m_session->orders().current() : nullptr;
    return order && order->phase() != Order::Phase::Ended ? QStringList{cutOffText(*order)} : QStringList();
}

void Workspace::download(const QString &groupKey, const QString &folder)
{
    if (m_starter)
        m_starter->start(groupKey, folder);
}

void Workspace::refresh()
{
    if (!m_session)
        return;
    m_session->catalogue().read();
    m_session->jobs().refreshNow();
}

} // namespace tidemark
