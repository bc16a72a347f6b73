#include "plans/plan_signatures.h"

#include "base/background.h"
#include "base/honest_text.h"
#include "plans/allowed_signers.h"
#include "plans/openpgp_signers.h"
#include "plans/openpgp_status.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <memory>

#include <unistd.h>

namespace tidemark {

namespace {

constexpr std::chrono::seconds CheckLimit{20};
constexpr std::chrono::seconds SignLimit{180}; ///< a person types a passphrase or touches a key
constexpr qsizetype MostOutput = 65536;        ///< bytes of what a program says
constexpr qsizetype LongestNames = 400;
constexpr qint64 MostList = 4 * 1024 * 1024; ///< bytes of a list of signers

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanSignatures)
};

const QString Gpg = QStringLiteral("gpg");

QStringList gpgArguments(const QString &home)
{
    QStringList arguments;
    if (!home.isEmpty())
        arguments << QStringLiteral("--homedir") << home;
    return arguments << QStringLiteral("--batch") << QStringLiteral("--no-tty");
}

struct Ran
{
    bool isStarted = false;
    bool isLate = false;
    int code = -1;
    QByteArray out;
    QByteArray err;

    bool isGood() const { return isStarted && !isLate && code == 0; }
};

/// Runs it with this input and goes on with what came of it; ends it, and goes on with nothing, when `parent` goes.
void run(QObject *parent, const QString &program, const QStringList &arguments, const QByteArray &input,
         std::chrono::seconds limit, const std::function<void(const Ran &)> &then)
{
    auto *process = new QProcess; // not the parent's: a destructor would wait for its end
    QObject::connect(parent, &QObject::destroyed, process, &QProcess::kill);
    auto ran = std::make_shared<Ran>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C")); // what is read is theirs in English
    // Whatever is asked is asked in a window, or it fails at once: nobody sees the terminal that this was started from.
    environment.insert(QStringLiteral("SSH_ASKPASS_REQUIRE"), QStringLiteral("force"));
    process->setProcessEnvironment(environment);
    process->setChildProcessModifier([] { ::setsid(); }); // OpenSSH before 8.4 does not know that word
    auto *timer = new QTimer(process);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, process, [process, ran] {
        ran->isLate = true;
        process->kill();
    });
    const auto end = [process, ran, then, parent = QPointer(parent)] {
        ran->out = process->readAllStandardOutput().left(MostOutput);
        ran->err = process->readAllStandardError().left(MostOutput);
        process->deleteLater();
        if (parent)
            then(*ran);
    };
    QObject::connect(process, &QProcess::started, process, [process, ran, input] {
        ran->isStarted = true;
        process->write(input);
        process->closeWriteChannel();
    });
    QObject::connect(process, &QProcess::errorOccurred, process, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end();
    });
    QObject::connect(process, &QProcess::finished, process, [ran, end](int code, QProcess::ExitStatus status) {
        ran->code = status == QProcess::NormalExit ? code : -1;
        end();
    });
    timer->start(limit);
    process->start(program, arguments);
}

QString problemOf(const QString &program, const Ran &ran)
{
    if (!ran.isStarted)
        return Text::tr("%1 could not be started. Is it installed?").arg(program);
    if (ran.isLate)
        return Text::tr("%1 did not answer and was ended.").arg(program);
    const QString said = QString::fromUtf8(ran.err).simplified();
    return said.isEmpty() ? Text::tr("%1 refused, and did not say why.").arg(program)
                          : Text::tr("%1 says: %2").arg(program, said.right(400));
}

Error problem(const QString &sentence, const QString &hint = {})
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    error.hint = hint;
    return error;
}

/// Why there is no signature of this key.
Error signProblem(const QString &program, const QString &key, const Ran &ran)
{
    if (ran.err.contains("incorrect passphrase"))
        return problem(
            Text::tr("The key %1 is kept under a passphrase, and it was not given, or was another.").arg(key),
            Text::tr("Load the key into the agent in a terminal (ssh-add %1) and sign again.").arg(key));
    return problem(problemOf(program, ran));
}

