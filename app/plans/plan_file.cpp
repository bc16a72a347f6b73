#include "plans/restore_plan.h"

#include "base/honest_text.h"
#include "base/text.h"
#include "plans/plan_limits.h"
#include "restore/point_json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanFile)
};

using plans::LongestText;
using plans::MostEntries;
using plans::MostSignatures;

// Written ------------------------------------------------------------------------------------------------------------

QJsonObject clusterJson(const PlannedCluster &cluster)
{
    return {{QStringLiteral("projectId"), cluster.project.id.value},
            {QStringLiteral("project"), cluster.project.name},
            {QStringLiteral("clusterId"), cluster.id.value},
            {QStringLiteral("cluster"), cluster.name},
            {QStringLiteral("shards"), cluster.shards},
            {QStringLiteral("versions"), QJsonArray::fromStringList(cluster.versions)},
            {QStringLiteral("fcv"), cluster.featureCompatibilityVersion}};
}

QJsonObject linkJson(const DownloadDelivery &link)
{
    QJsonObject json{{QStringLiteral("maxDownloads"), link.maxDownloads}};
    if (const int *hours = std::get_if<int>(&link.life))
        json.insert(QStringLiteral("expirationHours"), *hours);
    else
        json.insert(QStringLiteral("expires"), isoText(std::get<QDateTime>(link.life)));
    return json;
}

QJsonObject planJson(const RestorePlan &plan)
{
    QJsonObject json{{QStringLiteral("service"), plan.service == Service::OpsManager ? QStringLiteral("Ops Manager")
                                                                                     : QStringLiteral("Cloud Manager")},
                     {QStringLiteral("server"), plan.server},
                     {QStringLiteral("author"), plan.author},
                     {QStringLiteral("written"), isoText(plan.written)},
                     {QStringLiteral("note"), plan.note},
                     {QStringLiteral("mode"), modeWord(plan.mode)},
                     {QStringLiteral("point"), pointJson(plan.point)},
                     {QStringLiteral("source"), clusterJson(plan.source)},
                     {QStringLiteral("warnings"), QJsonArray::fromStringList(plan.warnings)}};
    if (plan.pointTime.isValid())
        json.insert(QStringLiteral("pointTime"), isoText(plan.pointTime));
    if (plan.target)
        json.insert(QStringLiteral("target"), clusterJson(*plan.target));
    if (plan.link)
        json.insert(QStringLiteral("link"), linkJson(*plan.link));
    return json;
}

// Read ---------------------------------------------------------------------------------------------------------------

/// The members of one object, each of which has to be asked for. The first thing that is wrong is kept.
class Members
{
public:
    Members(QJsonObject object, QString &problem)
        : m_object(std::move(object))
        , m_problem(problem)
    {
    }

    QJsonValue take(const char *key) { return m_object.take(QLatin1String(key)); }
    bool has(const char *key) const { return m_object.contains(QLatin1String(key)); }

    QString text(const char *key, bool mayHaveLines = false)
    {
        const QJsonValue value = take(key);
        const QString text = value.toString();
        if (!value.isString() || text.size() > LongestText || !isHonest(text, mayHaveLines))
            refuse(key);
        return text;
    }

    QStringList texts(const char *key)
    {
        const QJsonValue value = take(key);
        QStringList all;
        if (!value.isArray() || value.toArray().size() > MostEntries)
            refuse(key);
        for (const QJsonValue &one : value.toArray()) {
            if (!one.isString() || one.toString().size() > LongestText || !isHonest(one.toString(), false))
                refuse(key);
            all.append(one.toString());
        }
        return all;
    }

    qint64 number(const char *key, qint64 least, qint64 most)
    {
        const QJsonValue value = take(key);
        const qint64 number = value.toInteger(least - 1);
        if (!value.isDouble() || number < least || number > most)
            refuse(key);
        return number;
    }

    QDateTime time(const char *key)
    {
        const QString text = this->text(key);
        const QDateTime time = QDateTime::fromString(text, Qt::ISODate).toUTC();
        if (!time.isValid() || isoText(time) != text)
            refuse(key);
        return time;
    }

    QJsonObject object(const char *key)
    {
        const QJsonValue value = take(key);
        if (!value.isObject())
            refuse(key);
        return value.toObject();
    }

    /// What was not asked for is of another version, or of another program.
    void end()
    {
        if (!m_object.isEmpty())
            refuse(m_object.keys().front());
    }

    void refuse(const QString &key)
    {
        if (m_problem.isEmpty())
            m_problem = key;
    }
    void refuse(const char *key) { refuse(QLatin1String(key)); }

private:
    QJsonObject m_object;
    QString &m_problem;
};

constexpr qint64 MostSeconds = 253402300799; ///< the end of the year 9999

PlannedCluster clusterFrom(Members members)
{
    PlannedCluster cluster;
    cluster.project.id = ProjectId(members.text("projectId"));
    cluster.project.name = members.text("project");
    cluster.id = ClusterId(members.text("clusterId"));
    cluster.name = members.text("cluster");
    cluster.shards = static_cast<int>(members.number("shards", 0, 100000));
    cluster.versions = members.texts("versions");
    cluster.featureCompatibilityVersion = members.text("fcv");
    if (cluster.project.id.isEmpty() || cluster.id.isEmpty() || cluster.name.isEmpty())
        members.refuse("clusterId");
    members.end();
    return cluster;
}

