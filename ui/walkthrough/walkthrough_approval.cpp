#include "ui/walkthrough/walkthrough_approval.h"

#include "ui/look/notice.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QWidget>

namespace tidemark {

namespace driver = window_driver;

namespace {

const QStringList &signers()
{
    static const QStringList both{QStringLiteral("author"), QStringLiteral("reviewer")};
    return both;
}

/// The files of both who sign, and the plan between them.
struct Desk
{
    QTemporaryDir folder;

    QString path(const QString &name) const { return folder.filePath(name); }
    QString plan() const { return path(QStringLiteral("drill.tidemark-plan")); }
    QString allowed() const { return path(QStringLiteral("allowed-signers")); }

    /// A key for each, and the list that says whose it is.
    QString makeKeys() const
    {
        QFile list(allowed());
        if (!list.open(QIODevice::WriteOnly))
            return QStringLiteral("%1 cannot be written").arg(allowed());
        for (const QString &name : signers()) {
            QFile::remove(path(name));
            const int made = QProcess::execute(QStringLiteral("ssh-keygen"),
                                               {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                                QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)});
            QFile key(path(name + QStringLiteral(".pub")));
            if (made != 0 || !key.open(QIODevice::ReadOnly))
                return QStringLiteral("ssh-keygen (openssh-client) made no key");
            list.write(name.toUtf8() + ' ' + key.readAll());
        }
        return {};
    }