Async<PlanSignature> sign(QObject *parent, PlanSignature::Kind kind, const QString &program, const QString &key,
                          const QStringList &arguments, const QByteArray &bytes)
{
    Deferred<PlanSignature> deferred;
    run(parent, program, arguments, bytes, SignLimit, [=](const Ran &ran) {
        const bool isArmour = ran.out.startsWith("-----BEGIN ");
        if (!ran.isGood() || !isArmour)
            deferred.resolve(failure(signProblem(program, key, ran)));
        else
            deferred.resolve(PlanSignature{kind, {}, ran.out});
    });
    return deferred.future();
}

/// One signature under check: its files go with it.
struct Check
{
    QTemporaryDir dir;
    QByteArray bytes;
    PlanSignature signature;
    PlanSignatures::Trust trust;
    std::function<void(CheckedSignature)> done;

    QString signatureFile() const { return dir.filePath(QStringLiteral("signature")); }

    void end(bool isGood, const QString &signer, const QString &key, const QString &why) const
    {
        done(CheckedSignature{signature.kind, isGood, isGood ? signer : QString(), isGood ? key : QString(),
                              isGood ? QString() : why});
    }
};

/// The first line alone: what the list is worth is looked at with all that it has of the key.
QString principal(const QByteArray &found)
{
    return QString::fromUtf8(found).section(QLatin1Char('\n'), 0, 0).trimmed();
}

QByteArray readList(const QString &file)
{
    QFile list(file);
    return list.open(QIODevice::ReadOnly) ? list.read(MostList) : QByteArray();
}

/// A signature that is good is somebody's only where the list, a file, says of one person whose key it is.
void endByNames(const Check &check, const QString &list, const QStringList &names, const QString &key)
{
    check.end(isOnePerson(names), names.value(0), key,
              Text::tr("%1 does not say of one person whose this key is (%2): give it one name, and the same in all "
                       "its lines, without characters that are not seen.")
                  .arg(QDir::toNativeSeparators(list), asLine(names.join(QStringLiteral(", ")), LongestNames)));
}

void endBySsh(QObject *parent, const std::shared_ptr<Check> &check, const QString &person, const QString &key)
{
    inBackground(
        parent, [file = check->trust.allowedSigners, key] { return namesOfKey(readList(file), key); },
        [check, person, key](QStringList names) {
            names.prepend(person);
            names.removeDuplicates();
            endByNames(*check, check->trust.allowedSigners, names, key);
        });
}

void endByOpenPgp(QObject *parent, const std::shared_ptr<Check> &check, const OpenPgpStatus &status)
{
    inBackground(
        parent,
        [file = check->trust.openPgpSigners, key = status.key] { return namesOfOpenPgpKey(readList(file), key); },
        [check, status](QStringList names) {
            names.removeDuplicates();
            if (names.isEmpty())
                check->end(
                    false, {}, {},
                    Text::tr("The key %1 of %2 is not among those that count here.").arg(status.key, status.userId));
            else
                endByNames(*check, check->trust.openPgpSigners, names, status.key);
        });
}

void checkSsh(QObject *parent, const std::shared_ptr<Check> &check)
{
    const QString program = QStringLiteral("ssh-keygen");
    const QString file = check->signatureFile();
    const QString allowed = check->trust.allowedSigners;
    if (allowed.isEmpty())
        return check->end(false, {}, {}, Text::tr("This connection has no list of allowed signers."));
    // Who it is of is asked of the list: what the file claims is not looked at.
    const QStringList find{QStringLiteral("-Y"), QStringLiteral("find-principals"),
                           QStringLiteral("-s"), file,
                           QStringLiteral("-f"), allowed};
    run(parent, program, find, {}, CheckLimit, [=](const Ran &found) {
        const QString person = principal(found.out);
        if (!found.isGood() || person.isEmpty())
            return check->end(false, {}, {}, problemOf(program, found));
        const QStringList verify{QStringLiteral("-Y"), QStringLiteral("verify"),
                                 QStringLiteral("-f"), allowed,
                                 QStringLiteral("-I"), person,
                                 QStringLiteral("-n"), QLatin1String(PlanSignatures::Namespace),
                                 QStringLiteral("-s"), file};
        run(parent, program, verify, check->bytes, CheckLimit, [=](const Ran &ran) {
            static const QRegularExpression good(
                QStringLiteral("^Good \"tidemark-plan\" signature for .* with [^ ]+ key (SHA256:[^ \\n]+)"),
                QRegularExpression::MultilineOption);
            const auto match = good.match(QString::fromUtf8(ran.out));
            if (!ran.isGood() || !match.hasMatch())
                return check->end(false, {}, {}, problemOf(program, ran));
            endBySsh(parent, check, person, match.captured(1));
        });
    });
}