RestorePoint pointFrom(RestoreMode mode, Members members)
{
    RestorePoint point;
    switch (mode) {
    case RestoreMode::DownloadSnapshot:
    case RestoreMode::AutomatedSnapshot:
        point = SnapshotPoint{SnapshotId(members.text("snapshot"))};
        break;
    case RestoreMode::OplogTimestamp: {
        QString problem;
        Members oplog(members.object("oplog"), problem);
        const qint64 seconds = oplog.number("seconds", 1, MostSeconds);
        const qint64 increment = oplog.number("increment", 0, std::numeric_limits<quint32>::max());
        oplog.end();
        if (!problem.isEmpty())
            members.refuse(problem);
        point = OplogPoint{{seconds, static_cast<quint32>(increment)}};
        break;
    }
    case RestoreMode::PointInTime:
        point = TimePoint{members.number("utcMilliseconds", 1, MostSeconds * 1000)};
        break;
    case RestoreMode::Checkpoint:
        point = CheckpointPoint{CheckpointId(members.text("checkpoint"))};
        break;
    }
    members.end();
    return point;
}

DownloadDelivery linkFrom(Members members)
{
    DownloadDelivery link;
    link.maxDownloads = members.number("maxDownloads", 1, UnlimitedDownloads);
    if (members.has("expires"))
        link.life = members.time("expires");
    else
        link.life = static_cast<int>(members.number("expirationHours", 1, 24 * 366));
    members.end();
    return link;
}

RestorePlan planFrom(const QJsonObject &object, QString &problem)
{
    Members members(object, problem);
    RestorePlan plan;
    const QString service = members.text("service");
    if (service == QLatin1String("Ops Manager"))
        plan.service = Service::OpsManager;
    else if (service != QLatin1String("Cloud Manager"))
        members.refuse("service");
    plan.server = members.text("server");
    plan.author = members.text("author");
    plan.written = members.time("written");
    plan.note = members.text("note", true);
    const auto mode = modeFromWord(members.text("mode"));
    if (!mode)
        members.refuse("mode");
    plan.mode = mode.value_or(RestoreMode::DownloadSnapshot);
    plan.point = pointFrom(plan.mode, Members(members.object("point"), problem));
    if (members.has("pointTime"))
        plan.pointTime = members.time("pointTime");
    plan.source = clusterFrom(Members(members.object("source"), problem));
    if (isAutomated(plan.mode))
        plan.target = clusterFrom(Members(members.object("target"), problem));
    else
        plan.link = linkFrom(Members(members.object("link"), problem));
    plan.warnings = members.texts("warnings");
    members.end();
    return plan;
}

PlanSignature signatureFrom(Members members)
{
    PlanSignature signature;
    const QString kind = members.text("kind");
    if (kind == QLatin1String("gpg"))
        signature.kind = PlanSignature::Kind::OpenPgp;
    else if (kind != QLatin1String("ssh"))
        members.refuse("kind");
    signature.signer = members.text("signer");
    const QJsonValue armour = members.take("signature");
    signature.armour = armour.toString().toLatin1();
    if (!armour.isString() || signature.armour.size() > 4 * LongestText)
        members.refuse("signature");
    members.end();
    return signature;
}

Error unreadable(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Parse;
    error.sentence = sentence;
    return error;
}

} // namespace

QByteArray planBytes(const RestorePlan &plan)
{
    return QJsonDocument(planJson(plan)).toJson(QJsonDocument::Compact);
}

QByteArray planFileBytes(const PlanFile &file)
{
    QJsonArray signatures;
    for (const PlanSignature &signature : file.signatures)
        signatures.append(
            QJsonObject{{QStringLiteral("kind"),
                         signature.kind == PlanSignature::Kind::Ssh ? QStringLiteral("ssh") : QStringLiteral("gpg")},
                        {QStringLiteral("signer"), signature.signer},
                        {QStringLiteral("signature"), QString::fromLatin1(signature.armour)}});
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), QStringLiteral("tidemark-plan")},
                                     {QStringLiteral("version"), PlanVersion},
                                     {QStringLiteral("plan"), planJson(file.plan)},
                                     {QStringLiteral("signatures"), signatures}})
        .toJson(QJsonDocument::Indented);
}

Result<PlanFile> readPlanFile(const QByteArray &bytes)
{
    if (bytes.size() > LargestPlanFile)
        return failure(unreadable(Text::tr("This file is too large for a plan.")));
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    QString problem;
    Members file(document.object(), problem);
    if (!document.isObject() || file.text("format") != QLatin1String("tidemark-plan"))
        return failure(unreadable(Text::tr("This file is no plan of Tidemark's.")));
    const qint64 version = file.number("version", 1, 1000000);
    if (problem.isEmpty() && version != PlanVersion)
        return failure(unreadable(Text::tr("This plan was written by a newer Tidemark (version %1 of plans). Open it "
                                           "with that.")
                                      .arg(version)));
    PlanFile read;
    read.plan = planFrom(file.object("plan"), problem);
    const QJsonValue signatures = file.take("signatures");
    if (!signatures.isArray() || signatures.toArray().size() > MostSignatures)
        file.refuse("signatures");
    else
        for (const QJsonValue &one : signatures.toArray())
            read.signatures.push_back(signatureFrom(Members(one.toObject(), problem)));
    file.end();
    if (!problem.isEmpty())
        return failure(unreadable(Text::tr("This plan cannot be read: “%1” is not as a plan has it. Nothing of it is "
                                           "used.")
                                      .arg(problem)));
    return read;
}

} // namespace tidemark
