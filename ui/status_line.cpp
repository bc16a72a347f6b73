#include "ui/status_line.h"

#include "base/text.h"
#include "cloud/cloud_client.h"
#include "session/reading_texts.h"
#include "ui/look/keep.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"

#include <QLabel>
#include <QStyle>

#include <chrono>

namespace tidemark {

namespace {

constexpr auto NoticeableOffset = std::chrono::seconds(2); ///< the Date header itself has whole seconds only

/// None of them decides how wide the window is.
ElidedLabel *makeLabel(const QString &objectName)
{
    auto *label = new ElidedLabel;
    label->setObjectName(objectName);
    return label;
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent)
    , m_connection(new ElidedLabel)
    , m_plainHttp(makeLabel(QStringLiteral("statusPlainHttp")))
    , m_error(new ElidedLabel)
    , m_pace(makeLabel(QStringLiteral("statusPace")))
    , m_version(makeLabel(QStringLiteral("statusServerVersion")))
    , m_clock(makeLabel(QStringLiteral("statusClock")))
{
    setObjectName(QStringLiteral("statusLine"));
    m_connection->setObjectName(QStringLiteral("statusConnection"));
    m_error->setObjectName(QStringLiteral("statusError"));
    m_plainHttp->setText(tr("Plain HTTP: not encrypted"));
    m_plainHttp->setHint(tr("Whoever can listen between this machine and the server can read what is sent. The "
                            "secret itself is not sent, but links and names are."));
    m_error->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    addWidget(m_connection);
    addWidget(m_plainHttp);
    addWidget(m_error, 1);
    addPermanentWidget(m_pace);
    addPermanentWidget(m_version);
    addPermanentWidget(m_clock);
    keepMeasures(this, [this] { setContentsMargins(u(2), 0, u(1), 0); });
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &StatusLine::showPace);
    showConnection(nullptr);
}

void StatusLine::follow(CloudClient *client)
{
    if (m_client)
        m_client->disconnect(this);
    m_client = client;
    m_second.stop();
    if (client) {
        connect(client, &CloudClient::serverInfoChanged, this, &StatusLine::showServer);
        connect(client, &CloudClient::lastErrorChanged, this, &StatusLine::showError);
        connect(client, &CloudClient::paceChanged, this, &StatusLine::showPace);
        connect(client, &CloudClient::busyChanged, this, [this](bool isBusy) {
            if (isBusy)
                m_second.start();
            else
                m_second.stop();
            showPace();
        });
    }
    showPace();
}

void StatusLine::showReading(bool isReading)
{
    m_isReading = isReading;
    showPace();
}

void StatusLine::showPace()
{
    const QString pace = m_client ? paceText(m_client->pace(), QDateTime::currentDateTimeUtc()) : QString();
    m_pace->setText(pace.isEmpty() && m_isReading ? tr("Reading…") : pace);
    m_pace->setVisible(!m_pace->text().isEmpty());
}

void StatusLine::showConnection(const Connection *connection)
{
    m_version->clear();
    m_clock->clear();
    showError({});
    if (!connection) {
        m_connection->setText(tr("No connection"));
        m_connection->setHint({});
        m_plainHttp->hide();
        return;
    }
    m_connection->setText(tr("%1, %2").arg(connection->name, connection->baseUrl.host()));
    m_connection->setHint(connection->baseUrl.toDisplayString());
    m_plainHttp->setVisible(connection->baseUrl.scheme() == QLatin1String("http"));
    if (isLoopback(connection->baseUrl))
        m_plainHttp->setText(tr("Plain HTTP, within this machine"));
    else
        m_plainHttp->setText(tr("Plain HTTP: not encrypted"));
}

void StatusLine::showServer(const ServerInfo &info)
{
    m_version->setText(info.version.isEmpty() ? QString() : tr("Server %1").arg(info.version));
    m_clock->setText(clockText(info));
    m_clock->setHint(tr("Moments are judged by the server's clock."));
}

void StatusLine::showError(const Error &error)
{
    m_error->setText(error.sentence);
    m_error->setHint(error.hint);
    const QString whole = error.hint.isEmpty() ? error.sentence : error.sentence + QLatin1Char('\n') + error.hint;
    m_error->setAccessibleName(error.sentence.isEmpty() ? QString() : tr("Last error: %1").arg(whole));
}

QString clockText(const ServerInfo &info)
{
    if (!info.dateHeader.isValid())
        return {};
    const auto offset = std::chrono::duration_cast<std::chrono::seconds>(info.clockOffset);
    if (std::chrono::abs(offset) < NoticeableOffset)
        return StatusLine::tr("Clock: as on this machine");
    const QString span = durationText(std::chrono::abs(offset));
    return offset.count() > 0 ? StatusLine::tr("Clock: server %1 ahead").arg(span)
                              : StatusLine::tr("Clock: server %1 behind").arg(span);
}

} // namespace tidemark
