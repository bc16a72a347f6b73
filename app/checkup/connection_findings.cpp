#include "checkup/connection_findings.h"

#include "base/text.h"
#include "cloud/socket_error.h"
#include "cloud/tls_error.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace tidemark {

using namespace std::chrono_literals;

namespace {

/// Tokens live for an hour and points in time count seconds; a few minutes are beyond what NTP leaves.
constexpr std::chrono::minutes ClockTolerance{5};
constexpr int CertificateNoticeDays = 14;
constexpr std::size_t NamesShown = 4;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ConnectionTest", text);
}

QString clockWarning(const ServerInfo &server, const QDateTime &now)
{
    const std::chrono::milliseconds offset = server.clockOffset;
    if (!server.dateHeader.isValid() || (offset < ClockTolerance && offset > -ClockTolerance))
        return {};
    const auto span =
        durationText(std::chrono::round<std::chrono::seconds>(std::chrono::milliseconds(std::llabs(offset.count()))));
    const QString sentence = offset.count() > 0 ? tr("The server's clock is %1 ahead of this computer's.").arg(span)
                                                : tr("The server's clock is %1 behind this computer's.").arg(span);
    return sentence + QLatin1Char(' ') +
           tr("Set the clock that is wrong (this computer says %1), or points in time will be mistaken.")
               .arg(utcText(now));
}

} // namespace

StepReport reachedStep(const ServerProbe::Reached &reached, const QString &host, const QNetworkProxy &proxy)
{
    const QString took = tr("%1 ms").arg(reached.took.count());
    QString sentence;
    if (reached.onlyProxy) {
        sentence = tr("The proxy %1 answers; it looks up the name %2 and connects to it itself.")
                       .arg(proxyAddress(proxy), host);
    } else if (proxy.type() != QNetworkProxy::NoProxy) {
        sentence = tr("Connected to %1, port %2, through the proxy %3 in %4. The proxy looked up the name.")
                       .arg(host)
                       .arg(reached.port)
                       .arg(proxyAddress(proxy), took);
    } else if (reached.address == host) {
        sentence = tr("Connected to %1, port %2, in %3.").arg(host).arg(reached.port).arg(took);
    } else {
        sentence = tr("%1 is %2. Connected to port %3 in %4.").arg(host, reached.address).arg(reached.port).arg(took);
        if (reached.addressCount > 1)
            sentence += QLatin1Char(' ') + tr("The name has %1 addresses.").arg(reached.addressCount);
    }
    return passedStep(sentence);
}

StepReport securedStep(const ServerProbe::Secured &secured, const QDateTime &now)
{
    const QDateTime ends = secured.certificate.expiryDate();
    QString warning;
    if (now.daysTo(ends) < CertificateNoticeDays)
        warning = tr("The certificate ends on %1. Who runs the server has to renew it.").arg(utcText(ends));
    return passedStep(
        tr("%1 (%2). The server's certificate is valid until %3.").arg(secured.protocol, secured.cipher, utcText(ends)),
        warning);
}

StepReport projectsStep(const std::vector<Project> &projects, const ServerInfo &server, const QDateTime &now)
{
    QString sentence = projects.size() == 1
                           ? tr("The key sees one project: %1.").arg(namesOf(projects))
                           : tr("The key sees %1 projects: %2.").arg(projects.size()).arg(namesOf(projects));
    if (!server.version.isEmpty())
        sentence += QLatin1Char(' ') + tr("The server's version is %1.").arg(server.version);
    const QString warning = clockWarning(server, now);
    if (server.dateHeader.isValid() && warning.isEmpty())
        sentence +=
            QLatin1Char(' ') + tr("Its clock and this computer's agree to within %1.")
                                   .arg(durationText(std::chrono::ceil<std::chrono::seconds>(
                                       std::chrono::milliseconds(std::llabs(server.clockOffset.count())) + 1s)));
    return passedStep(sentence, warning);
}

Error missingSecret()
{
    Error error;
    error.kind = ErrorKind::Credentials;
    error.sentence = tr("The secret of this connection is not here, so nothing was sent.");
    error.hint = tr("Edit the connection and enter it, or unlock the keychain and test again.");
    return error;
}

StepReport rightsStep(const RightsCheck::Found &found)
{
    if (!found.tried)
        return {StepReport::State::Untried, tr("No cluster was found to try the rights with."), {}, {}, {}};
    StepReport step =
        passedStep(found.knowsTimes
                       ? tr("%1 in %2: %3 snapshots, %4 restore jobs and the times it can be restored to may be read.")
                             .arg(found.cluster, found.project)
                             .arg(found.snapshots)
                             .arg(found.jobs)
                       : tr("%1 in %2: %3 snapshots and %4 restore jobs may be read.")
                             .arg(found.cluster, found.project)
                             .arg(found.snapshots)
                             .arg(found.jobs));
    step.facts << tr("Nothing was created. Starting a restore takes the role Project Backup Admin, and a restore to "
                     "a cluster Project Automation Admin as well.");
    return step;
}

QString namesOf(const std::vector<Project> &projects)
{
    QStringList names;
    for (std::size_t i = 0; i < std::min(projects.size(), NamesShown); ++i)
        names << projects[i].name;
    if (projects.size() > NamesShown)
        names << QString(QChar(0x2026));
    return names.join(QLatin1String(", "));
}

QStringList certificateFacts(const QSslCertificate &certificate)
{
    return certificateText(certificate).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace tidemark
