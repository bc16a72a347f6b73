#include "plans/plan_signatures.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace tidemark;

/// Real keys, made here, and the programs that people use them with.
class PlanSignaturesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void twoPeopleApprove();
    void oneChangedByteIsSeen();
    void whoDoesNotCount_data();
    void whoDoesNotCount();
    void ofAnotherPurpose();
    void rubbishIsNotGood();
    void aKeyThatIsNotThere();
    void oneKeyIsOnePerson_data();
    void oneKeyIsOnePerson();
    void aPassphraseIsNotWaitedFor();
    void openPgp();
    void goingAwayEndsIt();

private:
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
    bool run(const QString &program, const QStringList &arguments, const QByteArray &input = {});
    QString publicKey(const char *name) const;
    bool allow(const QByteArray &lines);
    PlanSignature signedBy(const char *key, const RestorePlan &plan);
    std::vector<CheckedSignature> check(const PlanFile &file);
    QString makeOpenPgpKey(const QString &userId);
    PlanSignature signedWithOpenPgp(const QString &key);
    QByteArray inOneArmour(const PlanSignature &one, const PlanSignature &other);

    QTemporaryDir m_dir;
    PlanSignatures m_signatures;
    PlanSignatures::Trust m_trust;
    RestorePlan m_plan;
    QByteArray m_allowed; ///< the lines of all but alice
    QByteArray m_out;
};

bool PlanSignaturesTest::run(const QString &program, const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool isDone = process.waitForFinished(60000);
    m_out = process.readAllStandardOutput();
    if (!isDone || process.exitCode() != 0)
        qWarning().noquote() << program << process.readAllStandardError();
    return isDone && process.exitCode() == 0;
}

QString PlanSignaturesTest::publicKey(const char *name) const
{
    QFile file(path(name) + QStringLiteral(".pub"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll()).section(QLatin1Char(' '), 0, 1);
}

bool PlanSignaturesTest::allow(const QByteArray &lines)
{
    QFile file(path("allowed"));
    return file.open(QIODevice::WriteOnly) && file.write(lines) == lines.size();
}

PlanSignature PlanSignaturesTest::signedBy(const char *key, const RestorePlan &plan)
{
    auto future = m_signatures.signWithSsh(plan, path(key));
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60000) || !future.result())
        return {};
    return *future.result();
}

std::vector<CheckedSignature> PlanSignaturesTest::check(const PlanFile &file)
{
    auto future = m_signatures.check(file, m_trust);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60000) || !future.result())
        return {};
    return *future.result();
}

void PlanSignaturesTest::initTestCase()
{
    for (const char *program : {"ssh-keygen", "gpg"})
        QVERIFY2(!QStandardPaths::findExecutable(QLatin1String(program)).isEmpty(), program);
    for (const char *name : {"alice", "bob", "carol", "mallory"})
        QVERIFY(
            run(QStringLiteral("ssh-keygen"), {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                               QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)}));
    m_allowed = "bob@example.net namespaces=\"tidemark-plan\" " + publicKey("bob").toLatin1() +
                "\ncarol@example.net valid-before=\"20200101\" " + publicKey("carol").toLatin1() + '\n';
    QVERIFY(allow("alice@example.net " + publicKey("alice").toLatin1() + '\n' + m_allowed));
    m_trust.allowedSigners = path("allowed");
    m_plan.server = QStringLiteral("https://cloud.mongodb.com");
    m_plan.written = QDateTime::fromSecsSinceEpoch(1764000187, Qt::UTC);
    m_plan.note = QStringLiteral("Zürich");
    m_plan.source = {{ProjectId(QStringLiteral("p1")), QStringLiteral("Shop"), {}, {}},
                     ClusterId(QStringLiteral("c1")),
                     QStringLiteral("orders"),
                     0,
                     {},
                     {}};
    m_plan.point = SnapshotPoint{SnapshotId(QStringLiteral("s1"))};
    m_plan.link = DownloadDelivery{4, 3};
}

