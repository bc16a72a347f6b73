#pragma once

#include "base/clock.h"
#include "checkup/connection_report.h"
#include "checkup/rights_check.h"
#include "checkup/server_probe.h"
#include "cloud/cloud_client.h"

#include <vector>

/// What the steps of a connection's test found, in words.
namespace tidemark {

/// @p host as the connection's URL names it.
StepReport reachedStep(const ServerProbe::Reached &reached, const QString &host, const QNetworkProxy &proxy);
/// Warns of a certificate that ends within two weeks of @p now.
StepReport securedStep(const ServerProbe::Secured &secured, const QDateTime &now);
/// Warns where the clocks are more than five minutes apart. @p now is this computer's clock.
StepReport projectsStep(const std::vector<Project> &projects, const ServerInfo &server, const QDateTime &now);
Error missingSecret();
StepReport rightsStep(const RightsCheck::Found &found);

/// The first few names, in their order.
QString namesOf(const std::vector<Project> &projects);
/// Subject, issuer, names, dates and fingerprint, a line each; empty for none.
QStringList certificateFacts(const QSslCertificate &certificate);

} // namespace tidemark
