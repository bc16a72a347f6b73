#include "base/ending_signals.h"
#include "base/large_blocks.h"
#include "base/no_core_dumps.h"
#include "base/thread_priority.h"
#include "cloud/desktop_proxies.h"
#include "cloud/farewells.h"
#include "program.h"
#include "ui/look/look_style.h"
#include "ui/widgets/scroll_accessible.h"

#include <QApplication>
#include <QIcon>
#include <QTimer>
#include <QTranslator>

#include <memory>

namespace {

/// A walkthrough needs no person and so no display.
void useOffscreenPlatformWhereThereIsNoDisplay(const QStringList &arguments)
{
    const bool hasDisplay = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
                            qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
    const bool walks = std::any_of(arguments.cbegin(), arguments.cend(), [](const QString &argument) {
        return argument.startsWith(QLatin1String("--walkthrough"));
    });
    if (walks && !hasDisplay)
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

/// Tokens are given back to the server before the program ends; a server that does not answer is not waited for.
void signOut()
{
    const auto &farewells = tidemark::Farewells::instance();
    if (farewells.isEmpty())
        return;
    QObject::connect(&farewells, &tidemark::Farewells::emptied, qApp, &QCoreApplication::quit);
    QTimer::singleShot(std::chrono::seconds(5), qApp, &QCoreApplication::quit);
    QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    tidemark::forbidCoreDumps();
    tidemark::returnLargeBlocks();
    tidemark::answerAtOnce();
    QCoreApplication::setApplicationName(QStringLiteral("tidemark"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TIDEMARK_VERSION));

    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    if (tidemark::asksForTextOnly(arguments)) {
        const QCoreApplication application(argc, argv);
        tidemark::parseOptions(arguments); // prints and ends
    }
    useOffscreenPlatformWhereThereIsNoDisplay(arguments);

    const QApplication application(argc, argv);
    tidemark::useLookStyle();
    tidemark::makeScrollAreasAccessible();
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Tidemark"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.tidemark.Tidemark"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/tidemark.svg")));
    QTranslator numbers; // "1 download", "2 downloads"
    if (numbers.load(QStringLiteral(":/translations/tidemark_en.qm")))
        QCoreApplication::installTranslator(&numbers);
    auto program = std::make_unique<tidemark::Program>(tidemark::parseOptions(application.arguments()));
    const tidemark::EndingSignals signals;
    QObject::connect(&signals, &tidemark::EndingSignals::asked, program.get(), &tidemark::Program::end);
    const int status = program->start() ? QApplication::exec() : 2;
    program.reset();
    signOut();
    return tidemark::leaveProgram(status);
}
