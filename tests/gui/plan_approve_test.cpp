#include "plan_bench.h"
#include "support/file_dialogs.h"

#include <QFile>
#include <QProcess>

using namespace tidemark;
using namespace tidemark::test;

/// **Approve…**: real keys, made here, and the program that people use them with.
class PlanApproveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aSecondPersonSigns();
    void aKeyThatCannotSign();

private:
    QString path(const QString &name) const { return m_plans->path(name); }
    bool connectDemo() { return m_plans->connectDemo(); }
    QWidget *dialog() const { return m_plans->dialog(); }
    QString text() const { return m_plans->text(); }

    std::unique_ptr<DemoCloud> m_cloud;
    std::unique_ptr<PlanBench> m_plans;
};

void PlanApproveTest::initTestCase()
{
    m_cloud = std::make_unique<DemoCloud>(QStringList{QStringLiteral("--exit-with-parent")});
    QVERIFY2(m_cloud->isRunning(), qPrintable(m_cloud->problem()));
}

void PlanApproveTest::init()
{
    m_plans = std::make_unique<PlanBench>(*m_cloud);
}

void PlanApproveTest::cleanup()
{
    m_plans.reset();
}

void PlanApproveTest::aSecondPersonSigns()
{
    for (const QString &name : {QStringLiteral("ada"), QStringLiteral("bob")})
        QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"),
                                   {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                    QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)}),
                 0);
    QFile list(path(QStringLiteral("allowed")));
    QVERIFY(list.open(QIODevice::WriteOnly));
    for (const char *name : {"ada", "bob"}) {
        QFile key(path(QLatin1String(name) + QStringLiteral(".pub")));
        QVERIFY(key.open(QIODevice::ReadOnly));
        list.write(QByteArray(name) + ' ' + key.readAll());
    }
    list.close();
    addConnection(*m_plans->bench, *m_cloud, QStringLiteral("one"), m_cloud->privateKey());
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    const auto sign = [this](const QString &key) {
        return driver::press(dialog(), QStringLiteral("Approve…")).isEmpty() && answerFileDialog(dialog(), path(key)) &&
               QTest::qWaitFor([this] { return text().contains(QStringLiteral("Your signature is in ")); }, 20000);
    };
    QTRY_VERIFY(driver::canPress(dialog(), QStringLiteral("Approve…")));
    QVERIFY2(sign(QStringLiteral("ada")), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("This connection has no list of allowed signers.")),
                 qPrintable(text()));
    // Where the connection says whose signatures count.
    Connection connection = *m_plans->bench->profiles.findByName(QStringLiteral("one"));
    connection.id = ConnectionId(QStringLiteral("three"));
    connection.name = QStringLiteral("three");
    connection.allowedSigners = path(QStringLiteral("allowed"));
    Credentials credentials;
    credentials.secret = Secret(m_cloud->privateKey());
    m_plans->bench->profiles.addTransient(connection, credentials);
    QVERIFY(openConnection(*m_plans->bench, *m_cloud, QStringLiteral("three")));
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada alone")), qPrintable(text()));
    QVERIFY2(sign(QStringLiteral("bob")), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada and bob.")), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("Approved by a second person")));
    const auto file = readPlanFrom(path(QStringLiteral("a.tidemark-plan")));
    QVERIFY(file && file->signatures.size() == 2);
}

void PlanApproveTest::aKeyThatCannotSign()
{
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QTRY_VERIFY(driver::canPress(dialog(), QStringLiteral("Approve…")));
    QCOMPARE(driver::press(dialog(), QStringLiteral("Approve…")), QString());
    QVERIFY(answerFileDialog(dialog(), path(QStringLiteral("a.tidemark-plan"))));
    QTRY_VERIFY2(text().contains(QStringLiteral("ssh-keygen says: ")), qPrintable(text()));
    QVERIFY(driver::canPress(dialog(), QStringLiteral("Approve…")));
    // Somebody has put another plan in its place.
    RestorePlan other = m_plans->plan();
    other.note = QStringLiteral("Another.");
    QVERIFY(m_plans->write(other));
    QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"),
                               {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(QStringLiteral("eve"))}),
             0);
    QCOMPARE(driver::press(dialog(), QStringLiteral("Approve…")), QString());
    QVERIFY(answerFileDialog(dialog(), path(QStringLiteral("eve"))));
    QTRY_VERIFY2(text().contains(QStringLiteral("has become another plan in the meantime")), qPrintable(text()));
    QVERIFY(readPlanFrom(path(QStringLiteral("a.tidemark-plan")))->signatures.empty());
}

QTEST_MAIN(PlanApproveTest)
#include "plan_approve_test.moc"
