#pragma once

#include "plans/restore_plan.h"
#include "support/rule_rows.h"

/// Plans to be changed, and the connection that they are of.
namespace tidemark::test {

inline Connection planConnection()
{
    Connection connection;
    connection.userName = QStringLiteral("pubkey");
    connection.baseUrl = QUrl(QStringLiteral("https://cloud.mongodb.com"));
    return connection;
}

inline RestorePlan goodPlan(RestoreMode mode, bool sharded = false,
                            const QString &note = QStringLiteral("Ticket 4711\nas agreed"))
{
    const RestoreDraft draft = goodDraft(mode, sharded);
    const auto plan = planOf(draft, goodFacts(draft), planConnection(), now(), note);
    return plan ? *plan : RestorePlan();
}

} // namespace tidemark::test
