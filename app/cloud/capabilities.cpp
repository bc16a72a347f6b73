#include "cloud/capabilities.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Capabilities)
};

#define T(text) QT_TRANSLATE_NOOP("tidemark::Capabilities", text)

struct Number
{
    int major = 0;
    int minor = 0;
    int patch = 0;

    auto operator<=>(const Number &) const = default;
};

constexpr Number Always{0, 0, 0};
constexpr Number Never{1'000'000, 0, 0};

/// Two lines of Ops Manager got some things at different times. `before7` and `line7` may be open.
struct Row
{
    Capability capability;
    Offer cloudManager;
    Offer before7;               ///< Ops Manager up to 6.0
    std::optional<Number> line7; ///< from there on, on the line of 7.0; nullopt: not documented
    std::optional<Number> since; ///< from there on, from 8.0 on; nullopt: not documented
    const char *what;            ///< behind "%1 cannot "
};

constexpr std::array rows{
    Row{Capability::RestorableRanges, Offer::Yes, Offer::No, std::nullopt, Number{8, 0, 6},
        T("tell to which moments a cluster can be restored")},
    Row{Capability::RedactedConfig, Offer::Yes, Offer::No, Number{7, 0, 18}, Number{8, 0, 12},
        T("show its automation configuration without the secrets in it")},
    Row{Capability::OnDemandSnapshot, Offer::No, Offer::No, Never, Number{8, 0, 0}, T("take a snapshot on demand")},
    Row{Capability::SnapshotFcv, Offer::Unknown, Offer::No, Never, Number{8, 0, 2},
        T("tell the feature compatibility version of a snapshot")},
    Row{Capability::ConcurrentJobIds, Offer::Unknown, Offer::No, Number{7, 0, 19}, Number{8, 0, 13},
        T("name the restore that another one has to wait for")},
    Row{Capability::CancelledJobStatus, Offer::Unknown, Offer::No, Number{7, 0, 15}, Number{8, 0, 6},
        T("be trusted to show that a restore was cancelled")},
    Row{Capability::StatusErrors, Offer::Unknown, Offer::Unknown, std::nullopt, std::nullopt,
        T("tell the errors of its agents")},
    Row{Capability::Agents, Offer::Yes, Offer::Unknown, Always, Always, T("list its agents")},
    Row{Capability::Events, Offer::Yes, Offer::Unknown, Always, Always, T("list what happened in a project")},
    Row{Capability::Measurements, Offer::Yes, Offer::Unknown, Always, Always, T("show the measurements of a host")},
    Row{Capability::LogCollection, Offer::Yes, Offer::Unknown, Always, Always, T("collect logs")},
    Row{Capability::SnapshotProtection, Offer::Yes, Offer::Unknown, Always, Always,
        T("change how long a snapshot is kept")},
};

const Row &rowOf(Capability capability)
{
    return *std::find_if(rows.begin(), rows.end(),
                         [capability](const Row &row) { return row.capability == capability; });
}

/// Of one line of versions.
Offer from(const std::optional<Number> &first, const Number &version)
{
    if (!first)
        return Offer::Unknown;
    return version >= *first ? Offer::Yes : Offer::No;
}

bool isVersion(const std::optional<Number> &number)
{
    return number && *number != Always && *number != Never;
}

QString written(const Number &number)
{
    return QStringLiteral("%1.%2.%3").arg(number.major).arg(number.minor).arg(number.patch);
}

} // namespace

ServerVersion serverVersion(const QString &versionString)
{
    using Product = ServerVersion::Product;
    const QString text = versionString.trimmed();
    static const QRegularExpression release(QStringLiteral("^[vV][0-9]{8}"));
    if (release.match(text).hasMatch())
        return {Product::CloudManager};
    static const QRegularExpression numbers(QStringLiteral("^([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?"));
    const QRegularExpressionMatch match = numbers.match(text);
    ServerVersion version{Product::OpsManager};
    int place = 0;
    for (int *part : {&version.major, &version.minor, &version.patch}) {
        const QString digits = match.captured(++place);
        constexpr int mostDigits = 4;
        if (digits.size() > mostDigits || (digits.isEmpty() && place < 3))
            return {};
        *part = digits.toInt();
    }
    return version;
}

Service answeringService(const ServerVersion &version, Service configured)
{
    switch (version.product) {
    case ServerVersion::Product::CloudManager:
        return Service::CloudManager;
    case ServerVersion::Product::OpsManager:
        return Service::OpsManager;
    case ServerVersion::Product::Unknown:
        break;
    }
    return configured;
}

QString productText(const ServerVersion &version)
{
    switch (version.product) {
    case ServerVersion::Product::CloudManager:
        return Text::tr("Cloud Manager");
    case ServerVersion::Product::OpsManager:
        return Text::tr("Ops Manager %1").arg(written({version.major, version.minor, version.patch}));
    case ServerVersion::Product::Unknown:
        break;
    }
    return Text::tr("This server");
}

Offer offer(Capability capability, const ServerVersion &version)
{
    const Row &row = rowOf(capability);
    const Number number{version.major, version.minor, version.patch};
    switch (version.product) {
    case ServerVersion::Product::CloudManager:
        return row.cloudManager;
    case ServerVersion::Product::OpsManager:
        if (number < Number{7, 0, 0})
            return row.before7;
        return from(number < Number{8, 0, 0} ? row.line7 : row.since, number);
    case ServerVersion::Product::Unknown:
        break;
    }
    return Offer::Unknown;
}

Missing missingText(Capability capability, const ServerVersion &version)
{
    const Row &row = rowOf(capability);
    Missing missing;
    missing.sentence = Text::tr("%1 cannot %2.").arg(productText(version), Text::tr(row.what));
    if (isVersion(row.since) && isVersion(row.line7))
        missing.hint = Text::tr("Ops Manager can from %1 and %2 on.").arg(written(*row.since), written(*row.line7));
    else if (isVersion(row.since))
        missing.hint = Text::tr("Ops Manager can from %1 on.").arg(written(*row.since));
    return missing;
}

Error wordedFor(Capability capability, const ServerVersion &version, Error error)
{
    const bool isUnnamed = error.apiCode.isEmpty() || error.apiCode == QLatin1String("RESOURCE_NOT_FOUND");
    if (error.httpStatus != 405 && !(error.httpStatus == 404 && isUnnamed))
        return error;
    error.kind = ErrorKind::NotFound;
    if (offer(capability, version) == Offer::Yes) {
        error.sentence = Text::tr("%1 can %2, but it did not know the call (HTTP %3).")
                             .arg(productText(version), Text::tr(rowOf(capability).what))
                             .arg(error.httpStatus);
        error.hint = Text::tr("A proxy before the server may keep the call back.");
        return error;
    }
    const Missing missing = missingText(capability, version);
    error.sentence = missing.sentence;
    error.hint = missing.hint;
    return error;
}

} // namespace tidemark
