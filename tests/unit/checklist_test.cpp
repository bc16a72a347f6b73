#include "base/honest_text.h"
#include "jobs/submission_json.h"
#include "orders/pending_order.h"
#include "restore/checklists.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;

namespace {

const Checklist Two{{QStringLiteral("Clients are stopped"), false, true}, {QStringLiteral("Ticket"), true, true}};

QString text(const char *utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

/// What a house asks for before a cluster is erased, and what becomes of the answers.
class TestChecklist : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsRequiredOfWhoSaidNothing();
    void lists_data();
    void lists();
    void answers_data();
    void answers();
    void lines_data();
    void lines();
    void required_data();
    void required();
    void comesBackFromAnOrder();
    void isBounded();

    void eachProjectHasItsOwn();
    void theUsualListIsNotWritten();
    void whatAnotherProgramWrote();
    void aListThatIsNotUnderstoodStays();
    void aListThatIsNoneIsNotWritten();
    void aDamagedFileIsSaidAndKeepsTheLastList();
};

void TestChecklist::nothingIsRequiredOfWhoSaidNothing()
{
    const Checklist usual = usualChecklist();
    QCOMPARE(usual.size(), size_t(3));
    QVERIFY(stillRequired(usual, answered(usual, {}, {})).isEmpty());
    QCOMPARE(objectionTo(usual), QString());
}

void TestChecklist::lists_data()
{
    QTest::addColumn<Checklist>("list");
    QTest::addColumn<QString>("words");
    const auto many = [](size_t count) {
        Checklist list;
        for (size_t i = 0; i < count; ++i)
            list.push_back({QString::number(i), false, false});
        return list;
    };
    const auto row = [](const char *name, const Checklist &list, const char *words = "") {
        QTest::newRow(name) << list << text(words);
    };
    row("none", {});
    row("as many as there may be", many(MostChecklistItems));
    row("one more", many(MostChecklistItems + 1), "A list has 20 items at most.");
    row("without words", {{QStringLiteral(" "), false, false}}, "Each item needs words");
    row("as long as it may be", {{QString(LongestChecklistName, u'x'), false, false}});
    row("longer", {{QString(LongestChecklistName + 1, u'x'), false, false}}, "is longer than 120 characters");
    row("reads backwards", {{QStringLiteral("a\u202eb"), false, false}}, "“ab” has characters that are not seen");
    row("with a line break", {{QStringLiteral("a\nb"), false, false}}, "has characters that are not seen");
    row("twice", {{QStringLiteral("Ticket"), true, false}, {QStringLiteral("ticket "), false, false}},
        "“ticket” is in the list twice");
}

void TestChecklist::lists()
{
    QFETCH(Checklist, list);
    QFETCH(QString, words);
    const QString objection = objectionTo(list);
    QCOMPARE(objection.isEmpty(), words.isEmpty());
    QVERIFY2(objection.contains(words), qPrintable(objection));
    const auto read = checklistFromJson(checklistJson(list));
    QCOMPARE(read.has_value(), words.isEmpty());
    if (read)
        QCOMPARE(*read, list);
}

void TestChecklist::answers_data()
{
    using Ticked = std::vector<bool>;
    using Texts = std::vector<QString>;
    QTest::addColumn<Ticked>("ticked");
    QTest::addColumn<Texts>("texts");
    QTest::addColumn<QString>("clients");
    QTest::addColumn<QString>("ticket");
    const auto row = [](const char *name, const Ticked &ticked, const Texts &texts, const char *clients,
                        const char *ticket) {
        QTest::newRow(name) << ticked << texts << text(clients) << text(ticket);
    };
    const QString number = QStringLiteral("4711");
    row("nothing", {}, {}, "not ticked", "not ticked");
    row("ticked, and nothing said", {true, true}, {}, "ticked", "ticked");
    row("all of it", {true, true}, {{}, number}, "ticked", "ticked: 4711");
    row("a text without its tick is not said", {true, false}, {{}, number}, "ticked", "not ticked");
    row("a text where none belongs is not said", {true, true}, {number, number}, "ticked", "ticked: 4711");
    row("lines become one", {false, true}, {{}, QStringLiteral(" a\nb\tc ")}, "not ticked", "ticked: a b c");
    row("what is not seen is not said", {false, true}, {{}, QStringLiteral("4\u202e7\u0007")}, "not ticked",
        "ticked: 47");
    QTest::newRow("too long a text") << Ticked{false, true} << Texts{{}, QString(LongestChecklistText + 1, u'x')}
                                     << text("not ticked")
                                     << text("ticked: ") + QString(LongestChecklistText - 1, u'x') + QChar(0x2026);
}

void TestChecklist::answers()
{
    QFETCH(std::vector<bool>, ticked);
    QFETCH(std::vector<QString>, texts);
    const std::vector<ChecklistTick> ticks = answered(Two, ticked, texts);
    QCOMPARE(ticks.size(), size_t(2));
    QTEST(tickText(ticks[0]), "clients");
    QTEST(tickText(ticks[1]), "ticket");
    for (const ChecklistTick &tick : ticks)
        QVERIFY(tick.isTicked || tick.text.isEmpty());
    QCOMPARE(ticksFromJson(ticksJson(ticks)), ticks);
}

/// While it is typed, where a space at the end is the beginning of the next word.
void TestChecklist::lines_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("line");
    QTest::newRow("as it is") << text("Ada, on call") << text("Ada, on call");
    QTest::newRow("a space at its end") << text("Ada ") << text("Ada ");
    QTest::newRow("lines and tabs") << text("a\r\nb\tc\u2028d") << text("a  b c d");
    QTest::newRow("a change of direction") << text("a\u202eb\u2066c\u200f") << text("abc");
    QTest::newRow("control characters") << text("a\u001b[31mb\u0007") << text("a[31mb");
    QTest::newRow("too long") << QString(12, u'x') << QString(10, u'x');
}

