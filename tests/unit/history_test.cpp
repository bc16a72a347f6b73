#include "history/history.h"
#include "support/fixed_clock.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;
using namespace tidemark::test;

class HistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsNothing();
    void tellsWhatWasOrdered();
    void theOldestAreCountedOnly();
    void whatWasChangedIsMarked();
    void whatIsNoEntryIsShownAsItIs();
    void csv();
    void json();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("audit.jsonl")); }
    void append(const QString &event, const QJsonObject &details);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FixedClock> m_clock;
};

void HistoryTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock = std::make_unique<FixedClock>(QDateTime(QDate(2026, 11, 24), QTime(14, 30, 5), Qt::UTC));
}

void HistoryTest::append(const QString &event, const QJsonObject &details)
{
    AuditLog log(path(), *m_clock);
    QVERIFY(log.append(event, details));
}

void HistoryTest::nothingIsNothing()
{
    const History history = readHistory(path());
    QVERIFY(history.entries.empty() && !history.verdict.trouble && history.older == 0);
}

void HistoryTest::tellsWhatWasOrdered()
{
    append(QStringLiteral("sending"), {{QStringLiteral("order"), QStringLiteral("o1")},
                                       {QStringLiteral("user"), QStringLiteral("pub")},
                                       {QStringLiteral("project"), QStringLiteral("Shop")},
                                       {QStringLiteral("cluster"), QStringLiteral("orders")},
                                       {QStringLiteral("targetProject"), QStringLiteral("Staging")},
                                       {QStringLiteral("targetCluster"), QStringLiteral("orders-staging")},
                                       {QStringLiteral("point"), QStringLiteral("just before 14:03:07 UTC")}});
    append(QStringLiteral("ordered"),
           {{QStringLiteral("order"), QStringLiteral("o1")},
            {QStringLiteral("jobs"),
             QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("j1")}}, QStringLiteral("j2")}}});
    append(QStringLiteral("state"),
           {{QStringLiteral("restore"), QStringLiteral("j1")}, {QStringLiteral("state"), QStringLiteral("FINISHED")}});
    const History history = readHistory(path());
    QCOMPARE(history.entries.size(), size_t(3));
    const HistoryEntry &sending = history.entries.back();
    QCOMPARE(sending.line, 1);
    QCOMPARE(sending.time, m_clock->now());
    QCOMPARE(sending.event, QStringLiteral("sending"));
    QCOMPARE(sending.order, QStringLiteral("o1"));
    QCOMPARE(sending.user, QStringLiteral("pub"));
    QVERIFY2(sending.person.contains(QLatin1Char('@')), qPrintable(sending.person));
    QCOMPARE(sending.source, QStringLiteral("Shop / orders"));
    QCOMPARE(sending.target, QStringLiteral("Staging / orders-staging"));
    QCOMPARE(sending.point, QStringLiteral("just before 14:03:07 UTC"));
    QCOMPARE(history.entries.at(1).outcome, QStringLiteral("j1, j2"));
    QCOMPARE(history.entries.at(0).order, QStringLiteral("j1"));
    QCOMPARE(history.entries.at(0).outcome, QStringLiteral("FINISHED"));
    QVERIFY(!sending.details.contains(QStringLiteral("previous")));
    QVERIFY(sending.searched.contains(QStringLiteral("orders-staging")));
}

void HistoryTest::theOldestAreCountedOnly()
{
    for (int i = 0; i < 7; ++i)
        append(QStringLiteral("state"), {{QStringLiteral("state"), QString::number(i)}});
    const History history = readHistory(path(), 3);
    QCOMPARE(history.entries.size(), size_t(3));
    QCOMPARE(history.older, 4);
    QCOMPARE(history.verdict.lines, 7);
    QCOMPARE(history.entries.front().outcome, QStringLiteral("6"));
}

void HistoryTest::whatWasChangedIsMarked()
{
    for (int i = 0; i < 4; ++i)
        append(QStringLiteral("state"), {{QStringLiteral("state"), QStringLiteral("s%1").arg(i)}});
    QFile file(path());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray all = file.readAll();
    all.replace("\"s1\"", "\"sX\"");
    QVERIFY(file.resize(0) && file.seek(0) && file.write(all) == all.size());
    file.close();
    const History history = readHistory(path());
    QStringList broken;
    for (const HistoryEntry &entry : history.entries) {
        if (!entry.follows)
            broken.append(QString::number(entry.line));
    }
    QCOMPARE(broken, QStringList(QStringLiteral("3")));
    QVERIFY(history.verdict.trouble);
    QCOMPARE(*history.verdict.firstBroken, 3);
}

void HistoryTest::whatIsNoEntryIsShownAsItIs()
{
    append(QStringLiteral("state"), {});
    QFile file(path());
    QVERIFY(file.open(QIODevice::Append) && file.write("<b>rubbish</b>") > 0);
    file.close();
    const History history = readHistory(path());
    QCOMPARE(history.entries.size(), size_t(2));
    QCOMPARE(history.entries.front().verbatim, QByteArray("<b>rubbish</b>"));
    QVERIFY(!history.entries.front().time.isValid());
}

void HistoryTest::csv()
{
    append(QStringLiteral("sending"), {{QStringLiteral("cluster"), QStringLiteral("=HYPERLINK(\"x\")")},
                                       {QStringLiteral("point"), QString::fromUtf8("a, \"b\"\nZürich")}});
    const QByteArray csv = historyCsv(readHistory(path()).entries);
    QVERIFY2(csv.startsWith("\"line\",\"time\",\"event\",\"order\","), csv.constData());
    QVERIFY2(csv.contains("\"1\",\"2026-11-24T14:30:05Z\",\"sending\""), csv.constData());
    QVERIFY2(csv.contains(",\"'=HYPERLINK(\"\"x\"\")\","), csv.constData());
    QVERIFY2(csv.contains(QStringLiteral("\"a, \"\"b\"\"\nZürich\"").toUtf8()), csv.constData());
    QVERIFY(csv.endsWith("\r\n"));
}

void HistoryTest::json()
{
    append(QStringLiteral("sending"), {{QStringLiteral("cluster"), QStringLiteral("orders")}});
    const QJsonArray all = QJsonDocument::fromJson(historyJson(readHistory(path()).entries)).array();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0][QStringLiteral("entry")][QStringLiteral("cluster")].toString(), QStringLiteral("orders"));
    QCOMPARE(all[0][QStringLiteral("line")].toInt(), 1);
    QCOMPARE(all[0][QStringLiteral("follows")].toBool(), true);
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
