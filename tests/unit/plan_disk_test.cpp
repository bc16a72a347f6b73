#include "plans/plan_disk.h"
#include "support/rule_rows.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

RestorePlan goodPlan(const QString &note = {})
{
    Connection connection;
    connection.userName = QStringLiteral("pubkey");
    const RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    return *planOf(draft, goodFacts(draft), connection, now(), note);
}

PlanSignature signature(const char *armour)
{
    return {PlanSignature::Kind::Ssh, {}, armour};
}

} // namespace

/// Plans as files: whole or not at all, and nothing but files is read.
class TestPlanDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBack();
    void whatCannotBeWrittenLeavesTheOld();
    void onlyFilesAreRead();
    void aSignatureIsAddedToWhatIsThere();
    void noSignatureMoreThanAPlanHas();
    void names();

private:
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }

    QTemporaryDir m_dir;
};

void TestPlanDisk::comesBack()
{
    const PlanFile file{goodPlan(), {signature("-----BEGIN\nx\n")}};
    QVERIFY(writePlanTo(path("a"), file));
    const auto read = readPlanFrom(path("a"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QCOMPARE(*read, file);
    QFile written(path("a"));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), planFileBytes(file));
}

void TestPlanDisk::whatCannotBeWrittenLeavesTheOld()
{
    QVERIFY(QDir().mkdir(path("folder")));
    const QString file = path("folder/a");
    QVERIFY(writePlanTo(file, {goodPlan(), {}}));
    QVERIFY(QFile::setPermissions(path("folder"), QFile::ReadOwner | QFile::ExeOwner));
    const auto failed = geteuid() == 0 ? writePlanTo(path("folder/a/b"), {goodPlan(QStringLiteral("b")), {}})
                                       : writePlanTo(file, {goodPlan(QStringLiteral("b")), {}});
    QVERIFY(QFile::setPermissions(path("folder"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!failed);
    QVERIFY2(failed.error().sentence.startsWith(QStringLiteral("The plan could not be written to ")),
             qPrintable(failed.error().sentence));
    QVERIFY(!failed.error().hint.isEmpty());
    QCOMPARE(readPlanFrom(file)->plan, goodPlan());
    QCOMPARE(QDir(path("folder")).entryList(QDir::Files).size(), 1);
}

void TestPlanDisk::onlyFilesAreRead()
{
    QCOMPARE(::mkfifo(path("pipe").toLocal8Bit().constData(), 0600), 0);
    QVERIFY(QDir().mkdir(path("dir")));
    for (const QString &one : {path("pipe"), path("dir"), QStringLiteral("/dev/zero")}) {
        const auto read = readPlanFrom(one); // and does not wait for whoever writes into it
        QVERIFY(!read);
        QVERIFY2(read.error().sentence.contains(QStringLiteral("is no file that a plan could be in")),
                 qPrintable(read.error().sentence));
    }
    const auto missing = readPlanFrom(path("missing"));
    QVERIFY(!missing && missing.error().sentence.contains(QStringLiteral("cannot be read")));
}

/// Somebody else may have signed it while the key was asked for its passphrase.
void TestPlanDisk::aSignatureIsAddedToWhatIsThere()
{
    const RestorePlan plan = goodPlan();
    QVERIFY(writePlanTo(path("b"), {plan, {}}));
    QVERIFY(addSignature(path("b"), plan, signature("1")));
    const auto both = addSignature(path("b"), plan, signature("2"));
    QVERIFY(both && both->signatures.size() == 2);
    QCOMPARE(*readPlanFrom(path("b")), *both);
    QVERIFY(writePlanTo(path("b"), {goodPlan(QStringLiteral("another")), {}}));
    const auto refused = addSignature(path("b"), plan, signature("3"));
    QVERIFY(!refused);
    QVERIFY2(refused.error().sentence.contains(QStringLiteral("has become another plan")),
             qPrintable(refused.error().sentence));
    QVERIFY(readPlanFrom(path("b"))->signatures.empty());
}

void TestPlanDisk::noSignatureMoreThanAPlanHas()
{
    const RestorePlan plan = goodPlan();
    QVERIFY(writePlanTo(path("c"), {plan, std::vector<PlanSignature>(16, signature("x"))}));
    QVERIFY(!addSignature(path("c"), plan, signature("y")));
    QVERIFY2(readPlanFrom(path("c")) && readPlanFrom(path("c"))->signatures.size() == 16, "it can still be read");
}

void TestPlanDisk::names()
{
    RestorePlan plan = goodPlan();
    QCOMPARE(planFileName(plan), QStringLiteral("restore-orders-staging-20261124T143000Z.tidemark-plan"));
    plan.target->name = QStringLiteral("../a b/c");
    QCOMPARE(planFileName(plan), QStringLiteral("restore-.._a_b_c-20261124T143000Z.tidemark-plan"));
    plan.target.reset();
    plan.source.name = QString(300, QLatin1Char('x'));
    QVERIFY(planFileName(plan).size() < 200);
}

QTEST_GUILESS_MAIN(TestPlanDisk)
#include "plan_disk_test.moc"