void PlanSignaturesTest::twoPeopleApprove()
{
    PlanFile file{m_plan, {signedBy("alice", m_plan)}};
    QCOMPARE(approvalOf(check(file)).isGiven, false);
    file.signatures.push_back(signedBy("bob", m_plan));
    file.signatures.back().signer = QStringLiteral("root"); // what it claims is not looked at
    const auto checked = check(file);
    QCOMPARE(checked.size(), size_t(2));
    QVERIFY2(checked.at(0).isGood && checked.at(1).isGood, qPrintable(checked.at(0).why + checked.at(1).why));
    QCOMPARE(checked.at(1).signer, QStringLiteral("bob@example.net"));
    QVERIFY(checked.at(1).key.startsWith(QStringLiteral("SHA256:")));
    QCOMPARE(approvalOf(checked), (Approval{true,
                                            QStringLiteral("Signed by alice@example.net and bob@example.net."),
                                            {QStringLiteral("alice@example.net"), QStringLiteral("bob@example.net")}}));
    // The file carries them.
    const auto read = readPlanFile(planFileBytes(file));
    QVERIFY(read && approvalOf(check(*read)).isGiven);
}

void PlanSignaturesTest::oneChangedByteIsSeen()
{
    PlanFile file{m_plan, {signedBy("alice", m_plan), signedBy("bob", m_plan)}};
    file.plan.note = QStringLiteral("Zürich ");
    for (const CheckedSignature &one : check(file))
        QVERIFY2(!one.isGood && one.why.contains(QStringLiteral("incorrect signature")), qPrintable(one.why));
    file.plan = m_plan;
    file.plan.link->maxDownloads = 4;
    QVERIFY(!approvalOf(check(file)).isGiven);
    file.plan = m_plan;
    QVERIFY(approvalOf(check(file)).isGiven);
}

void PlanSignaturesTest::whoDoesNotCount_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("why");
    QTest::newRow("expired") << QByteArray("carol") << QStringLiteral("key has expired");
    QTest::newRow("not listed") << QByteArray("mallory") << QStringLiteral("No principal matched");
}

void PlanSignaturesTest::whoDoesNotCount()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, why);
    const auto checked = check({m_plan, {signedBy("alice", m_plan), signedBy(key.constData(), m_plan)}});
    QCOMPARE(checked.size(), size_t(2));
    QVERIFY(checked.at(0).isGood);
    QVERIFY(!checked.at(1).isGood && checked.at(1).signer.isEmpty() && checked.at(1).key.isEmpty());
    QVERIFY2(checked.at(1).why.contains(why), qPrintable(checked.at(1).why));
    QVERIFY(!approvalOf(checked).isGiven);
}

/// A signature that bob gave for something else, over the same bytes.
void PlanSignaturesTest::ofAnotherPurpose()
{
    QVERIFY(run(QStringLiteral("ssh-keygen"),
                {QStringLiteral("-Y"), QStringLiteral("sign"), QStringLiteral("-f"), path("alice"),
                 QStringLiteral("-n"), QStringLiteral("git")},
                planBytes(m_plan)));
    const auto checked = check({m_plan, {{PlanSignature::Kind::Ssh, {}, m_out}}});
    QVERIFY(checked.size() == 1 && !checked.front().isGood);
}

void PlanSignaturesTest::rubbishIsNotGood()
{
    for (const QByteArray &armour :
         {QByteArray(), QByteArray("x"), QByteArray(60000, 'A'),
          QByteArray("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n")}) {
        for (const auto kind : {PlanSignature::Kind::Ssh, PlanSignature::Kind::OpenPgp}) {
            const auto checked = check({m_plan, {{kind, {}, armour}}});
            QVERIFY(checked.size() == 1 && !checked.front().isGood && !checked.front().why.isEmpty());
        }
    }
    QVERIFY(check({m_plan, {}}).empty());
    const QString allowed = std::exchange(m_trust.allowedSigners, path("nowhere"));
    const auto checked = check({m_plan, {signedBy("alice", m_plan)}});
    QVERIFY(!checked.front().isGood);
    m_trust.allowedSigners.clear();
    QVERIFY(check({m_plan, {signedBy("alice", m_plan)}}).front().why.contains(QStringLiteral("no list of allowed")));
    m_trust.allowedSigners = allowed;
}

