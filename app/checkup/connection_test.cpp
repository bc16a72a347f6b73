#include "checkup/connection_test.h"

#include "base/text.h"
#include "checkup/address_check.h"
#include "checkup/connection_findings.h"
#include "checkup/rights_check.h"
#include "cloud/api_error.h"
#include "cloud/network_setup.h"
#include "cloud/own_trust.h"
#include "cloud/socket_error.h"
#include "cloud/tls_error.h"

#include <algorithm>
#include <cstdlib>

namespace tidemark {

using namespace std::chrono_literals;

namespace {

/// Is there TLS behind a port that was spoken to without? It answers at once or not at all.
constexpr std::chrono::seconds TlsGuessLimit{5};

/// An answer that no Cloud Manager or Ops Manager gives: no code of the API's, and not about rights or load.
bool isForeign(const Error &error)
{
    const bool odd =
        error.kind == ErrorKind::Parse || error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Refused;
    return odd && error.apiCode.isEmpty() && error.httpStatus != 0 &&
           (error.httpStatus < 300 || error.httpStatus > 399);
}

} // namespace

ConnectionTest::ConnectionTest(Connection connection, Credentials credentials, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_credentials(std::move(credentials))
    , m_clock(clock)
{
}

ConnectionTest::~ConnectionTest() = default;

bool ConnectionTest::isPlainHttp() const
{
    return m_connection.baseUrl.scheme() == QLatin1String("http");
}

void ConnectionTest::start()
{
    if (m_context || m_report.front().state != StepReport::State::Pending)
        return;
    m_context = std::make_unique<QObject>();
    begin(ConnectionStep::Reach);
    if (const QString objection = transportObjection(m_connection); !objection.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Refused;
        error.sentence = objection;
        error.hint = tr("Change the connection's URL, or allow plain HTTP where nobody else is on the network.");
        fail(ConnectionStep::Reach, error);
        return;
    }
    reach();
}

void ConnectionTest::cancel()
{
    if (!m_context)
        return;
    for (StepReport &step : m_report) {
        if (step.state == StepReport::State::Running)
            step = {StepReport::State::Cancelled, {}, {}, {}, {}};
    }
    end();
}

void ConnectionTest::begin(ConnectionStep step)
{
    at(step).state = StepReport::State::Running;
    Q_EMIT changed();
}

void ConnectionTest::settle(ConnectionStep step, StepReport report)
{
    at(step) = std::move(report);
}

void ConnectionTest::fail(ConnectionStep step, const Error &error, const QStringList &facts)
{
    m_seenAddress = callerAddress(error);
    settle(step, failedStep(error, facts));
    end();
}

void ConnectionTest::end()
{
    if (QObject *context = m_context.release()) {
        for (QObject *waiting : context->children())
            QObject::disconnect(waiting, nullptr, context, nullptr);
        context->deleteLater(); // what called may be one of its children
    }
    if (m_probe)
        m_probe.release()->deleteLater();
    if (m_client)
        m_client.release()->deleteLater(); // and gives a service account's token back
    Q_EMIT changed();
    Q_EMIT finished();
}

// 1. The server: name and port.

void ConnectionTest::reach()
{
    const std::shared_ptr<QNetworkProxyFactory> factory = proxyFactory(m_connection, m_credentials);
    const auto question = proxyQuestion(factory.get(), m_connection.baseUrl);
    if (!question) {
        reachBy(*factory);
        return;
    }
    at(ConnectionStep::Reach).sentence = tr("Waiting for the desktop's proxy settings…");
    Q_EMIT changed();
    if (!m_context)
        return; // who heard of it cancelled
    whenDone(m_context.get(), *question, [this, factory](const Result<DesktopProxy> &proxy) {
        if (proxy)
            reachBy(*factory);
        else
            fail(ConnectionStep::Reach, proxy.error());
    });
}

void ConnectionTest::reachBy(QNetworkProxyFactory &factory)
{
    const QUrl &url = m_connection.baseUrl;
    const auto proxies = factory.queryProxy(QNetworkProxyQuery(url));
    if (!proxies.isEmpty())
        m_proxy = proxies.first();
    if (m_connection.proxy.mode == ProxyMode::System && !isLoopback(url))
        m_scriptWithoutProxy = DesktopProxies::instance().last(url).value_or(DesktopProxy()).isAutomaticWithoutProxy;
    const Result<QSslConfiguration> tls = tlsConfiguration(m_connection);
    m_tls = tls.value_or(QSslConfiguration::defaultConfiguration()); // its failure belongs to the second step
    m_own = ownCertificates(m_connection.caCertificateFile).value_or(QList<QSslCertificate>());
    m_probe = std::make_unique<ServerProbe>(url, m_proxy, m_tls, m_own, limit());
    whenDone(m_context.get(), m_probe->reach(), [this](const Result<ServerProbe::Reached> &result) {
        if (!result) {
            QStringList facts;
            if (m_proxy.type() != QNetworkProxy::NoProxy)
                facts << tr("Proxy: %1").arg(proxyAddress(m_proxy));
            if (m_scriptWithoutProxy)
                facts << scriptNotice();
            fail(ConnectionStep::Reach, result.error(), facts);
            return;
        }
        reached(*result);
    });
}

QString ConnectionTest::scriptNotice() const
{
    return tr("The desktop's proxy settings name a script (PAC), and no proxy came of it; it may be that it cannot be "
              "evaluated here. If the server needs a proxy, enter it in the connection.");
}

void ConnectionTest::reached(const ServerProbe::Reached &reached)
{
    StepReport step = reachedStep(reached, m_connection.baseUrl.host(), m_proxy);
    if (m_scriptWithoutProxy)
        step.facts << scriptNotice();
    settle(ConnectionStep::Reach, std::move(step));
    begin(ConnectionStep::Tls);
    secure();
}

// 2. TLS

void ConnectionTest::secure()
{
    if (!m_context)
        return; // who heard of the step cancelled
    if (const auto tls = tlsConfiguration(m_connection); !tls) {
        fail(ConnectionStep::Tls, tls.error());
        return;
    }
    if (isPlainHttp()) {
        const QString sentence = isLoopback(m_connection.baseUrl)
                                     ? tr("Not used: plain HTTP, which stays on this computer.")
                                     : tr("Not used: plain HTTP allowed for this connection.");
        settle(ConnectionStep::Tls, {StepReport::State::NotUsed, sentence, {}, {}, {}});
        begin(ConnectionStep::Credentials);
        signIn();
        return;
    }
    whenDone(m_context.get(), m_probe->secure(), [this](const Result<ServerProbe::Secured> &secured) {
        if (!secured) {
            QStringList facts = certificateFacts(m_probe->certificate());
            if (!facts.isEmpty())
                facts << tr("This computer's clock: %1").arg(utcText(m_clock.now()));
            fail(ConnectionStep::Tls, secured.error(), facts);
            return;
        }
        settle(ConnectionStep::Tls, securedStep(*secured, m_clock.now()));
        begin(ConnectionStep::Credentials);
        signIn();
    });
}

// 3. Credentials

void ConnectionTest::signIn()
{
    if (!m_context)
        return; // who heard of the step cancelled
    m_probe.release()->deleteLater();
    if (m_credentials.secret.isEmpty()) {
        fail(ConnectionStep::Credentials, missingSecret()); // a request signed with none would only be refused
        return;
    }
    m_client = std::make_unique<CloudClient>(m_connection, m_credentials, m_clock, CloudClient::Retries::None);
    if (m_connection.authentication == Authentication::ApiKey) {
        readProjects(); // the key is judged with the first request
        return;
    }
    whenDone(m_context.get(), m_client->signIn(), [this](const Result<bool> &signedIn) {
        if (!signedIn) {
            Error error = signedIn.error();
            if (error.kind == ErrorKind::NotFound)
                error.hint = tr("This server may have no service accounts, as an Ops Manager: use an API key. Or the "
                                "URL names something else.");
            failUnlessElsewhere(ConnectionStep::Credentials, error);
            return;
        }
        settle(ConnectionStep::Credentials, credentialsAccepted());
        begin(ConnectionStep::Projects);
        readProjects();
    });
}

StepReport ConnectionTest::credentialsAccepted() const
{
    const bool key = m_connection.authentication == Authentication::ApiKey;
    return passedStep(key ? tr("The server knows the API key %1.").arg(m_connection.userName)
                          : tr("The server gave the service account %1 a token.").arg(m_connection.userName));
}

// 4. Project list, and with it the API key

void ConnectionTest::readProjects()
{
    if (!m_context)
        return; // who heard of the step cancelled
    whenDone(m_context.get(), m_client->projects(), [this](const Result<std::vector<Project>> &projects) {
        if (projects)
            projectsRead(*projects);
        else
            projectsFailed(projects.error());
    });
}

void ConnectionTest::projectsFailed(Error error)
{
    const bool noAnswer = error.httpStatus == 0;
    const bool keyIsOpen = at(ConnectionStep::Credentials).state == StepReport::State::Running;
    if (error.kind == ErrorKind::Credentials || (keyIsOpen && noAnswer)) {
        failUnlessElsewhere(ConnectionStep::Credentials, error);
        return;
    }
    if (keyIsOpen && error.kind == ErrorKind::Permission && !error.apiCode.isEmpty()) {
        settle(ConnectionStep::Credentials, credentialsAccepted());
    } else if (keyIsOpen) {
        settle(ConnectionStep::Credentials,
               {StepReport::State::Untried, tr("The server's answer came before it judged the key."), {}, {}, {}});
    }
    failUnlessElsewhere(ConnectionStep::Projects, worded(std::move(error)));
}

Error ConnectionTest::worded(Error error) const
{
    if (!isForeign(error) || !m_client->serverInfo().version.isEmpty())
        return error;
    error.sentence = tr("%1 answers, but not as a Cloud Manager or Ops Manager does. %2")
                         .arg(m_connection.baseUrl.host(), error.sentence);
    error.hint =
        tr("Check host, port and path of the URL: it must be the address that opens Ops Manager in a browser. A "
           "sign-in page of the network or a proxy may also answer in its place.");
    return error;
}

void ConnectionTest::failUnlessElsewhere(ConnectionStep step, const Error &error)
{
    const QUrl other = m_client->serverInfo().version.isEmpty()
                           ? AddressCheck::addressWithoutPath(m_connection.baseUrl, error)
                           : QUrl();
    if (!other.isValid()) {
        failUnlessTls(step, error);
        return;
    }
    auto *check = new AddressCheck(m_connection, other, m_credentials, m_clock, m_context.get());
    whenDone(m_context.get(), check->run(), [this, step, error, other](const Result<bool> &answers) {
        if (!answers.value_or(false)) {
            failUnlessTls(step, error);
            return;
        }
        m_betterAddress = other;
        Error meant = error;
        meant.hint =
            tr("Without %1 it answers: the address is %2.").arg(m_connection.baseUrl.path(), other.toDisplayString());
        fail(step, meant);
    });
}

/// Servers that expect TLS answer plain HTTP with an error page or by hanging up. Whether it is that, a handshake
/// tells.
void ConnectionTest::failUnlessTls(ConnectionStep step, const Error &error)
{
    const bool hungUp = error.kind == ErrorKind::Network || error.kind == ErrorKind::Parse;
    const bool guess = isPlainHttp() && m_proxy.type() == QNetworkProxy::NoProxy && error.apiCode.isEmpty() &&
                       (hungUp || error.httpStatus == 400);
    if (!guess) {
        fail(step, error);
        return;
    }
    QUrl secure = m_connection.baseUrl;
    secure.setPort(secure.port(80));
    secure.setScheme(QStringLiteral("https"));
    m_probe = std::make_unique<ServerProbe>(secure, m_proxy, m_tls, m_own,
                                            std::min<std::chrono::milliseconds>(limit(), TlsGuessLimit));
    whenDone(m_context.get(), m_probe->reach(), [this, step, error](const Result<ServerProbe::Reached> &reached) {
        if (!reached) {
            fail(step, error);
            return;
        }
        whenDone(m_context.get(), m_probe->secure(), [this, step, error](const Result<ServerProbe::Secured> &) {
            Error meant = error;
            if (!m_probe->certificate().isNull()) {
                meant.sentence = tr("%1 speaks TLS on this port, and the URL begins with http://.")
                                     .arg(m_connection.baseUrl.authority());
                meant.hint = tr("Begin the URL with https://.");
            }
            fail(step, meant, certificateFacts(m_probe->certificate()));
        });
    });
}

void ConnectionTest::projectsRead(std::vector<Project> projects)
{
    if (at(ConnectionStep::Credentials).state == StepReport::State::Running) {
        settle(ConnectionStep::Credentials,
               m_client->credentialsWereTaken()
                   ? credentialsAccepted()
                   : StepReport{StepReport::State::Untried, tr("The server did not ask for the key."), {}, {}, {}});
    }
    m_projects = std::move(projects);
    Error error;
    error.kind = ErrorKind::Permission;
    if (m_projects.empty()) {
        error.sentence = tr("The key is right, but it sees no project.");
        error.hint = tr("Ask a project owner to invite the key to the project, with the role Project Backup Admin.");
        fail(ConnectionStep::Projects, error);
        return;
    }
    const auto preferred = std::find_if(m_projects.begin(), m_projects.end(),
                                        [this](const Project &one) { return one.id == m_connection.defaultProject; });
    if (!m_connection.defaultProject.isEmpty() && preferred == m_projects.end()) {
        error.sentence = tr("The default project %1 is not among the projects that the key sees: %2.")
                             .arg(m_connection.defaultProject.value, namesOf(m_projects));
        error.hint =
            tr("Choose one of these as the default project, or none; or ask a project owner to invite the key.");
        fail(ConnectionStep::Projects, error);
        return;
    }
    if (preferred != m_projects.end())
        std::rotate(m_projects.begin(), preferred, preferred + 1); // looked at first

    settle(ConnectionStep::Projects, projectsStep(m_projects, m_client->serverInfo(), m_clock.now()));
    begin(ConnectionStep::BackupRights);
    tryRights();
}

// 5. Backup rights

void ConnectionTest::tryRights()
{
    if (!m_context)
        return; // who heard of the step cancelled
    auto *check = new RightsCheck(*m_client, m_context.get());
    whenDone(m_context.get(), check->run(m_projects), [this](const Result<RightsCheck::Found> &found) {
        if (!found) {
            fail(ConnectionStep::BackupRights, found.error());
            return;
        }
        settle(ConnectionStep::BackupRights, rightsStep(*found));
        end();
    });
}

} // namespace tidemark
