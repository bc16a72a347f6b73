#include "support/ui_driver.h"
#include "ui/connections/connection_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTemporaryFile>
#include <QTest>

using namespace tidemark;

Q_DECLARE_METATYPE(QString Connection::*)

/// The fields of one connection, by themselves.
class ConnectionFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainHttpHasToBeTicked();
    void addressesAsTheyArePasted();
    void serviceAccountsNeedTls();
    void filesHaveToBeThere_data();
    void filesHaveToBeThere();
    void projectsThatNeedAnApprovedPlan();
};

void ConnectionFormTest::plainHttpHasToBeTicked()
{
    ConnectionForm form;
    Connection connection;
    connection.name = QStringLiteral("old");
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(QStringLiteral("http://om.example.com:8080"));
    connection.userName = QStringLiteral("key");
    Credentials credentials;
    credentials.secret = Secret(QByteArray("s"));
    form.setConnection(connection, credentials);
    form.show();
    auto *tick = form.findChild<QCheckBox *>(QStringLiteral("allowPlainHttp"));
    QVERIFY(tick->isVisible());
    QVERIFY(!form.isComplete());
    tick->setChecked(true);
    QVERIFY(form.isComplete());
    QVERIFY(form.connection().allowPlainHttp);
    form.findChild<QLineEdit *>(QStringLiteral("baseUrl"))->setText(QStringLiteral("http://127.0.0.1:8080"));
    QVERIFY(!tick->isVisible());
    QVERIFY(form.isComplete());
}

void ConnectionFormTest::addressesAsTheyArePasted()
{
    ConnectionForm form;
    Connection connection;
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl();
    form.setConnection(connection, {});
    form.show();
    auto *url = form.findChild<QLineEdit *>(QStringLiteral("baseUrl"));
    url->setText(QStringLiteral("https://om.example.com:8443/v2/6193b2f1c0ffee0000000001#/deployment/topology"));
    QTRY_VERIFY2(driver::visibleText(&form).contains(QStringLiteral("Kept of it: https://om.example.com:8443")),
                 qPrintable(driver::visibleText(&form)));
    // Before the field is left, as with Alt+S.
    QCOMPARE(form.connection().baseUrl, QUrl(QStringLiteral("https://om.example.com:8443")));
    QCOMPARE(form.connection().defaultProject.value, QStringLiteral("6193b2f1c0ffee0000000001"));
    Q_EMIT url->editingFinished();
    QCOMPARE(url->text(), QStringLiteral("https://om.example.com:8443"));
    QTRY_VERIFY(!driver::visibleText(&form).contains(QStringLiteral("Kept of it")));

    // Another page's project replaces the one of the page before, but not one that was typed.
    url->setText(QStringLiteral("https://om.example.com:8443/v2/6193b2f1c0ffee0000000002#/x"));
    QCOMPARE(form.connection().defaultProject.value, QStringLiteral("6193b2f1c0ffee0000000002"));
    form.findChild<QComboBox *>(QStringLiteral("defaultProject"))->setEditText(QStringLiteral("typed"));
    url->setText(QStringLiteral("https://om.example.com:8443/v2/6193b2f1c0ffee0000000003#/x"));
    QCOMPARE(form.connection().defaultProject.value, QStringLiteral("typed"));

    url->setText(QStringLiteral("https://cloud.mongodb.com/v2/6193b2f1c0ffee0000000001#/clusters"));
    QCOMPARE(form.connection().service, Service::CloudManager);
    Q_EMIT url->editingFinished();
    QCOMPARE(form.findChild<QComboBox *>(QStringLiteral("service"))->currentText(), QStringLiteral("Cloud Manager"));
}

