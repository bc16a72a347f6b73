#include "moment_words.h"

#include "moment/oplog_query.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;
using Operation = OplogSearch::Operation;

Q_DECLARE_METATYPE(tidemark::OplogSearch::Operation)

/// The query that finds an entry of the oplog, and its answer, which is read as the moment.
class MomentQueryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void windowOfTime();
    void namesAreQuoted_data();
    void namesAreQuoted();
    void everyCharacterIsQuoted();
    void itsAnswerIsRead_data();
    void itsAnswerIsRead();
};

static OplogSearch searchOf(const QString &database, const QString &collection, Operation operation)
{
    return {database, collection, operation, 1795788127, 1795788247};
}

/// Without what all queries share, in one line.
static QString conditionOf(const QString &query)
{
    const QString begin = QStringLiteral("Timestamp({ t: 1795788248, i: 0 }) },");
    const qsizetype from = query.indexOf(begin) + begin.size();
    return query.mid(from, query.indexOf(QStringLiteral("\n}, {")) - from).simplified();
}

void MomentQueryTest::finds_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("collection");
    QTest::addColumn<Operation>("operation");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *database, const char *collection, Operation operation, const char *expected) {
        QTest::addRow("%s.%s %d", database, collection, int(operation))
            << QString::fromUtf8(database) << QString::fromUtf8(collection) << operation << QString::fromUtf8(expected);
    };
    row("shop", "orders", Operation::Drop, R"(op: "c", ns: "shop.$cmd", "o.drop": "orders")");
    row("shop", "", Operation::Drop, R"(op: "c", ns: "shop.$cmd", "o.drop": { $exists: true })");
    row("", "orders", Operation::Drop, R"(op: "c", "o.drop": "orders")");
    row("", "", Operation::Drop, R"(op: "c", "o.drop": { $exists: true })");
    row("shop", "", Operation::DropDatabase, R"(op: "c", ns: "shop.$cmd", "o.dropDatabase": { $exists: true })");
    row("shop", "orders", Operation::DropDatabase, R"(op: "c", ns: "shop.$cmd", "o.dropDatabase": { $exists: true })");
    row("", "", Operation::DropDatabase, R"(op: "c", "o.dropDatabase": { $exists: true })");
    row("shop", "orders", Operation::RenameCollection,
        R"(op: "c", $or: [ { "o.renameCollection": "shop.orders" }, { "o.to": "shop.orders" } ])");
    row("shop", "", Operation::RenameCollection,
        R"(op: "c", $or: [ { "o.renameCollection": { $regex: "^shop\\." } }, { "o.to": { $regex: "^shop\\." } } ])");
    row("", "", Operation::RenameCollection, R"(op: "c", "o.renameCollection": { $exists: true })");
    row("shop", "orders", Operation::Delete,
        R"($or: [ { op: "d", ns: "shop.orders" }, { "o.applyOps": { $elemMatch: { op: "d", ns: "shop.orders" } } } ])");
    row("shop", "", Operation::Insert,
        R"($or: [ { op: "i", ns: { $regex: "^shop\\." } }, { "o.applyOps": { $elemMatch: { op: "i", ns: { $regex: "^shop\\." } } } } ])");
    row("", "", Operation::Update, R"($or: [ { op: "u" }, { "o.applyOps": { $elemMatch: { op: "u" } } } ])");
    row("shop", "orders", Operation::Any,
        R"($or: [ { ns: "shop.orders" }, { "o.applyOps.ns": "shop.orders" }, { "o.to": "shop.orders" }, { ns: "shop.$cmd" } ])");
    row("shop", "", Operation::Any,
        R"($or: [ { ns: { $regex: "^shop\\." } }, { "o.applyOps.ns": { $regex: "^shop\\." } }, { "o.to": { $regex: "^shop\\." } } ])");
    row("", "", Operation::Any, R"(op: { $ne: "n" })");
    // A collection's name may have points, and any name may look like something else.
    row("shop", "orders.2026.archive", Operation::Drop, R"(op: "c", ns: "shop.$cmd", "o.drop": "orders.2026.archive")");
    row("shop", "a\"b\\c", Operation::Drop, R"(op: "c", ns: "shop.$cmd", "o.drop": "a\"b\\c")");
    row("shop", "%1 %2", Operation::Delete,
        R"($or: [ { op: "d", ns: "shop.%1 %2" }, { "o.applyOps": { $elemMatch: { op: "d", ns: "shop.%1 %2" } } } ])");
    row("a+b(c)[d]", "", Operation::RenameCollection,
        R"(op: "c", $or: [ { "o.renameCollection": { $regex: "^a\\+b\\(c\\)\\[d\\]\\." } }, { "o.to": { $regex: "^a\\+b\\(c\\)\\[d\\]\\." } } ])");
    row("shop", "best\u00e4llningar", Operation::Drop,
        "op: \"c\", ns: \"shop.$cmd\", \"o.drop\": \"best\u00e4llningar\"");
}

