#pragma once

#include "base/clock.h"
#include "cloud/cloud_client.h"
#include "support/waiting.h"

#include <optional>

namespace tidemark::test {

/// What came of each case with a real server, for one readable table at the end of the run.
class PeerMatrix
{
public:
    void add(const QString &peer, const QString &what, const QString &result);
    /// One line a case: peer, case, result.
    QString text() const;

private:
    struct Row
    {
        QString peer;
        QString what;
        QString result;
    };
    std::vector<Row> m_rows;
};

/// How a case has to end.
struct Expected
{
    std::optional<ErrorKind> kind; ///< nullopt: the projects are read
    QString words;                 ///< somewhere in the error's sentence

    static Expected projects() { return {}; }
};

using Projects = Result<std::vector<Project>>;

/// The result in words, as it stands in the matrix.
QString outcomeText(const Projects &outcome);

/// Why the outcome is not the expected one; empty when it is.
QString objectionTo(const Projects &outcome, const Expected &expected);

/// A connection to a real server with short limits; plain HTTP is allowed since some go through a proxy.
Connection connectionTo(const QString &baseUrl, const QString &user);

/// Signs in with a client of its own, once and without patience, and reads the projects.
Projects readProjects(const Connection &connection, const Credentials &credentials);

} // namespace tidemark::test