void PlanSignaturesTest::aKeyThatIsNotThere()
{
    auto future = m_signatures.signWithSsh(m_plan, path("nobody"));
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QVERIFY2(future.result().error().sentence.contains(QStringLiteral("ssh-keygen says")),
             qPrintable(future.result().error().sentence));
}

/// Under two names a key would be two people, under a pattern anybody.
void PlanSignaturesTest::oneKeyIsOnePerson_data()
{
    QTest::addColumn<QByteArrayList>("names"); // of alice's key
    QTest::addColumn<bool>("isGood");
    QTest::newRow("one") << QByteArrayList{"alice@example.net"} << true;
    QTest::newRow("one, twice") << QByteArrayList{"alice@example.net", "Alice@example.net"} << true;
    QTest::newRow("two") << QByteArrayList{"root@example.net", "alice@example.net"} << false;
    QTest::newRow("two, the other first") << QByteArrayList{"alice@example.net", "root@example.net"} << false;
    QTest::newRow("two in one line") << QByteArrayList{"alice@example.net,root@example.net"} << false;
    QTest::newRow("a pattern") << QByteArrayList{"*@example.net"} << false;
    QTest::newRow("a space of no width") << QByteArrayList{"alice\xe2\x80\x8b@example.net"} << false;
    QTest::newRow("what chooses a letter's form") << QByteArrayList{"alice\xef\xb8\x8f@example.net"} << false;
    QTest::newRow("in quotes") << QByteArrayList{"\"alice@example.net\""} << true;
}

void PlanSignaturesTest::oneKeyIsOnePerson()
{
    QFETCH(QByteArrayList, names);
    QFETCH(bool, isGood);
    QByteArray lines;
    for (const QByteArray &name : names)
        lines += name + ' ' + publicKey("alice").toLatin1() + '\n';
    QVERIFY(allow(lines + m_allowed));
    const auto checked = check({m_plan, {signedBy("alice", m_plan)}});
    QVERIFY(allow("alice@example.net " + publicKey("alice").toLatin1() + '\n' + m_allowed));
    QCOMPARE(checked.size(), size_t(1));
    QVERIFY2(checked.front().isGood == isGood, qPrintable(checked.front().why));
    if (!isGood)
        QVERIFY2(checked.front().why.contains(QStringLiteral("does not say of one person whose this key is")),
                 qPrintable(checked.front().why));
}