void checkOpenPgp(QObject *parent, const std::shared_ptr<Check> &check)
{
    if (check->trust.openPgpSigners.isEmpty())
        return check->end(false, {}, {}, Text::tr("This connection has no list of OpenPGP keys."));
    const QStringList arguments = gpgArguments(check->trust.openPgpHome)
                                  << QStringLiteral("--status-fd") << QStringLiteral("1") << QStringLiteral("--verify")
                                  << check->signatureFile() << QStringLiteral("-");
    run(parent, Gpg, arguments, check->bytes, CheckLimit, [=](const Ran &ran) {
        const OpenPgpStatus status = openPgpStatus(ran.out);
        if (ran.isGood() && !status.isGood)
            return check->end(false, {}, {},
                              Text::tr("gpg does not find exactly one signature in it, and that one good. %1")
                                  .arg(problemOf(Gpg, ran)));
        if (!ran.isGood())
            return check->end(false, {}, {}, problemOf(Gpg, ran));
        endByOpenPgp(parent, check, status);
    });
}

} // namespace

PlanSignatures::PlanSignatures(QObject *parent)
    : QObject(parent)
{
}

PlanSignatures::Trust PlanSignatures::trustOf(const Connection &connection)
{
    return {connection.allowedSigners, connection.openPgpSigners};
}

Async<PlanSignature> PlanSignatures::signWithSsh(const RestorePlan &plan, const QString &key)
{
    return sign(this, PlanSignature::Kind::Ssh, QStringLiteral("ssh-keygen"), key,
                {QStringLiteral("-Y"), QStringLiteral("sign"), QStringLiteral("-f"), key, QStringLiteral("-n"),
                 QLatin1String(Namespace)},
                planBytes(plan));
}

Async<std::vector<OpenPgpKey>> PlanSignatures::listOpenPgpKeys(const QString &home)
{
    Deferred<std::vector<OpenPgpKey>> deferred;
    run(this, Gpg, gpgArguments(home) << QStringLiteral("--with-colons") << QStringLiteral("--list-secret-keys"), {},
        CheckLimit, [deferred](const Ran &ran) {
            if (ran.isGood())
                deferred.resolve(openPgpKeys(ran.out));
            else
                deferred.resolve(failure(problem(problemOf(Gpg, ran))));
        });
    return deferred.future();
}

Async<PlanSignature> PlanSignatures::signWithOpenPgp(const RestorePlan &plan, const QString &key, const QString &home)
{
    QStringList arguments = gpgArguments(home);
    arguments << QStringLiteral("--armor") << QStringLiteral("--detach-sign");
    if (!key.isEmpty())
        arguments << QStringLiteral("--local-user") << key;
    return sign(this, PlanSignature::Kind::OpenPgp, Gpg, key, arguments, planBytes(plan));
}

Async<std::vector<CheckedSignature>> PlanSignatures::check(const PlanFile &file, const Trust &trust)
{
    Deferred<std::vector<CheckedSignature>> deferred;
    auto results = std::make_shared<std::vector<CheckedSignature>>(file.signatures.size());
    auto missing = std::make_shared<size_t>(file.signatures.size());
    if (file.signatures.empty())
        deferred.resolve(std::vector<CheckedSignature>());
    const QByteArray bytes = planBytes(file.plan);
    for (size_t i = 0; i < file.signatures.size(); ++i) {
        auto check = std::make_shared<Check>();
        check->bytes = bytes;
        check->signature = file.signatures[i];
        check->trust = trust;
        check->done = [=](CheckedSignature checked) {
            (*results)[i] = std::move(checked);
            if (--*missing == 0)
                deferred.resolve(*results);
        };
        QFile written(check->signatureFile());
        const bool isWritten = check->dir.isValid() && written.open(QIODevice::WriteOnly) &&
                               written.write(check->signature.armour) == check->signature.armour.size() &&
                               written.flush();
        written.close();
        if (!isWritten)
            check->end(false, {}, {}, Text::tr("It could not be written to be checked: %1").arg(written.errorString()));
        else if (check->signature.kind == PlanSignature::Kind::Ssh)
            checkSsh(this, check);
        else
            checkOpenPgp(this, check);
    }
    return deferred.future();
}

} // namespace tidemark
