#include "cloud/snapshot_change.h"

#include "base/text.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace tidemark {

namespace {

struct Field
{
    QJsonObject operator()(const KeepSnapshot &change) const { return {{QLatin1String("doNotDelete"), change.keep}}; }
    QJsonObject operator()(const ExpireSnapshot &change) const
    {
        return {{QLatin1String("expires"), isoText(change.at)}};
    }
};

} // namespace

QByteArray snapshotChangeBody(const SnapshotChange &change)
{
    return QJsonDocument(std::visit(Field(), change)).toJson(QJsonDocument::Compact);
}

} // namespace tidemark
