#include "program_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace tidemark {

ProgramOptions parseOptions(const QStringList &arguments)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Options", text); };
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Leads through restores of MongoDB deployments backed up by Cloud Manager or Ops Manager, follows them, and "
           "fetches snapshot archives verified.\n\n"
           "The variables MCLI_PUBLIC_API_KEY, MCLI_PRIVATE_API_KEY, MCLI_OPS_MANAGER_URL and MCLI_PROJECT_ID make a "
           "connection named Environment."));
    const QCommandLineOption demo(
        QStringLiteral("demo"),
        tr("Work on a stand-in Cloud Manager that is started for it; nothing of your own is touched."));
    const QCommandLineOption connection(QStringLiteral("connection"), tr("Open the connection NAME."),
                                        QStringLiteral("NAME"));
    const QCommandLineOption plan(QStringLiteral("plan"), tr("Open the plan in FILE. Nothing is ordered by it."),
                                  QStringLiteral("FILE"));
    const QCommandLineOption configDir(QStringLiteral("config-dir"), tr("Keep connections and settings in DIR."),
                                       QStringLiteral("DIR"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"), tr("Keep the queue, audit logs and state in DIR."),
                                     QStringLiteral("DIR"));
    const QCommandLineOption walkthrough(
        QStringLiteral("walkthrough"),
        tr("Drive the windows through whole restores on the stand-in, with a line and a picture in DIR for each step. "
           "Exit status 0 only if all of it worked. Implies --demo."),
        QStringLiteral("DIR"));
    parser.addOptions({demo, connection, plan, configDir, dataDir, walkthrough});
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(arguments);

    ProgramOptions options;
    options.walkthrough = parser.value(walkthrough);
    options.demo = parser.isSet(demo) || !options.walkthrough.isEmpty();
    options.connection = parser.value(connection);
    options.plan = parser.value(plan);
    options.configDir = parser.value(configDir);
    options.dataDir = parser.value(dataDir);
    return options;
}

bool asksForTextOnly(const QStringList &arguments)
{
    const QStringList words{QStringLiteral("-h"), QStringLiteral("--help"), QStringLiteral("--help-all"),
                            QStringLiteral("-v"), QStringLiteral("--version")};
    return std::any_of(arguments.cbegin(), arguments.cend(),
                       [&words](const QString &argument) { return words.contains(argument); });
}

} // namespace tidemark
