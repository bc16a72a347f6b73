#include "ui/connections/last_tests.h"

#include "base/text.h"

#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace tidemark {

namespace {

const QStringList Words{QStringLiteral("passed"), QStringLiteral("warned"), QStringLiteral("failed")};

QString keyOf(const ConnectionId &id)
{
    return QStringLiteral("connections/tests/") + id.value;
}

} // namespace

std::optional<LastTests::Test> LastTests::of(const ConnectionId &id) const
{
    const QString text = m_settings.value(keyOf(id)).toString();
    const qsizetype colon = text.indexOf(QLatin1Char(':'));
    const qsizetype word = Words.indexOf(text.left(std::max<qsizetype>(0, colon)));
    const QDateTime at = QDateTime::fromString(text.mid(colon + 1), Qt::ISODate);
    if (colon < 0 || word < 0 || !at.isValid())
        return std::nullopt;
    return Test{Outcome(word), at.toUTC()};
}

void LastTests::keep(const ConnectionId &id, const Test &test)
{
    m_settings.setValue(keyOf(id), Words.at(int(test.outcome)) + QLatin1Char(':') + isoText(test.at));
}

void LastTests::forget(const ConnectionId &id)
{
    m_settings.remove(keyOf(id));
}

std::optional<LastTests::Outcome> outcomeOf(const ConnectionReport &report)
{
    const auto any = [&report](auto is) { return std::ranges::any_of(report, is); };
    using State = StepReport::State;
    if (any([](const StepReport &step) { return step.state == State::Failed; }))
        return LastTests::Outcome::Failed;
    if (any([](const StepReport &step) {
            return step.state == State::Cancelled || step.state == State::Pending || step.state == State::Running;
        }))
        return std::nullopt;
    const bool isClean = allPassed(report) && !any([](const StepReport &step) { return !step.warning.isEmpty(); });
    return isClean ? LastTests::Outcome::Passed : LastTests::Outcome::Warned;
}

} // namespace tidemark