    /// The same plan, with one word of its note changed and the signatures kept.
    QString writeChanged(const QString &name) const
    {
        QFile from(plan());
        QFile to(path(name));
        if (!from.open(QIODevice::ReadOnly) || !to.open(QIODevice::WriteOnly))
            return QStringLiteral("%1 cannot be copied").arg(plan());
        const QByteArray bytes = from.readAll();
        const QByteArray changed = QByteArray(bytes).replace("rehearsal", "Rehearsal");
        return needs(changed != bytes && to.write(changed) == changed.size(),
                     QStringLiteral("the plan does not hold the note"));
    }
};

QWidget *connections()
{
    return driver::window(QStringLiteral("connectionsDialog"));
}

QWidget *editor()
{
    return driver::window(QStringLiteral("connectionEditor"));
}

QWidget *planWindow()
{
    return driver::window(QStringLiteral("planDialog"));
}

QString connectionName()
{
    return QStringLiteral("Two pairs of eyes");
}

NoticePanel *approval()
{
    return qobject_cast<NoticePanel *>(driver::find(planWindow(), QStringLiteral("planApproval")));
}

bool isApproved()
{
    return approval() != nullptr && approval()->kind() == NoticeKind::Good;
}

/// These have signed, by what the plan's window says.
bool isSignedBy(const QStringList &names)
{
    if (approval() == nullptr)
        return false;
    const QString said = driver::visibleText(approval());
    return std::ranges::all_of(signers(),
                               [&](const QString &name) { return said.contains(name) == names.contains(name); });
}

void addConnection(WalkScript &s, const QString &name, const std::shared_ptr<Desk> &desk, const WalkSetting &setting)
{
    s.inWindow(
        QStringLiteral("connectionEditor"), QStringLiteral("%1: a connection is added").arg(name),
        name + QStringLiteral("-connection"),
        [desk, main = s.mainWindow()] {
            if (connections() == nullptr) {
                if (QString problem = driver::press(main, QStringLiteral("connectionsActionButton"));
                    !problem.isEmpty())
                    return problem;
                return QStringLiteral("the connections are not shown yet");
            }
            return firstProblem({[&] { return desk->makeKeys(); },
                                 [] { return driver::press(connections(), QStringLiteral("addConnection")); }});
        },
        [] { return needs(editor() != nullptr, QStringLiteral("the window did not open")); });
    s.inWindow(
        QStringLiteral("connectionEditor"),
        QStringLiteral("%1: it says who may approve, and where nothing is restored without").arg(name),
        name + QStringLiteral("-connection-filled"),
        [desk, server = setting.server, credentials = setting.credentials] {
            const auto fill = [](const char *field, const QString &text) {
                return [field, text] { return driver::type(editor(), QLatin1String(field), text); };
            };
            return firstProblem({[] { return driver::pressKey(editor(), QStringLiteral("service"), Qt::Key_End); },
                                 fill("connectionName", connectionName()), fill("baseUrl", server.baseUrl.toString()),
                                 fill("userName", server.userName),
                                 fill("secret", QString::fromUtf8(credentials.secret.reveal())),
                                 fill("allowedSigners", desk->allowed()), fill("approvalProjects", unwatchedProject()),
                                 [] { return driver::press(editor(), QStringLiteral("testConnection")); }});
        },
        [] {
            return needs(driver::canPress(editor(), QStringLiteral("saveConnection")),
                         QStringLiteral("it cannot be saved"));
        });
    s.inMain(
        QStringLiteral("%1: it is opened").arg(name), name + QStringLiteral("-connected"),
        [] {
            if (editor() != nullptr) {
                if (QString problem = driver::press(editor(), QStringLiteral("saveConnection")); !problem.isEmpty())
                    return problem;
                return QStringLiteral("the connection is not saved yet");
            }
            return firstProblem({[] {
                                     return driver::selectRow(connections(), QStringLiteral("connections"),
                                                              rowsWith(connectionName()));
                                 },
                                 [] { return driver::press(connections(), QStringLiteral("openConnection")); }});
        },
        [main = s.mainWindow()] {
            if (connections() != nullptr)
                connections()->close();
            return firstProblem(
                {[] { return needs(connections() == nullptr, QStringLiteral("the connections are shown still")); },
                 [&] {
                     return needs(driver::textOf(main, QStringLiteral("connectionBlockName")) == connectionName() &&
                                      driver::canPress(main, QStringLiteral("newRestoreButton")),
                                  QStringLiteral("it is not open"));
                 }});
        });
}

void savePlan(WalkScript &s, const QString &name, const std::shared_ptr<Desk> &desk)
{
    s.inWindow(QStringLiteral("planNoteDialog"), QStringLiteral("%1: the plan is saved with a note").arg(name),
               name + QStringLiteral("-note"),
               [] {
                   if (driver::window(QStringLiteral("planNoteDialog")) == nullptr) {
                       if (QString problem = driver::press(walkedWizard(), QStringLiteral("savePlan"));
                           !problem.isEmpty())
                           return problem;
                       return QStringLiteral("no note is asked for yet");
                   }
                   return driver::type(driver::window(QStringLiteral("planNoteDialog")), QStringLiteral("planNoteText"),
                                       QStringLiteral("The quarterly rehearsal, before the first client connects."));
               },
               {});
    s.inWizard(
        QStringLiteral("%1: nothing was ordered, the file is written").arg(name), name + QStringLiteral("-saved"),
        [desk] {
            QWidget *note = driver::window(QStringLiteral("planNoteDialog"));
            if (note != nullptr) {
                driver::press(note, QStringLiteral("choosePlanFile"));
                return QStringLiteral("no file is asked for yet");
            }
            return driver::chooseFile(QStringLiteral("savePlanDialog"), desk->plan());
        },
        [desk] {
            return needs(QFile::exists(desk->plan()) && driver::window(QStringLiteral("savePlanDialog")) == nullptr,
                         QStringLiteral("the plan is not there"));
        });
    s.inMain(
        QStringLiteral("%1: the wizard is put away").arg(name), name + QStringLiteral("-put-away"),
        [] { return driver::press(walkedWizard(), QStringLiteral("cancelButton")); },
        [] { return needs(walkedWizard() == nullptr, QStringLiteral("the wizard is open still")); });
}

void openPlan(WalkScript &s, const QString &title, const QString &picture, const std::function<QString()> &path,
              const std::function<QString()> &missing)
{
    s.inWindow(
        QStringLiteral("planDialog"), title, picture,
        [path, main = s.mainWindow()] { return driver::drop(main, {path()}); },
        [missing] {
            return firstProblem(
                {[] { return needs(planWindow() != nullptr, QStringLiteral("no plan is shown")); }, missing});
        });
}

void sign(WalkScript &s, const QString &title, const QString &picture, const std::shared_ptr<Desk> &desk, int who)
{
    s.inWindow(
        QStringLiteral("planDialog"), title, picture,
        [desk, who] {
            if (driver::window(QStringLiteral("keyDialog")) == nullptr) {
                if (QString problem = driver::press(planWindow(), QStringLiteral("approvePlan")); !problem.isEmpty())
                    return problem;
                return QStringLiteral("no key is asked for yet");
            }
            return driver::chooseFile(QStringLiteral("keyDialog"), desk->path(signers().at(who)));
        },
        [who] {
            return needs(driver::window(QStringLiteral("keyDialog")) == nullptr &&
                             isSignedBy(signers().mid(0, who + 1)) && isApproved() == (who == 1),
                         QStringLiteral("the signature does not count as it should"));
        });
}

} // namespace