/// Neither on a terminal that nobody sees nor for ever: it is asked in a window, or what to do is said.
void PlanSignaturesTest::aPassphraseIsNotWaitedFor()
{
    QVERIFY(run(QStringLiteral("ssh-keygen"),
                {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"), QStringLiteral("-N"),
                 QStringLiteral("a passphrase"), QStringLiteral("-f"), path("locked")}));
    qputenv("SSH_ASKPASS", "/bin/false");
    qunsetenv("SSH_AUTH_SOCK");
    auto future = m_signatures.signWithSsh(m_plan, path("locked"));
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    const Error &error = future.result().error();
    QCOMPARE(error.sentence, QStringLiteral("The key %1 is kept under a passphrase, and it was not given, or was "
                                            "another.")
                                 .arg(path("locked")));
    QVERIFY2(error.hint.contains(QStringLiteral("ssh-add ") + path("locked")), qPrintable(error.hint));
    // Whoever has a window to be asked in is asked there, on the desktop's side.
    QFile ask(path("askpass"));
    QVERIFY(ask.open(QIODevice::WriteOnly) && ask.write("#!/bin/sh\necho 'a passphrase'\n") > 0);
    ask.close();
    QVERIFY(ask.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("SSH_ASKPASS", path("askpass").toLocal8Bit());
    QVERIFY(signedBy("locked", m_plan).armour.startsWith("-----BEGIN SSH SIGNATURE-----"));
    qunsetenv("SSH_ASKPASS");
}

QString PlanSignaturesTest::makeOpenPgpKey(const QString &userId)
{
    const QStringList home{QStringLiteral("--homedir"), m_trust.openPgpHome};
    if (!run(QStringLiteral("gpg"),
             home + QStringList{QStringLiteral("--batch"), QStringLiteral("--pinentry-mode"),
                                QStringLiteral("loopback"), QStringLiteral("--passphrase"), QString(),
                                QStringLiteral("--quick-gen-key"), userId, QStringLiteral("ed25519"),
                                QStringLiteral("sign"), QStringLiteral("2d")}) ||
        !run(QStringLiteral("gpg"), home + QStringList{QStringLiteral("--with-colons"), QStringLiteral("--list-keys"),
                                                       QLatin1Char('=') + userId}))
        return {};
    return QString::fromLatin1(m_out).section(QStringLiteral("fpr:::::::::"), 1, 1).section(QLatin1Char(':'), 0, 0);
}

PlanSignature PlanSignaturesTest::signedWithOpenPgp(const QString &key)
{
    auto future = m_signatures.signWithOpenPgp(m_plan, key, m_trust.openPgpHome);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60000) || !future.result())
        return {};
    return *future.result();
}

QByteArray PlanSignaturesTest::inOneArmour(const PlanSignature &one, const PlanSignature &other)
{
    QByteArray packets;
    for (const PlanSignature &signature : {one, other}) {
        if (!run(QStringLiteral("gpg"), {QStringLiteral("--dearmor")}, signature.armour))
            return {};
        packets += m_out;
    }
    if (!run(QStringLiteral("gpg"), {QStringLiteral("--enarmor")}, packets))
        return {};
    return m_out.replace("PGP ARMORED FILE", "PGP SIGNATURE");
}

