#include "plan_samples.h"
#include "plans/kept_plans.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

QByteArray fileOf(const QString &note)
{
    return planFileBytes({goodPlan(RestoreMode::PointInTime, false, note), {}});
}

} // namespace

/// The plans of what was sent: named for what they are, and few enough for a disk.
class TestKeptPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void isNamedForItsBytes();
    void isItsOwnersAlone();
    void whatWasChangedIsRefused_data();
    void whatWasChangedIsRefused();
    void theOldestGo();
    void whatCannotBeWrittenIsNot();
    void onlyAHashIsAPlace_data();
    void onlyAHashIsAPlace();

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("plans")); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestKeptPlans::isNamedForItsBytes()
{
    const QByteArray bytes = fileOf(QStringLiteral("Ticket 4711"));
    QVERIFY(!bytes.isEmpty());
    const KeptPlans plans(folder());
    QVERIFY(plans.keep(bytes));
    QVERIFY(plans.keep(bytes)); // sent twice
    QCOMPARE(QDir(folder()).entryList(QDir::Files).size(), 1);
    const QString path = plans.pathOf(planHash(bytes));
    const auto read = readKeptPlan(path);
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QCOMPARE(planFileBytes(*read), bytes);
    QCOMPARE(read->plan.note, QStringLiteral("Ticket 4711"));
}

void TestKeptPlans::isItsOwnersAlone()
{
    const QByteArray bytes = fileOf({});
    const KeptPlans plans(folder());
    QVERIFY(plans.keep(bytes));
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                        QFileDevice::WriteOther | QFileDevice::ExeGroup | QFileDevice::ExeOther;
    QVERIFY(!(QFile::permissions(plans.pathOf(planHash(bytes))) & others));
    QVERIFY(!(QFile::permissions(folder()) & others));
}

void TestKeptPlans::whatWasChangedIsRefused_data()
{
    using Edit = std::function<void(const QString &)>;
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("words");
    const auto write = [](const QByteArray &bytes) {
        return Edit([bytes](const QString &path) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size());
        });
    };
    const QString changed = QStringLiteral("was changed after the restore was sent");
    QTest::newRow("one byte") << write(fileOf(QStringLiteral("b"))) << changed;
    QTest::newRow("emptied") << write({}) << changed;
    QTest::newRow("larger than a plan may be") << write(QByteArray(LargestPlanFile + 10, 'x')) << changed;
    QTest::newRow("gone") << Edit([](const QString &path) { QVERIFY(QFile::remove(path)); })
                          << QStringLiteral("is not kept here any more");
    QTest::newRow("a folder") << Edit([](const QString &path) { QVERIFY(QFile::remove(path) && QDir().mkdir(path)); })
                              << QStringLiteral("cannot be read:");
}

void TestKeptPlans::whatWasChangedIsRefused()
{
    QFETCH(std::function<void(const QString &)>, edit);
    QFETCH(QString, words);
    const QByteArray bytes = fileOf(QStringLiteral("a"));
    const KeptPlans plans(folder());
    QVERIFY(plans.keep(bytes));
    const QString path = plans.pathOf(planHash(bytes));
    edit(path);
    const auto read = readKeptPlan(path);
    QVERIFY(!read);
    QVERIFY2(read.error().sentence.contains(words), qPrintable(read.error().sentence));
}

void TestKeptPlans::theOldestGo()
{
    const KeptPlans plans(folder(), 2);
    QStringList paths;
    for (const char *note : {"1", "2", "3"}) {
        const QByteArray bytes = fileOf(QLatin1String(note));
        paths.append(plans.pathOf(planHash(bytes)));
        QVERIFY(plans.keep(bytes));
        // Files of one second are of one age.
        QFile file(paths.last());
        QVERIFY(!QFile::exists(paths.last()) || file.open(QIODevice::ReadWrite));
        if (file.isOpen())
            QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addSecs(-100 + 10 * paths.size()),
                                     QFileDevice::FileModificationTime));
    }
    QVERIFY(!QFile::exists(paths.at(0)));
    QVERIFY(QFile::exists(paths.at(1)) && QFile::exists(paths.at(2)));
}

void TestKeptPlans::whatCannotBeWrittenIsNot()
{
    QFile inTheWay(folder());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("could not be kept")));
    const KeptPlans plans(folder());
    const bool isKept = plans.keep(fileOf({}));
    QVERIFY(!isKept);
    QVERIFY(!KeptPlans(m_dir->filePath(QStringLiteral("other"))).keep(QByteArray(LargestPlanFile + 1, 'x')));
    QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("other"))));
}

/// It stands in a log that somebody may have written.
void TestKeptPlans::onlyAHashIsAPlace_data()
{
    QTest::addColumn<QString>("hash");
    QTest::addColumn<bool>("isPlace");
    QTest::newRow("a hash") << QString(64, u'a') << true;
    QTest::newRow("none") << QString() << false;
    QTest::newRow("a way out") << QStringLiteral("../../etc/passwd") << false;
    QTest::newRow("too long") << QString(65, u'a') << false;
    QTest::newRow("in capitals") << QString(64, u'A') << false;
    QTest::newRow("with a line behind it") << QString(64, u'a') + u'\n' << false;
}

void TestKeptPlans::onlyAHashIsAPlace()
{
    QFETCH(QString, hash);
    QTEST(!KeptPlans(folder()).pathOf(hash).isEmpty(), "isPlace");
}

QTEST_GUILESS_MAIN(TestKeptPlans)
#include "kept_plans_test.moc"
