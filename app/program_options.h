#pragma once

#include <QString>
#include <QStringList>

namespace tidemark {

/// The program's command line.
struct ProgramOptions
{
    bool demo = false;
    QString connection;  ///< name of the connection to open
    QString plan;        ///< file of a plan to open; empty: none
    QString configDir;   ///< where connections and settings are; empty: the desktop's place
    QString dataDir;     ///< where state, audit logs and the queue are; empty: the desktop's place
    QString walkthrough; ///< folder for pictures; empty: no walkthrough
};

/// Reads the command line. Prints and ends the program for --help, --version and mistakes; needs a QCoreApplication.
ProgramOptions parseOptions(const QStringList &arguments);

/// Whether the command line only asks for something to be printed, which needs no display.
bool asksForTextOnly(const QStringList &arguments);

} // namespace tidemark