void approveARestore(const std::shared_ptr<WalkScript> &script, const WalkSetting &setting)
{
    WalkScript &s = *script;
    const QString name = QStringLiteral("approval");
    const auto desk = std::make_shared<Desk>();
    const Walk walk{name,
                    RestoreMode::AutomatedSnapshot,
                    QStringLiteral("Shop"),
                    QStringLiteral("ledger"),
                    chooseSnapshot,
                    unwatchedProject(),
                    QStringLiteral("drill")};
    addConnection(s, name, desk, setting);
    s.wizardTo(walk);
    s.review(walk);
    s.inWizard(
        QStringLiteral("%1: without an approved plan nothing is restored").arg(name), name + QStringLiteral("-refused"),
        [] {
            driver::tickAll(walkedWizard(), QStringLiteral("findingTick"));
            return driver::type(walkedWizard(), QStringLiteral("typedTargetName"), QStringLiteral("drill"));
        },
        [] {
            driver::tickAll(walkedWizard(), QStringLiteral("findingTick"));
            return needs(!driver::canPress(walkedWizard(), QStringLiteral("commitButton")),
                         QStringLiteral("it can be ordered"));
        });
    savePlan(s, name, desk);
    openPlan(
        s, QStringLiteral("%1: the plan, dropped on the window, is held against today").arg(name),
        name + QStringLiteral("-open"), [desk] { return desk->plan(); },
        [] {
            return needs(driver::canPress(planWindow(), QStringLiteral("approvePlan")) && isSignedBy({}) &&
                             !isApproved(),
                         QStringLiteral("it cannot be signed"));
        });
    sign(s, QStringLiteral("%1: its author's signature alone approves nothing").arg(name),
         name + QStringLiteral("-author"), desk, 0);
    sign(s, QStringLiteral("%1: a second person's does").arg(name), name + QStringLiteral("-approved"), desk, 1);
    openPlan(
        s, QStringLiteral("%1: of a plan that was changed no signature counts").arg(name),
        name + QStringLiteral("-changed"),
        [desk] {
            const QString changed = QStringLiteral("changed.tidemark-plan");
            return desk->writeChanged(changed).isEmpty() ? desk->path(changed) : QString();
        },
        [] {
            return needs(
                driver::find(planWindow(), QStringLiteral("planNote")) != nullptr &&
                    driver::textOf(planWindow(), QStringLiteral("planNote")).contains(QStringLiteral("Rehearsal")) &&
                    isSignedBy({}) && !isApproved(),
                QStringLiteral("a signature counts"));
        });
    openPlan(
        s, QStringLiteral("%1: the approved one is opened again").arg(name), name + QStringLiteral("-again"),
        [desk] { return desk->plan(); },
        [] {
            return needs(isApproved() && driver::canPress(planWindow(), QStringLiteral("continuePlan")),
                         QStringLiteral("it is not approved"));
        });
    s.inWizard(
        QStringLiteral("%1: the wizard opens with the plan").arg(name), name + QStringLiteral("-continued"),
        [] { return driver::press(planWindow(), QStringLiteral("continuePlan")); },
        [] { return needs(walkedWizard() != nullptr, QStringLiteral("the wizard did not open")); });
    s.reviewAgain(name + QStringLiteral("-approved"));
    s.send(walk);
    s.closeWizard(name + QStringLiteral("-jobs"));
}

} // namespace tidemark