void PlanSignaturesTest::openPgp()
{
    m_trust.openPgpHome = path("gnupg");
    QVERIFY(QDir().mkdir(m_trust.openPgpHome));
    QVERIFY(QFile::setPermissions(m_trust.openPgpHome, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const QString dora = makeOpenPgpKey(QStringLiteral("Dora <dora@example.net>"));
    const QString eve = makeOpenPgpKey(QStringLiteral("Bob <bob@example.net>"));
    QVERIFY2(dora.size() >= 40 && eve.size() >= 40, m_out.constData());
    const PlanSignature dorasSignature = signedWithOpenPgp(dora);
    const PlanSignature evesSignature = signedWithOpenPgp(eve);
    PlanFile file{m_plan, {signedBy("alice", m_plan), dorasSignature}};
    auto checked = check(file);
    QVERIFY2(!checked.at(1).isGood && checked.at(1).why.contains(QStringLiteral("no list of OpenPGP")),
             qPrintable(checked.at(1).why));
    const auto keys = m_signatures.listOpenPgpKeys(m_trust.openPgpHome);
    QTRY_VERIFY(keys.isFinished());
    QCOMPARE(*keys.result(), (std::vector<OpenPgpKey>{{dora, QStringLiteral("Dora <dora@example.net>")},
                                                      {eve, QStringLiteral("Bob <bob@example.net>")}}));
    const auto list = [this](const QString &lines) {
        QFile written(path("openpgp"));
        return written.open(QIODevice::WriteOnly) && written.write(lines.toUtf8()) > 0;
    };
    m_trust.openPgpSigners = path("openpgp");
    checked = check(file); // the list cannot be read
    QVERIFY2(!checked.at(1).isGood && checked.at(1).why.contains(dora), qPrintable(checked.at(1).why));
    QVERIFY(list(QStringLiteral("dora@example.net ") + dora.toLower()));
    checked = check(file);
    QVERIFY2(checked.at(1).isGood, qPrintable(checked.at(1).why));
    QCOMPARE(checked.at(1).signer, QStringLiteral("dora@example.net"));
    QCOMPARE(checked.at(1).key, dora);
    QVERIFY(approvalOf(checked).isGiven);
    // One person's two kinds of keys, whatever the key says of its owner.
    QVERIFY(list(QStringLiteral("Alice@Example.net ") + dora));
    checked = check(file);
    QVERIFY(checked.at(0).isGood && checked.at(1).isGood);
    QVERIFY2(!approvalOf(checked).isGiven, qPrintable(approvalOf(checked).sentence));
    for (const char *nobody : {"* ", "dora@example.net,bob ", "x 00", "# ", "",
                               "do\xe2\x80\x8b"
                               "ra ",
                               "\"dora\" "}) {
        QVERIFY(list(QString::fromUtf8(nobody) + dora));
        QVERIFY2(!check(file).at(1).isGood, nobody);
    }
    QVERIFY(list(QStringLiteral("one ") + dora + QStringLiteral("\nother ") + dora));
    QVERIFY(!check(file).at(1).isGood);
    QVERIFY(list(QStringLiteral("# whose\n\ndora@example.net  0x") + dora.left(20) + QLatin1Char(' ') + dora.mid(20)));
    QVERIFY(check(file).at(1).isGood);
    // Two in one armour.
    file.signatures = {{PlanSignature::Kind::OpenPgp, {}, inOneArmour(dorasSignature, evesSignature)}};
    QVERIFY(file.signatures.front().armour.startsWith("-----BEGIN PGP SIGNATURE-----"));
    QVERIFY2(!check(file).front().isGood, qPrintable(check(file).front().signer));
    file = {m_plan, {signedBy("alice", m_plan), dorasSignature}};
    file.plan.note += QLatin1Char('!');
    QVERIFY(!check(file).at(1).isGood);
    file.plan = m_plan;
    // A text that was signed together with its signature is none of these bytes.
    QVERIFY(run(QStringLiteral("gpg"),
                {QStringLiteral("--homedir"), m_trust.openPgpHome, QStringLiteral("--batch"), QStringLiteral("--armor"),
                 QStringLiteral("--local-user"), dora, QStringLiteral("--sign")},
                "another text"));
    QVERIFY(!check({m_plan, {{PlanSignature::Kind::OpenPgp, {}, m_out}}}).front().isGood);
    // Revoked by its owner.
    QFile revocation(m_trust.openPgpHome + QStringLiteral("/openpgp-revocs.d/") + dora + QStringLiteral(".rev"));
    QVERIFY(revocation.open(QIODevice::ReadOnly));
    const QByteArray certificate = revocation.readAll().replace(":-----BEGIN", "-----BEGIN");
    QVERIFY(
        run(QStringLiteral("gpg"),
            {QStringLiteral("--homedir"), m_trust.openPgpHome, QStringLiteral("--batch"), QStringLiteral("--import")},
            certificate));
    QVERIFY(!check(file).at(1).isGood);
    file.signatures = {{PlanSignature::Kind::OpenPgp, {}, inOneArmour(dorasSignature, evesSignature)}};
    checked = check(file); // what is good of the one must not be taken for the other
    QVERIFY2(!checked.front().isGood, qPrintable(checked.front().signer));
    run(QStringLiteral("gpgconf"),
        {QStringLiteral("--homedir"), m_trust.openPgpHome, QStringLiteral("--kill"), QStringLiteral("all")});
}

/// A program that waits for a passphrase is not waited for when the window goes.
void PlanSignaturesTest::goingAwayEndsIt()
{
    auto signatures = std::make_unique<PlanSignatures>();
    const PlanSignature signature = signedBy("alice", m_plan);
    auto future = signatures->check({m_plan, {signature}}, m_trust);
    signatures.reset();
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.isFinished() && !future.result());
}

QTEST_GUILESS_MAIN(PlanSignaturesTest)
#include "plan_signatures_test.moc"
