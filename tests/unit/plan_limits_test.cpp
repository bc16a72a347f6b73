#include "plan_samples.h"

#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

/// What is written can be read again, or it is not written.
class TestPlanLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCannotBeReadAgainIsNotWritten_data();
    void whatCannotBeReadAgainIsNotWritten();
    void whatAServerSaysIsOneLine();
};

void TestPlanLimits::whatCannotBeReadAgainIsNotWritten_data()
{
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("words");
    const Edit none = [](RestoreDraft &, RestoreFacts &) {};
    const auto note = [none](const char *name, const QString &text, const char *words = "") {
        QTest::newRow(name) << none << text << QString::fromUtf8(words);
    };
    note("a note with tabs", QStringLiteral("who\twhen\nAda\t14:30"));
    note("a note that just fits", QString(4096, QLatin1Char('x')));
    note("a note that does not fit", QString(4097, QLatin1Char('x')), "The note has 4097 characters, and a plan holds");
    note("a note that reads backwards", QStringLiteral("a\u202eb"), "The note has characters that are not seen");
    note("a note with a bell", QStringLiteral("a\ab"), "The note has characters that are not seen");
    note("half a letter", QString(QChar(0xd800)));
    const auto edit = [](const char *name, const Edit &change, const char *words = "") {
        QTest::newRow(name) << change << QString() << QString::fromUtf8(words);
    };
    edit(
        "a cluster that reads backwards",
        [](RestoreDraft &draft, RestoreFacts &) { draft.targetCluster->name = QStringLiteral("orders\u202egnigats"); },
        "The name “ordersgnigats” has characters that are not seen");
    edit(
        "a project that reads backwards",
        [](RestoreDraft &draft, RestoreFacts &) { draft.project.name = QStringLiteral("Sh\u2066op"); },
        "The name “Shop” has characters that are not seen");
    const auto versions = [](int count) {
        return [count](RestoreDraft &draft, RestoreFacts &) {
            draft.targetCluster->versions.clear();
            for (int i = 0; i < count; ++i)
                draft.targetCluster->versions.append(QStringLiteral("6.0.%1").arg(i));
        };
    };
    edit("versions as many as fit", versions(200));
    edit("versions more than fit", versions(201), "could not be read again. This plan cannot be read: “versions”");
}

void TestPlanLimits::whatCannotBeReadAgainIsNotWritten()
{
    QFETCH(Edit, edit);
    QFETCH(QString, note);
    QFETCH(QString, words);
    RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    RestoreFacts facts = goodFacts(draft);
    edit(draft, facts);
    const auto plan = planOf(draft, facts, planConnection(), now(), note);
    QCOMPARE(plan.has_value(), words.isEmpty());
    if (!plan) {
        QVERIFY2(plan.error().sentence.startsWith(QStringLiteral("This restore cannot be written as a plan. ")) &&
                     plan.error().sentence.contains(words),
                 qPrintable(plan.error().sentence));
        return;
    }
    QCOMPARE(plan->note, note);
    const auto read = readPlanFile(planFileBytes({*plan, {}}));
    QVERIFY2(read, read ? "" : qPrintable(read.error().sentence));
    QCOMPARE(read->plan, *plan);
}

/// It stands among the warnings, and must not keep a plan from being written.
void TestPlanLimits::whatAServerSaysIsOneLine()
{
    const RestoreDraft draft = goodDraft(RestoreMode::PointInTime);
    RestoreFacts facts = goodFacts(draft);
    facts.target = TargetFacts();
    facts.target->target = draft.targetCluster->id;
    Error error;
    error.sentence = QStringLiteral("One.\n\tTwo\u202e.") + QString(5000, QLatin1Char('x'));
    facts.target->config = failure(error);
    const auto plan = planOf(draft, facts, planConnection(), now(), {});
    QVERIFY2(plan, plan ? "" : qPrintable(plan.error().sentence));
    QVERIFY2(!plan->warnings.filter(QStringLiteral("One. Two.xxx")).isEmpty(),
             qPrintable(plan->warnings.join(QLatin1Char('|'))));
}

QTEST_GUILESS_MAIN(TestPlanLimits)
#include "plan_limits_test.moc"
