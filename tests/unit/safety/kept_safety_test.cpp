#include "safety/kept_safety.h"
#include "safety_samples.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;
using namespace tidemark::test;

namespace {

SafetySnapshot full()
{
    SafetySnapshot kept = found(answered(3, 3), {snapshot("a", 4, true, 3)});
    return boundTo(kept, QStringLiteral("order"), at(60), {JobId(QStringLiteral("j1")), JobId(QStringLiteral("j2"))});
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class KeptSafetyTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString path() const { return m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction())); }

private Q_SLOTS:
    void allOfItIsKept_data()
    {
        QTest::addColumn<SafetySnapshot>("kept");
        QTest::newRow("asked") << asked();
        QTest::newRow("answered") << answered(3);
        QTest::newRow("found and ordered") << full();
    }
    void allOfItIsKept()
    {
        QFETCH(SafetySnapshot, kept);
        QCOMPARE(safetyFromJson(toJson(kept)), std::optional(kept));
    }

    void whatIsNoneIsLeft()
    {
        QVERIFY(!safetyFromJson({}));
        for (const char *without : {"key", "cluster", "asked"}) {
            QJsonObject json = toJson(full());
            json.remove(QLatin1String(without));
            QVERIFY2(!safetyFromJson(json), without);
        }
        QJsonObject odd = toJson(full());
        odd[QLatin1String("snapshot")] = QString(); // whole, and which one is not told
        QVERIFY(!safetyFromJson(odd)->isWhole);
    }

    void anotherStartReadsIt()
    {
        KeptSafety file(path());
        QVERIFY(file.keep(asked(), at(0)));
        QVERIFY(file.keep(full(), at(1))); // the same key
        SafetySnapshot elsewhere = asked();
        elsewhere.key = QStringLiteral("two");
        elsewhere.server = QStringLiteral("https://other.example.net");
        QVERIFY(file.keep(elsewhere, at(1)));
        const auto read = KeptSafety(path()).read(full().server, at(2));
        QVERIFY(read);
        QCOMPARE(*read, std::vector<SafetySnapshot>{full()});
        QCOMPARE(KeptSafety(path()).read(elsewhere.server, at(2))->size(), size_t(1));
        QVERIFY(file.drop(full().key));
        QVERIFY(KeptSafety(path()).read(full().server, at(3))->empty());
    }

    void anUnboundCopyDoesNotUndoABinding()
    {
        SafetySnapshot bound = asked();
        bound.order = QStringLiteral("order");
        bound.ordered = at(20);
        KeptSafety one(path());
        KeptSafety other(path());
        QVERIFY(one.keep(bound, at(20)));
        SafetySnapshot copy = asked(); // as the other program read it before
        copy.isAnswered = true;
        QVERIFY(other.keep(copy, at(30)));
        const auto read = one.read(asked().server, at(30));
        QCOMPARE(read->front().order, bound.order);
        QVERIFY(read->front().isAnswered);
    }

    void whatIsOverGoes()
    {
        KeptSafety file(path());
        QVERIFY(file.keep(asked(), at(0)));
        QCOMPARE(file.read(asked().server, at(86400))->size(), size_t(1));
        QVERIFY(file.read(asked().server, at(86401))->empty());
        SafetySnapshot later = asked();
        later.key = QStringLiteral("later");
        later.asked = at(86401);
        QVERIFY(file.keep(later, at(86401)));
        QVERIFY(!contents(path()).contains("\"one\""));
    }

    /// Its clock may be weeks ahead.
    void anotherServersClockDropsNothing()
    {
        KeptSafety file(path());
        QVERIFY(file.keep(asked(), at(0)));
        SafetySnapshot elsewhere = asked();
        elsewhere.key = QStringLiteral("elsewhere");
        elsewhere.server = QStringLiteral("https://lab.example.net");
        elsewhere.asked = at(86401 * 30);
        QVERIFY(file.keep(elsewhere, at(86401 * 30)));
        QCOMPARE(file.read(asked().server, at(1))->size(), size_t(1));
    }

    void whatANewerProgramWroteThereStays()
    {
        QVERIFY(KeptSafety(path()).keep(full(), at(0)));
        QJsonObject root = QJsonDocument::fromJson(contents(path())).object();
        QJsonArray list = root[QLatin1String("snapshots")].toArray();
        list.append(QJsonObject{{QLatin1String("sort"), QLatin1String("unheard of")}});
        root[QLatin1String("snapshots")] = list;
        write(path(), QJsonDocument(root).toJson());
        QVERIFY(KeptSafety(path()).keep(asked(), at(1)));
        QVERIFY(contents(path()).contains("unheard of"));
    }

    void whatCannotBeReadIsPutAside()
    {
        write(path(), "no file of ours");
        const KeptSafety file(path());
        QVERIFY(file.read(asked().server, at(0))->empty());
        QVERIFY(file.setAside());
    }
};

QTEST_GUILESS_MAIN(KeptSafetyTest)
#include "kept_safety_test.moc"
