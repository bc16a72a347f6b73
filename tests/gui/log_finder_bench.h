#pragma once

#include "support/archive_builder.h"
#include "ui/wizard/log_finder.h"
#include "wizard_bench.h"

#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QUrl>

#include <algorithm>

/// **Find in the logs…** over the wizard on the stand-in.
namespace tidemark::test {

/// 2026-11-27 14:03:07.214 UTC, whatever day it is: a line says its own.
inline const QByteArray dropLine = "{\"t\":{\"$date\":\"2026-11-27T14:03:07.214+00:00\"},\"s\":\"I\",\"c\":\"COMMAND\","
                                   "\"id\":518070,\"ctx\":\"conn5\",\"msg\":\"CMD: drop\","
                                   "\"attr\":{\"namespace\":\"shop.<b>orders</b>\"}}\n";

/// Nothing that was lost, and so much of it that its search takes a while.
inline QByteArray longLog(int blocks)
{
    const QByteArray line = QByteArray(dropLine).replace("CMD: drop", "Slow query");
    return gzip(line.repeated(20'000)).repeated(blocks);
}

inline LogFinderDialog *finder(WizardBench &bench)
{
    auto *dialog = bench.wizard().findChild<LogFinderDialog *>();
    return dialog && dialog->isVisible() ? dialog : nullptr;
}

template<typename Widget>
Widget *part(WizardBench &bench, const char *name)
{
    return finder(bench)->findChild<Widget *>(QString::fromLatin1(name));
}

inline bool isSearching(WizardBench &bench)
{
    return part<QPushButton>(bench, "stopSearch")->isVisible();
}

inline bool waitForEnd(WizardBench &bench)
{
    return QTest::qWaitFor([&] { return !isSearching(bench); }, 60000);
}

inline bool shows(WizardBench &bench, const QString &text)
{
    const QList<QLabel *> labels = finder(bench)->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

inline bool waitForRows(WizardBench &bench, int rows)
{
    return QTest::qWaitFor(
        [&] {
            auto *table = part<QTableView>(bench, "losses");
            return table->isVisible() && table->model()->rowCount() == rows;
        },
        60000);
}

inline void dropOn(QWidget *widget, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &drop);
    QVERIFY(drop.isAccepted());
}

/// The Restore point page.
inline bool openPage(WizardBench &bench, const char *mode = "Restore to a point in time")
{
    return bench.toPoint(QStringLiteral("Shop"), QStringLiteral("ledger"), QString::fromLatin1(mode));
}

/// Its window, empty.
inline bool openFinder(WizardBench &bench)
{
    return bench.press(QStringLiteral("Find in the logs…")) &&
           QTest::qWaitFor([&] { return finder(bench) != nullptr; });
}

/// Where TIDEMARK_PICTURES says so.
inline void picture(WizardBench &bench, const char *name)
{
    QTest::qWait(100);
    const QString folder = qEnvironmentVariable("TIDEMARK_PICTURES");
    if (!folder.isEmpty())
        QVERIFY(finder(bench)->grab().save(
            QStringLiteral("%1/logs-%2-%3.png")
                .arg(folder, QLatin1String(name),
                     QString::fromLatin1(QTest::currentDataTag()).replace(QLatin1Char(' '), QLatin1Char('-')))));
}

/// Writes it below the folder and says where.
inline QString writeIn(const QTemporaryDir &folder, const char *name, const QByteArray &bytes)
{
    const QString path = folder.filePath(QString::fromLatin1(name));
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
}

} // namespace tidemark::test