void MomentQueryTest::finds()
{
    QFETCH(QString, database);
    QFETCH(QString, collection);
    QFETCH(Operation, operation);
    QFETCH(QString, expected);
    QCOMPARE(conditionOf(oplogQuery(searchOf(database, collection, operation))), expected);
}

void MomentQueryTest::windowOfTime()
{
    QCOMPARE(oplogQuery(searchOf(QStringLiteral("shop"), QStringLiteral("orders"), Operation::Drop)),
             QStringLiteral("db.getSiblingDB(\"local\").getCollection(\"oplog.rs\").find({\n"
                            "  ts: { $gte: Timestamp({ t: 1795788127, i: 0 }), $lt: Timestamp({ t: 1795788248, i: 0 }) "
                            "},\n"
                            "  op: \"c\", ns: \"shop.$cmd\", \"o.drop\": \"orders\"\n"
                            "}, { ts: 1, op: 1, ns: 1, o: 1, wall: 1 })"));
    const QString outside = oplogQuery({{}, {}, Operation::Drop, -5, 99999999999});
    QVERIFY2(
        outside.contains(QStringLiteral("$gte: Timestamp({ t: 0, i: 0 }), $lt: Timestamp({ t: 4294967295, i: 0 })")),
        qPrintable(outside));
}

void MomentQueryTest::namesAreQuoted_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"orders", "or\"ders", "or'ders", "or\\ders", "\\", "\"", "\", $where: \"1\" //", "a\nb", "a\tb", "a\u2028b",
          "a\u202eb", "\u00e4", "\u6f22\u5b57", "\U0001f642", "$cmd", "</script>"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void MomentQueryTest::namesAreQuoted()
{
    QFETCH(QString, name);
    const QString condition = conditionOf(oplogQuery(searchOf(QStringLiteral("shop"), name, Operation::Drop)));
    const QString begin = QStringLiteral("op: \"c\", ns: \"shop.$cmd\", \"o.drop\": ");
    QVERIFY2(condition.startsWith(begin), qPrintable(condition));
    const auto read = QJsonDocument::fromJson("{\"name\":" + condition.mid(begin.size()).toUtf8() + "}");
    QCOMPARE(read.object().value(QLatin1String("name")).toString(), name);
}

void MomentQueryTest::everyCharacterIsQuoted()
{
    for (char32_t c = 1; c < 0x10000; ++c) {
        if (QChar::isSurrogate(c))
            continue;
        const QString name = QLatin1Char('a') + QString(QChar(static_cast<char16_t>(c))) + QLatin1Char('b');
        const QString query = oplogQuery(searchOf(QStringLiteral("shop"), name, Operation::Drop));
        const qsizetype from = query.indexOf(QStringLiteral("\"o.drop\": ")) + 10;
        const QString quoted = query.mid(from, query.indexOf(QLatin1Char('\n'), from) - from);
        const auto read = QJsonDocument::fromJson("{\"name\":" + quoted.toUtf8() + "}");
        if (read.object().value(QLatin1String("name")).toString() != name)
            QFAIL(qPrintable(QStringLiteral("U+%1: %2").arg(c, 4, 16, QLatin1Char('0')).arg(quoted)));
    }
}