void TestChecklist::lines()
{
    QFETCH(QString, typed);
    const QString line = asTypedLine(typed, typed.size() == 12 && typed.startsWith(u'x') ? 10 : 100);
    QTEST(line, "line");
    QVERIFY(isHonest(line, false));
}

void TestChecklist::required_data()
{
    using Ticked = std::vector<bool>;
    QTest::addColumn<Ticked>("ticked");
    QTest::addColumn<QString>("ticket");
    QTest::addColumn<QStringList>("missing");
    const QString clients = QStringLiteral("Clients are stopped");
    const QString ticket = QStringLiteral("Ticket");
    QTest::newRow("nothing") << Ticked{} << QString() << QStringList{clients, ticket};
    QTest::newRow("a tick without its text") << Ticked{true, true} << QString() << QStringList{ticket};
    QTest::newRow("a text of spaces") << Ticked{true, true} << QStringLiteral("  ") << QStringList{ticket};
    QTest::newRow("a text without its tick") << Ticked{true, false} << ticket << QStringList{ticket};
    QTest::newRow("all") << Ticked{true, true} << QStringLiteral("1") << QStringList{};
}

void TestChecklist::required()
{
    QFETCH(std::vector<bool>, ticked);
    QFETCH(QString, ticket);
    QTEST(stillRequired(Two, answered(Two, ticked, {{}, ticket})), "missing");
    Checklist relaxed = Two;
    for (ChecklistItem &item : relaxed)
        item.isRequired = false;
    QCOMPARE(stillRequired(relaxed, answered(relaxed, ticked, {{}, ticket})), QStringList());
}

/// Over a restart, whether it was settled or not.
void TestChecklist::comesBackFromAnOrder()
{
    const OrderRecord record{answered(Two, {true, true}, {{}, QStringLiteral("4711")}),
                             {QStringLiteral("The target has no running backup.")},
                             {QString(64, u'a'), QStringLiteral("a.tidemark-plan"), {text("Zoë"), text("Bob")}}};
    QCOMPARE(recordFromJson(recordJson(record)), record);
    QCOMPARE(recordFromJson(recordJson({})), OrderRecord());
    QVERIFY(recordJson({}).isEmpty());
    PendingOrder order;
    order.key = QStringLiteral("k");
    order.mode = RestoreMode::PointInTime;
    order.point = TimePoint{1};
    order.record = record;
    QCOMPARE(pendingOrderFromJson(toJson(order))->record, record);
    RememberedSubmission submission;
    submission.key = QStringLiteral("k");
    submission.mode = order.mode;
    submission.point = order.point;
    submission.record = record;
    QCOMPARE(submissionOf(submissionJson(submission))->record, record);
    QCOMPARE(merged({}, submission).record, record);
    QCOMPARE(merged(submission, {}).record, record);
    // Of a version before.
    QJsonObject old = submissionJson(submission);
    old.remove(QStringLiteral("record"));
    QCOMPARE(submissionOf(old)->record, OrderRecord());
}

