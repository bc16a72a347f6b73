#include "plan_bench.h"

#include <QComboBox>
#include <QDialog>

using namespace tidemark;
using namespace tidemark::test;

/// **Approve…**: real keys, made here, and the program that people use them with.
class PlanApproveTest : public PlanTest
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondPersonSigns();
    void aSecondPersonSignsWithGnuPg();
    void aKeyThatCannotSign();
};

void PlanApproveTest::aSecondPersonSigns()
{
    QVERIFY(m_plans->makeSigners({QStringLiteral("ada"), QStringLiteral("bob")}));
    addConnection(*m_plans->bench, *m_cloud, QStringLiteral("one"), m_cloud->privateKey());
    QVERIFY(connectDemo());
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QVERIFY2(m_plans->sign({QStringLiteral("ada")}), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("This connection has no list of allowed signers.")),
                 qPrintable(text()));
    // Where the connection says whose signatures count.
    QVERIFY(m_plans->connectWithSigners(QStringLiteral("three")));
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada alone")), qPrintable(text()));
    QVERIFY2(m_plans->sign({QStringLiteral("bob")}), qPrintable(text()));
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada and bob.")), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("Approved by a second person")));
    const auto file = readPlanFrom(path(QStringLiteral("a.tidemark-plan")));
    QVERIFY(file && file->signatures.size() == 2);
}

void PlanApproveTest::aSecondPersonSignsWithGnuPg()
{
    const QString gpg = QStringLiteral("Approve with GnuPG…");
    const QString home = path(QStringLiteral("gnupg"));
    QVERIFY(QDir().mkdir(home));
    QVERIFY(QFile::setPermissions(home, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("GNUPGHOME", home.toLocal8Bit());
    QVERIFY(m_plans->makeSigners({QStringLiteral("ada")}));
    QVERIFY(m_plans->connectWithSigners(QStringLiteral("both kinds"), [this](Connection &connection) {
        connection.openPgpSigners = path(QStringLiteral("keys"));
    }));
    QVERIFY(m_plans->write(m_plans->plan()));
    QVERIFY(m_plans->open());
    QVERIFY2(m_plans->sign({QStringLiteral("ada")}), qPrintable(text()));
    QTRY_VERIFY(driver::canPress(dialog(), gpg));
    QCOMPARE(driver::press(dialog(), gpg), QString());
    QTRY_VERIFY2(text().contains(QStringLiteral("gpg has no secret key of yours")), qPrintable(text()));

    const int made = QProcess::execute(QStringLiteral("gpg"),
                                       {QStringLiteral("--batch"), QStringLiteral("--pinentry-mode"),
                                        QStringLiteral("loopback"), QStringLiteral("--passphrase"), QString(),
                                        QStringLiteral("--quick-gen-key"), QStringLiteral("Bob <bob@example.net>"),
                                        QStringLiteral("ed25519"), QStringLiteral("sign"), QStringLiteral("2d")});
    QCOMPARE(made, 0);
    QCOMPARE(driver::press(dialog(), gpg), QString());
    const auto chooser = [this] { return dialog()->findChild<QDialog *>(QStringLiteral("openPgpKeyDialog")); };
    QTRY_VERIFY(chooser() && chooser()->isVisible());
    const auto *key = chooser()->findChild<QComboBox *>(QStringLiteral("openPgpKey"));
    QVERIFY2(key->currentText().startsWith(QStringLiteral("Bob <bob@example.net> (")), qPrintable(key->currentText()));
    QFile list(path(QStringLiteral("keys")));
    QVERIFY(list.open(QIODevice::WriteOnly) && list.write("bob " + key->currentData().toByteArray()) > 0);
    list.close();
    QCOMPARE(driver::press(chooser(), QStringLiteral("Sign")), QString());
    QTRY_VERIFY2(text().contains(QStringLiteral("Signed by ada and bob.")), qPrintable(text()));
    QVERIFY(text().contains(QStringLiteral("Approved by a second person")));
    QProcess::execute(QStringLiteral("gpgconf"), {QStringLiteral("--kill"), QStringLiteral("all")});
    qunsetenv("GNUPGHOME");
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
    QVERIFY(m_plans->makeSigners({QStringLiteral("eve")}));
    QCOMPARE(driver::press(dialog(), QStringLiteral("Approve…")), QString());
    QVERIFY(answerFileDialog(dialog(), path(QStringLiteral("eve"))));
    QTRY_VERIFY2(text().contains(QStringLiteral("has become another plan in the meantime")), qPrintable(text()));
    QVERIFY(readPlanFrom(path(QStringLiteral("a.tidemark-plan")))->signatures.empty());
}

QTEST_MAIN(PlanApproveTest)
#include "plan_approve_test.moc"
