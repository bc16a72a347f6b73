#pragma once

#include "base/clock.h"

#include <QJsonObject>
#include <QString>

namespace tidemark {

/// What was ordered, when, with which body and what came of it: one JSON object a line, appended and synced before the
/// next step, mode 0600. No secret and no download link is ever in it.
class AuditLog
{
public:
    AuditLog(QString path, const Clock &clock);

    /// Appends `{"time": …, "event": event, …details}`. False when it could not be written; a restore is not
    /// submitted then.
    bool append(const QString &event, const QJsonObject &details);
    QString path() const { return m_path; }

private:
    QString m_path;
    const Clock &m_clock;
};

} // namespace tidemark