void MomentQueryTest::itsAnswerIsRead_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *answer, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(answer) << QString::fromUtf8(expected);
    };
    row("mongosh, one",
        "[\n  {\n    op: 'c',\n    ns: 'shop.$cmd',\n    o: { drop: 'orders' },\n    ts: Timestamp({ t: 1732716187, i: "
        "1 "
        "}),\n    wall: ISODate('2024-11-27T14:03:07.912Z')\n  }\n]",
        "2024-11-27 14:03:07/1");
    row("mongosh, two",
        "[\n  {\n    op: 'c',\n    ns: 'shop.$cmd',\n    o: { drop: 'orders' },\n    ts: Timestamp({ t: 1732716187, i: "
        "1 "
        "}),\n    wall: ISODate('2024-11-27T14:03:07.912Z')\n  },\n  {\n    op: 'c',\n    ns: 'shop.$cmd',\n    o: { "
        "drop: "
        "'orders' },\n    ts: Timestamp({ t: 1732716200, i: 5 }),\n    wall: ISODate('2024-11-27T14:03:20.001Z')\n  "
        "}\n]",
        "? Several: 2024-11-27 14:03:07/1 | 2024-11-27 14:03:20/5");
    row("mongosh, within a transaction",
        "[\n  {\n    op: 'c',\n    ns: 'admin.$cmd',\n    o: {},\n    ts: Timestamp({ t: 1732716187, i: 3 }),\n    "
        "wall: "
        "ISODate('2024-11-27T14:03:07.912Z')\n  }\n]",
        "2024-11-27 14:03:07/3");
    row("mongosh, quiet and in one line",
        "[{ op: 'd', ns: 'shop.orders', o: { _id: ObjectId('5b96cff0e25a4f2a1c9b7d3e') }, ts: Timestamp({ t: "
        "1732716187, i: 7 }), wall: ISODate('2024-11-27T14:03:07.912Z') }]",
        "2024-11-27 14:03:07/7");
    row("mongosh, canonical JSON",
        "[{\"op\":\"c\",\"ns\":\"shop.$cmd\",\"o\":{\"drop\":\"orders\"},\"ts\":{\"$timestamp\":{\"t\":1732716187,"
        "\"i\":1}},"
        "\"wall\":{\"$date\":{\"$numberLong\":\"1732716187912\"}}}]",
        "2024-11-27 14:03:07/1");
    row("the older shell",
        "{ \"ts\" : Timestamp(1732716187, 1), \"op\" : \"c\", \"ns\" : \"shop.$cmd\", \"wall\" : "
        "ISODate(\"2024-11-27T14:03:07.912Z\"), \"o\" : { \"drop\" : \"orders\" } }",
        "2024-11-27 14:03:07/1");
    row("the same entry twice",
        "{ ts: Timestamp({ t: 1732716187, i: 1 }), op: 'c', ns: 'a.$cmd' } { ts: Timestamp({ t: 1732716187, i: 1 }), "
        "op: "
        "'c', ns: 'a.$cmd' }",
        "2024-11-27 14:03:07/1");
    row("cut off before its ts",
        "[\n  {\n    op: 'c',\n    ns: 'shop.$cmd',\n    wall: ISODate('2024-11-27T14:03:07Z')",
        "! { op: 'c', ns: 'shop.$cmd', wall: ISODate('2024-11-27T14:03:…");
    row("nothing was found", "[]", "! ");
}

void MomentQueryTest::itsAnswerIsRead()
{
    QFETCH(QString, answer);
    QFETCH(QString, expected);
    QCOMPARE(text(read(answer)), expected);
}

QTEST_GUILESS_MAIN(MomentQueryTest)
#include "moment_query_test.moc"
