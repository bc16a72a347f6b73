#include "plans/plan_signatures.h"

#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTimer>

#include <memory>

namespace tidemark {

namespace {

constexpr std::chrono::seconds CheckLimit{20};
constexpr std::chrono::seconds SignLimit{180}; ///< a person types a passphrase or touches a key
constexpr qsizetype MostOutput = 65536;        ///< bytes of what a program says

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanSignatures)
};

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
    process->setProcessEnvironment(environment);
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

Error problem(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Refused;
    error.sentence = sentence;
    return error;
}

Async<PlanSignature> sign(QObject *parent, PlanSignature::Kind kind, const QString &program,
                          const QStringList &arguments, const QByteArray &bytes)
{
    Deferred<PlanSignature> deferred;
    run(parent, program, arguments, bytes, SignLimit, [=](const Ran &ran) {
        const bool isArmour = ran.out.startsWith("-----BEGIN ");
        if (!ran.isGood() || !isArmour)
            deferred.resolve(failure(problem(problemOf(program, ran))));
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
        const QString principal = QString::fromUtf8(found.out).section(QLatin1Char('\n'), 0, 0).trimmed();
        if (!found.isGood() || principal.isEmpty())
            return check->end(false, {}, {}, problemOf(program, found));
        const QStringList verify{QStringLiteral("-Y"), QStringLiteral("verify"),
                                 QStringLiteral("-f"), allowed,
                                 QStringLiteral("-I"), principal,
                                 QStringLiteral("-n"), QLatin1String(PlanSignatures::Namespace),
                                 QStringLiteral("-s"), file};
        run(parent, program, verify, check->bytes, CheckLimit, [=](const Ran &ran) {
            static const QRegularExpression good(
                QStringLiteral("^Good \"tidemark-plan\" signature for .* with [^ ]+ key (SHA256:[^ \\n]+)"),
                QRegularExpression::MultilineOption);
            const auto match = good.match(QString::fromUtf8(ran.out));
            const bool isGood = ran.isGood() && match.hasMatch();
            check->end(isGood, principal, match.captured(1), problemOf(program, ran));
        });
    });
}

void checkOpenPgp(QObject *parent, const std::shared_ptr<Check> &check)
{
    const QString program = QStringLiteral("gpg");
    QStringList arguments;
    if (!check->trust.openPgpHome.isEmpty())
        arguments << QStringLiteral("--homedir") << check->trust.openPgpHome;
    arguments << QStringLiteral("--batch") << QStringLiteral("--no-tty") << QStringLiteral("--status-fd")
              << QStringLiteral("1") << QStringLiteral("--verify") << check->signatureFile() << QStringLiteral("-");
    run(parent, program, arguments, check->bytes, CheckLimit, [=](const Ran &ran) {
        const QString status = QString::fromUtf8(ran.out);
        // Of an expired or revoked key it is EXPKEYSIG or REVKEYSIG, and an exit status of 0 in some versions.
        static const QRegularExpression good(QStringLiteral("^\\[GNUPG:\\] GOODSIG [0-9A-F]+ (.*)$"),
                                             QRegularExpression::MultilineOption);
        static const QRegularExpression valid(QStringLiteral("^\\[GNUPG:\\] VALIDSIG .* ([0-9A-F]{40,})$"),
                                              QRegularExpression::MultilineOption);
        const auto name = good.match(status);
        const QString key = valid.match(status).captured(1);
        const bool isListed = check->trust.openPgpKeys.contains(key, Qt::CaseInsensitive);
        if (ran.isGood() && name.hasMatch() && !key.isEmpty() && !isListed)
            return check->end(
                false, {}, {},
                Text::tr("The key %1 of %2 is not among those that count here.").arg(key, name.captured(1).trimmed()));
        const bool isGood = ran.isGood() && name.hasMatch() && isListed;
        check->end(isGood, name.captured(1).trimmed(), key, problemOf(program, ran));
    });
}

} // namespace

PlanSignatures::PlanSignatures(QObject *parent)
    : QObject(parent)
{
}

Async<PlanSignature> PlanSignatures::signWithSsh(const RestorePlan &plan, const QString &key)
{
    return sign(this, PlanSignature::Kind::Ssh, QStringLiteral("ssh-keygen"),
                {QStringLiteral("-Y"), QStringLiteral("sign"), QStringLiteral("-f"), key, QStringLiteral("-n"),
                 QLatin1String(Namespace)},
                planBytes(plan));
}

Async<PlanSignature> PlanSignatures::signWithOpenPgp(const RestorePlan &plan, const QString &key, const QString &home)
{
    QStringList arguments;
    if (!home.isEmpty())
        arguments << QStringLiteral("--homedir") << home;
    arguments << QStringLiteral("--batch") << QStringLiteral("--no-tty") << QStringLiteral("--armor")
              << QStringLiteral("--detach-sign");
    if (!key.isEmpty())
        arguments << QStringLiteral("--local-user") << key;
    return sign(this, PlanSignature::Kind::OpenPgp, QStringLiteral("gpg"), arguments, planBytes(plan));
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
