#pragma once

#include "base/error.h"

#include <array>
#include <cstddef>

namespace tidemark {

/// The steps of a connection's test, in this order. A name that cannot be found and a port that cannot be reached are
/// one step to a person, and a proxy may do both in one.
enum class ConnectionStep { Reach, Tls, Credentials, Projects, BackupRights };

constexpr std::size_t ConnectionStepCount = 5;

/// What one step found.
struct StepReport
{
    enum class State {
        Pending,
        Running,
        Passed,
        NotUsed, ///< the connection needs no such step: counts as passed
        Untried, ///< there was nothing to try it with: counts neither way
        Failed,
        Cancelled
    };

    State state = State::Pending;
    QString sentence{};  ///< what was found
    QString hint{};      ///< what a DBA does about it; empty where there is nothing to do
    QString warning{};   ///< passed, and still worth a look
    QStringList facts{}; ///< a line each: the certificate, the proxy

    bool operator==(const StepReport &) const = default;
};

using ConnectionReport = std::array<StepReport, ConnectionStepCount>;

QString stepName(ConnectionStep step);
/// "Passed", "Failed", …: the state in a word, for people who do not see the icon.
QString stateWord(StepReport::State state);

/// "5 of 5 steps passed", "Stopped at step 3 of 5: …", or where it is. Empty before the start.
QString reportSummary(const ConnectionReport &report);

/// All steps passed, or were not needed.
bool allPassed(const ConnectionReport &report);

/// Sentence and hints of a failure as a step shows them.
StepReport failedStep(const Error &error, const QStringList &facts = {});
StepReport passedStep(const QString &sentence, const QString &warning = {});

} // namespace tidemark
