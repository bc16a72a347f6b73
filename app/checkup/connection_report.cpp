#include "checkup/connection_report.h"

#include <QCoreApplication>

#include <algorithm>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::ConnectionReport", text);
}

bool counts(const StepReport &step)
{
    return step.state == StepReport::State::Passed || step.state == StepReport::State::NotUsed;
}

} // namespace

QString stepName(ConnectionStep step)
{
    switch (step) {
    case ConnectionStep::Reach:
        return tr("Reach the server");
    case ConnectionStep::Tls:
        return tr("TLS");
    case ConnectionStep::Credentials:
        return tr("Credentials");
    case ConnectionStep::Projects:
        return tr("Project list");
    case ConnectionStep::BackupRights:
        return tr("Backup rights");
    }
    return {};
}

QString stateWord(StepReport::State state)
{
    switch (state) {
    case StepReport::State::Pending:
        return tr("Not yet");
    case StepReport::State::Running:
        return tr("Running");
    case StepReport::State::Passed:
        return tr("Passed");
    case StepReport::State::NotUsed:
        return tr("Not used");
    case StepReport::State::Untried:
        return tr("Not tried");
    case StepReport::State::Failed:
        return tr("Failed");
    case StepReport::State::Cancelled:
        return tr("Cancelled");
    }
    return {};
}

QString reportSummary(const ConnectionReport &report)
{
    const auto all = static_cast<int>(ConnectionStepCount);
    for (std::size_t i = 0; i < report.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        switch (report[i].state) {
        case StepReport::State::Failed:
            return tr("Stopped at step %1 of %2: %3").arg(number).arg(all).arg(report[i].sentence);
        case StepReport::State::Cancelled:
            return tr("Cancelled at step %1 of %2").arg(number).arg(all);
        case StepReport::State::Running:
            return tr("Step %1 of %2: %3…").arg(number).arg(all).arg(stepName(static_cast<ConnectionStep>(i)));
        default:
            break;
        }
    }
    if (report.back().state == StepReport::State::Pending)
        return {};
    const auto passed = static_cast<int>(std::count_if(report.begin(), report.end(), &counts));
    const QString text = tr("%1 of %2 steps passed").arg(passed).arg(all);
    return passed == all ? text : tr("%1, %2 could not be tried").arg(text).arg(all - passed);
}

bool allPassed(const ConnectionReport &report)
{
    return std::all_of(report.begin(), report.end(), &counts);
}

StepReport failedStep(const Error &error, const QStringList &facts)
{
    return {StepReport::State::Failed, error.sentence, error.hint, {}, facts};
}

StepReport passedStep(const QString &sentence, const QString &warning)
{
    return {StepReport::State::Passed, sentence, {}, warning, {}};
}

} // namespace tidemark
