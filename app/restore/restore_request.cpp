#include "restore/restore_request.h"

#include "base/text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tidemark {

namespace {

/// One key of a JSON object and its value, already written as JSON or an object of its own. The body is written by hand
/// because its order is part of what a person compares with the documentation, and QJsonObject sorts its keys.
struct JsonField
{
    const char *key = nullptr;
    QByteArray value;
    std::vector<JsonField> object;
};

QByteArray jsonString(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

JsonField stringField(const char *key, const QString &text)
{
    return {key, jsonString(text), {}};
}

JsonField numberField(const char *key, qint64 number)
{
    return {key, QByteArray::number(number), {}};
}

/// `indent` < 0 writes everything on one line.
QByteArray written(const std::vector<JsonField> &fields, int indent)
{
    const bool pretty = indent >= 0;
    QByteArray text("{");
    for (const JsonField &field : fields) {
        if (&field != &fields.front())
            text += ',';
        if (pretty)
            text += '\n' + QByteArray(indent + 2, ' ');
        text += '"' + QByteArray(field.key) + (pretty ? "\": " : "\":");
        text += field.object.empty() ? field.value : written(field.object, pretty ? indent + 2 : indent);
    }
    if (pretty)
        text += '\n' + QByteArray(indent, ' ');
    return text + '}';
}

std::vector<JsonField> deliveryFields(const DownloadDelivery &delivery)
{
    std::vector<JsonField> fields{stringField("methodName", QStringLiteral("HTTP"))};
    if (const int *hours = std::get_if<int>(&delivery.life))
        fields.push_back(numberField("expirationHours", *hours));
    else
        fields.push_back(stringField("expires", isoText(std::get<QDateTime>(delivery.life))));
    fields.push_back(numberField("maxDownloads", delivery.maxDownloads));
    return fields;
}

std::vector<JsonField> deliveryFields(const AutomatedDelivery &delivery)
{
    return {stringField("methodName", QStringLiteral("AUTOMATED_RESTORE")),
            stringField("targetGroupId", delivery.project.value),
            stringField("targetClusterId", delivery.cluster.value)};
}

std::vector<JsonField> pointFields(const SnapshotPoint &point)
{
    return {stringField("snapshotId", point.snapshot.value)};
}

std::vector<JsonField> pointFields(const OplogPoint &point)
{
    // Both are strings in the documentation.
    return {stringField("oplogTs", QString::number(point.timestamp.seconds)),
            stringField("oplogInc", QString::number(point.timestamp.increment))};
}

std::vector<JsonField> pointFields(const TimePoint &point)
{
    return {numberField("pointInTimeUTCMillis", point.utcMilliseconds)};
}

std::vector<JsonField> pointFields(const CheckpointPoint &point)
{
    return {stringField("checkpointId", point.checkpoint.value)};
}

std::vector<JsonField> bodyFields(const RestoreRequest &request)
{
    std::vector<JsonField> body{
        {"delivery",
         {},
         std::visit([](const auto &delivery) { return deliveryFields(delivery); }, request.delivery())}};
    const std::vector<JsonField> point = std::visit([](const auto &it) { return pointFields(it); }, request.point());
    body.insert(body.end(), point.begin(), point.end());
    return body;
}

} // namespace

QByteArray RestoreRequest::json() const
{
    return written(bodyFields(*this), -1);
}

QByteArray RestoreRequest::prettyJson() const
{
    return written(bodyFields(*this), 0);
}

} // namespace tidemark