void ConnectionFormTest::serviceAccountsNeedTls()
{
    ConnectionForm form;
    Connection connection;
    connection.name = QStringLiteral("om");
    connection.service = Service::OpsManager;
    connection.baseUrl = QUrl(QStringLiteral("http://om.example.com:8080"));
    connection.authentication = Authentication::ServiceAccount;
    connection.allowPlainHttp = true;
    connection.userName = QStringLiteral("mdb_sa_id_1");
    Credentials credentials;
    credentials.secret = Secret(QByteArray("s"));
    form.setConnection(connection, credentials);
    form.show();
    QVERIFY(!form.isComplete());
    QTRY_VERIFY(driver::visibleText(&form).contains(QStringLiteral("over https:// only")));
    QVERIFY(!form.findChild<QCheckBox *>(QStringLiteral("allowPlainHttp"))->isVisible());
    form.findChild<QLineEdit *>(QStringLiteral("baseUrl"))->setText(QStringLiteral("http://127.0.0.1:8080"));
    QVERIFY(form.isComplete());
}

void ConnectionFormTest::filesHaveToBeThere_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString Connection::*>("member");
    QTest::newRow("certificates") << QStringLiteral("caCertificateFile") << &Connection::caCertificateFile;
    QTest::newRow("signers") << QStringLiteral("allowedSigners") << &Connection::allowedSigners;
    QTest::newRow("OpenPGP keys") << QStringLiteral("openPgpSigners") << &Connection::openPgpSigners;
}

void ConnectionFormTest::filesHaveToBeThere()
{
    QFETCH(QString, field);
    QFETCH(QString Connection::*, member);
    QTemporaryFile file;
    QVERIFY(file.open());
    ConnectionForm form;
    Connection connection;
    connection.name = QStringLiteral("one");
    connection.userName = QStringLiteral("key");
    connection.*member = file.fileName();
    Credentials credentials;
    credentials.secret = Secret(QByteArray("s"));
    form.setConnection(connection, credentials);
    form.show();
    QTRY_VERIFY(form.isChecked() && form.isComplete());
    QCOMPARE(form.connection().*member, file.fileName());
    form.findChild<QLineEdit *>(field)->setText(file.fileName() + QStringLiteral(".nowhere"));
    QTRY_VERIFY(!form.isComplete());
    QVERIFY(!form.isChecked());
    QVERIFY(driver::visibleText(&form).contains(QStringLiteral("This file cannot be read.")));
    form.findChild<QLineEdit *>(field)->clear();
    QVERIFY(form.isChecked() && form.isComplete());
    QVERIFY((form.connection().*member).isEmpty());
}

/// What is asked for, and what it cannot stop, is said beside it.
void ConnectionFormTest::projectsThatNeedAnApprovedPlan()
{
    ConnectionForm form;
    Connection connection;
    connection.approvalProjects = {QStringLiteral("Shop"), QStringLiteral("60bb1")};
    form.setConnection(connection, {});
    form.show();
    auto *field = form.findChild<QLineEdit *>(QStringLiteral("approvalProjects"));
    QCOMPARE(field->accessibleName(), QStringLiteral("Approved plan for"));
    QCOMPARE(field->text(), QStringLiteral("Shop, 60bb1"));
    QCOMPARE(form.connection().approvalProjects, connection.approvalProjects);
    const auto said = [&form] { return driver::visibleText(&form); };
    QTRY_VERIFY2(
        said().contains(QStringLiteral("Another client, or this one with another connection, can go round it.")),
        qPrintable(said()));
    QVERIFY(said().contains(QStringLiteral("Without a list of allowed signers no plan can be approved")));
    form.findChild<QLineEdit *>(QStringLiteral("allowedSigners"))->setText(QStringLiteral("/etc/hostname"));
    QTRY_VERIFY(!said().contains(QStringLiteral("Without a list of allowed signers")));
    form.findChild<QLineEdit *>(QStringLiteral("allowedSigners"))->clear();
    QTRY_VERIFY(said().contains(QStringLiteral("Without a list of allowed signers")));
    form.findChild<QLineEdit *>(QStringLiteral("openPgpSigners"))->setText(QStringLiteral("/etc/hostname"));
    QTRY_VERIFY(!said().contains(QStringLiteral("Without a list of allowed signers")));
    field->setText(QStringLiteral(" , "));
    QTRY_VERIFY(!said().contains(QStringLiteral("can go round it")));
    QVERIFY(form.connection().approvalProjects.isEmpty());
}

QTEST_MAIN(ConnectionFormTest)
#include "connection_form_test.moc"
