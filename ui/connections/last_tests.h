#pragma once

#include "base/ids.h"
#include "checkup/connection_report.h"

#include <QDateTime>

#include <optional>

class QSettings;

namespace tidemark {

/// What came of the last test of each connection, and when, over restarts. Nothing of what was found is kept.
class LastTests
{
public:
    enum class Outcome { Passed, Warned, Failed };
    struct Test
    {
        Outcome outcome = Outcome::Failed;
        QDateTime at; ///< UTC
        bool operator==(const Test &) const = default;
    };

    explicit LastTests(QSettings &settings)
        : m_settings(settings)
    {
    }

    /// nullopt: never tested, or what is kept was written by nobody who knows how.
    std::optional<Test> of(const ConnectionId &id) const;
    void keep(const ConnectionId &id, const Test &test);
    void forget(const ConnectionId &id);

private:
    QSettings &m_settings;
};

/// What a test that ran to its end came to; nullopt for one that was stopped.
std::optional<LastTests::Outcome> outcomeOf(const ConnectionReport &report);

} // namespace tidemark
