#include "archive/unpack_task.h"
#include "support/archive_builder.h"
#include "ui/downloads/next_steps_dialog.h"
#include "ui/downloads/unpack_bar.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

class UnpackTaskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsAtOnceWhereADiskHangs();
    void theBarGoesOnWithTheNextAfterAStop();
    void saysWhatAnInterruptedUnpackingLeft();
    void nextStepsOfAShard();
    void nextStepsStopReadingWithTheDialog();

private:
    /// A file that cannot be opened until somebody writes to it, as on a disk that hangs.
    QString hangingFile() const
    {
        const QString path = m_dir.filePath(QStringLiteral("hanging.tar.gz"));
        ::mkfifo(QFile::encodeName(path).constData(), 0600);
        return path;
    }
    static void letGo(const QString &path) { ::close(::open(QFile::encodeName(path).constData(), O_RDWR)); }
    QString archive(const QString &name) const
    {
        QFile file(m_dir.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(makeArchive(100000)) > 0 ? file.fileName() : QString();
    }
    QTemporaryDir m_dir;
};

void UnpackTaskTest::stopsAtOnceWhereADiskHangs()
{
    const QString path = hangingFile();
    const auto atTheEnd = qScopeGuard([&path] { letGo(path); });
    const QTemporaryDir target;
    UnpackTask task(path, target.path());
    QSignalSpy finished(&task, &UnpackTask::finished);
    task.start();
    QTRY_VERIFY(!QDir(target.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)); // it is at work
    task.stop();
    QCOMPARE(finished.count(), 1); // without any waiting
    const auto result = finished.first().first().value<Result<Unpacked>>();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
}

void UnpackTaskTest::theBarGoesOnWithTheNextAfterAStop()
{
    const QString hanging = hangingFile();
    const auto atTheEnd = qScopeGuard([&hanging] { letGo(hanging); });
    const QTemporaryDir target;
    UnpackBar bar;
    const auto *text = bar.findChild<QLabel *>(QStringLiteral("unpackText"));
    auto *button = bar.findChild<QPushButton *>(QStringLiteral("unpackButton"));
    bar.add({hanging}, target.path());
    QTRY_VERIFY(text->text().contains(QLatin1String("hanging.tar.gz")));
    button->click();
    QVERIFY2(text->text().contains(QLatin1String("stopped")), qPrintable(text->text()));
    bar.add({archive(QStringLiteral("a.tar.gz"))}, target.path());
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QLatin1String("Unpacked a.tar.gz")), 20000);
}

void UnpackTaskTest::saysWhatAnInterruptedUnpackingLeft()
{
    const QTemporaryDir target;
    const QDir folder(target.path());
    QVERIFY(folder.mkpath(QStringLiteral(".tidemark-unpacking-1/files/rs0")));
    QFile lock(folder.filePath(QStringLiteral(".tidemark-unpacking-1/lock")));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    lock.close();
    UnpackBar bar;
    bar.add({archive(QStringLiteral("a.tar.gz"))}, target.path());
    const auto *text = bar.findChild<QLabel *>(QStringLiteral("unpackText"));
    QTRY_VERIFY_WITH_TIMEOUT(text->text().contains(QLatin1String("interrupted")), 20000);
    QVERIFY(!folder.exists(QStringLiteral(".tidemark-unpacking-1")));
}

void UnpackTaskTest::nextStepsOfAShard()
{
    const ArchiveOrder order{QStringLiteral("shop_0-1609947369-5ff5.tar.gz"), QStringLiteral("5ff5"), true, 3, {}};
    NextStepsDialog dialog(archive(QStringLiteral("a.tar.gz")), order);
    const auto *steps = dialog.findChild<QTextBrowser *>(QStringLiteral("nextSteps"));
    QTRY_VERIFY_WITH_TIMEOUT(!steps->toPlainText().isEmpty(), 20000);
    QVERIFY(!steps->toPlainText().contains(QLatin1String("--replSet")));
    QString heading;
    for (const QLabel *label : dialog.findChildren<QLabel *>())
        heading += label->text();
    QVERIFY2(heading.contains(QLatin1String("one of 3 archives of a sharded cluster")), qPrintable(heading));
}

void UnpackTaskTest::nextStepsStopReadingWithTheDialog()
{
    const QString hanging = hangingFile();
    const auto atTheEnd = qScopeGuard([&hanging] { letGo(hanging); });
    QElapsedTimer time;
    time.start();
    NextStepsDialog(hanging, {}).show(); // gone at once, whatever the disk does
    QVERIFY2(time.elapsed() < 10000, qPrintable(QString::number(time.elapsed())));
}

} // namespace

QTEST_MAIN(UnpackTaskTest)
#include "unpack_task_test.moc"
