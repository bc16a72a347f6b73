#include "plans/plan_approval.h"

#include <QtTest>

using namespace tidemark;

namespace {

CheckedSignature good(const char *signer, const char *key)
{
    return {PlanSignature::Kind::Ssh, true, QString::fromUtf8(signer), QLatin1String(key), {}};
}

CheckedSignature bad(const char *why)
{
    return {PlanSignature::Kind::Ssh, false, {}, {}, QLatin1String(why)};
}

} // namespace

/// Who stands behind a plan.
class TestPlanApproval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void approval_data();
    void approval();
};

void TestPlanApproval::approval_data()
{
    QTest::addColumn<std::vector<CheckedSignature>>("signatures");
    QTest::addColumn<bool>("given");
    QTest::addColumn<QString>("words");
    using All = std::vector<CheckedSignature>;
    QTest::newRow("nobody") << All{} << false << QStringLiteral("Nobody has signed this plan.");
    QTest::newRow("one") << All{good("a", "1")} << false << QStringLiteral("Signed by a alone");
    QTest::newRow("two") << All{good("a", "1"), good("b", "2")} << true << QStringLiteral("Signed by a and b.");
    QTest::newRow("one, twice") << All{good("a", "1"), good("a", "1")} << false << QStringLiteral("by a alone");
    QTest::newRow("one, with two keys") << All{good("a", "1"), good("a", "2")} << false << QStringLiteral("a alone");
    QTest::newRow("one key under two names")
        << All{good("a", "1"), good("b", "1")} << false << QStringLiteral("a alone");
    QTest::newRow("the third is another") << All{good("a", "1"), good("a", "2"), good("b", "1"), good("c", "3")} << true
                                          << QStringLiteral("Signed by a and c.");
    QTest::newRow("one, in capitals") << All{good("Ada@x", "1"), good("ada@X ", "2")} << false
                                      << QStringLiteral("by Ada@x alone");
    QTest::newRow("one, in other letters")
        << All{good("Zo\u00eb", "1"), good("Zoe\u0308", "2")} << false << QString::fromUtf8("by Zo\u00eb alone");
    QTest::newRow("a second that is bad") << All{good("a", "1"), bad("Expired.")} << false
                                          << QStringLiteral("sign. Signatures that do not count: Expired.");
    QTest::newRow("none is good") << All{bad("Expired.")} << false
                                  << QStringLiteral("No signature of this plan counts. Signatures that do not");
    QTest::newRow("good, and nobody's") << All{good("a", "1"), good("", "2")} << false << QStringLiteral("a alone");
}

void TestPlanApproval::approval()
{
    QFETCH(std::vector<CheckedSignature>, signatures);
    QFETCH(QString, words);
    const Approval found = approvalOf(signatures);
    QTEST(found.isGiven, "given");
    QVERIFY2(found.sentence.contains(words), qPrintable(found.sentence));
    QCOMPARE(found.people.size(), found.isGiven ? 2 : 0);
    for (const QString &person : found.people)
        QVERIFY2(found.sentence.contains(person), qPrintable(person));
}

QTEST_GUILESS_MAIN(TestPlanApproval)
#include "plan_approval_test.moc"