/// Whatever stands in the file.
void TestChecklist::isBounded()
{
    QJsonArray many;
    for (size_t i = 0; i < MostChecklistItems + 5; ++i)
        many.append(QJsonObject{{QStringLiteral("name"), QString::number(i)},
                                {QStringLiteral("ticked"), true},
                                {QStringLiteral("text"), QString(5000, u'x')}});
    many.prepend(QJsonObject{{QStringLiteral("ticked"), true}});
    many.prepend(QStringLiteral("rubbish"));
    const std::vector<ChecklistTick> ticks = ticksFromJson(many);
    QCOMPARE(ticks.size(), MostChecklistItems);
    QCOMPARE(ticks.front().text.size(), LongestChecklistText);
    QVERIFY(!checklistFromJson(many));
    QVERIFY(!checklistFromJson(QStringLiteral("rubbish")));
}

void TestChecklist::eachProjectHasItsOwn()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("new/checklists.json"));
    const ProjectId one(QStringLiteral("p1"));
    const ProjectId other(QStringLiteral("p2"));
    Checklists lists(path);
    QVERIFY(!lists.read());
    QCOMPARE(lists.of(one), usualChecklist());
    QVERIFY(lists.put(one, Two));
    QVERIFY(lists.put(other, {})); // asks for nothing
    Checklists again(path);
    QVERIFY(!again.read());
    for (const Checklists *known : {&lists, &again}) {
        QCOMPARE(known->of(one), Two);
        QCOMPARE(known->of(other), Checklist());
        QCOMPARE(known->of(ProjectId(QStringLiteral("p3"))), usualChecklist());
    }
    QCOMPARE(QFile::permissions(path) & ~(QFileDevice::ReadUser | QFileDevice::WriteUser),
             QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void TestChecklist::theUsualListIsNotWritten()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("checklists.json"));
    const ProjectId project(QStringLiteral("p1"));
    Checklists lists(path);
    QVERIFY(lists.put(project, Two));
    QVERIFY(lists.put(project, usualChecklist()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(file.readAll())[QStringLiteral("projects")].toObject().isEmpty());
}

void TestChecklist::whatAnotherProgramWrote()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("checklists.json"));
    Checklists here(path);
    Checklists there(path);
    QVERIFY(there.put(ProjectId(QStringLiteral("p1")), Two));
    QVERIFY(here.put(ProjectId(QStringLiteral("p2")), {}));
    QCOMPARE(here.of(ProjectId(QStringLiteral("p1"))), Two); // was not written over
    QVERIFY(!there.read());
    QCOMPARE(there.of(ProjectId(QStringLiteral("p2"))), Checklist());
}

/// One of a newer program, or edited by hand: said, and left as it is.
void TestChecklist::aListThatIsNotUnderstoodStays()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("checklists.json"));
    const ProjectId strange(QStringLiteral("p1"));
    const ProjectId other(QStringLiteral("p2"));
    {
        Checklists lists(path);
        QVERIFY(lists.put(other, Two));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    QJsonObject projects = root[QLatin1String("projects")].toObject();
    projects.insert(strange.value, QLatin1String("a list of another sort"));
    root.insert(QLatin1String("projects"), projects);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(QJsonDocument(root).toJson());
    file.close();
    Checklists unread(path); // has not seen it
    QVERIFY(!unread.put(strange, Two));
    QVERIFY(unread.trouble(strange));
    Checklists lists(path);
    QVERIFY(!lists.read());
    QVERIFY(lists.trouble(strange) && !lists.trouble(other));
    QVERIFY(!lists.put(strange, Two));
    QVERIFY(lists.put(other, {}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("a list of another sort"));
}

void TestChecklist::aListThatIsNoneIsNotWritten()
{
    const QTemporaryDir dir;
    Checklists lists(dir.filePath(QStringLiteral("checklists.json")));
    const auto written = lists.put(ProjectId(QStringLiteral("p1")), {{QString(), false, true}});
    QVERIFY(!written);
    QCOMPARE(written.error().sentence, objectionTo({{QString(), false, true}}));
    QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("checklists.json"))));
}

void TestChecklist::aDamagedFileIsSaidAndKeepsTheLastList()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("checklists.json"));
    const ProjectId project(QStringLiteral("p1"));
    Checklists lists(path);
    QVERIFY(lists.put(project, Two));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write("{") == 1);
    file.close();
    const auto trouble = lists.read();
    QVERIFY(trouble && trouble->sentence.contains(QStringLiteral("checklists.json.unreadable-")));
    QCOMPARE(lists.of(project), Two);
    // At the next start nothing is known of it, and that is said.
    Checklists later(path);
    QVERIFY(later.read());
    QCOMPARE(later.of(project), usualChecklist());
}

QTEST_GUILESS_MAIN(TestChecklist)
#include "checklist_test.moc"
