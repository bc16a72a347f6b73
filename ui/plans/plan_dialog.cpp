#include "ui/plans/plan_dialog.h"

#include "base/background.h"
#include "base/clock.h"
#include "base/honest_text.h"
#include "plans/kept_plans.h"
#include "plans/plan_disk.h"
#include "preparation/opened_plan.h"
#include "preparation/order_intent.h"
#include "session/session.h"
#include "ui/look/empty_state.h"
#include "ui/plans/openpgp_key_dialog.h"
#include "ui/plans/plan_page.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace tidemark {

static constexpr qsizetype LongestName = 255; ///< of a file, as it is written down

PlanDialog::PlanDialog(QString path, Use use, const Clock &clock, QSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_path(std::move(path))
    , m_use(use)
    , m_clock(clock)
    , m_settings(settings)
    , m_pages(new QStackedWidget)
    , m_refused(new EmptyState(QStringLiteral("report")))
    , m_page(new PlanPage)
    , m_message(new MessageBar)
    , m_approve(new QPushButton(tr("&Approve…")))
    , m_approveWithOpenPgp(new QPushButton(tr("Approve with &GnuPG…")))
    , m_continue(new QPushButton(tr("C&ontinue…")))
{
    setObjectName(QStringLiteral("planDialog"));
    setWindowTitle(use == Use::Read ? tr("Plan of a restore that was sent") : tr("Plan"));
    m_message->setObjectName(QStringLiteral("planDialogMessage"));
    m_pages->addWidget(m_refused);
    m_pages->addWidget(m_page);
    m_refused->say({tr("Reading the plan"), QDir::toNativeSeparators(m_path), {}, {}});
    if (use == Use::Read)
        m_page->hideToday();
    connect(m_refused, &EmptyState::buttonClicked, this, &PlanDialog::otherFileRequested);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_message);
    layout->addWidget(makeButtons());
    m_continue->setDefault(true); // once it is the dialog's; orders nothing: the wizard opens
    fitWindow(*this, {fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 36});
    follow();
    read();
}

QWidget *PlanDialog::makeButtons()
{
    m_approve->setObjectName(QStringLiteral("approvePlan"));
    m_approve->setAutoDefault(false);
    m_approveWithOpenPgp->setObjectName(QStringLiteral("approvePlanWithOpenPgp"));
    m_approveWithOpenPgp->setAutoDefault(false);
    m_approveWithOpenPgp->setToolTip(tr("Signs the plan with an OpenPGP key of yours."));
    m_approve->setToolTip(tr("Signs the plan with an SSH key of yours."));
    m_continue->setObjectName(QStringLiteral("continuePlan"));
    auto *box = new QDialogButtonBox;
    auto *close = new QPushButton(tr("Close")); // the box's own would be left out by the Tab key
    close->setAutoDefault(false);
    close->setObjectName(QStringLiteral("closePlan"));
    for (QPushButton *button : {m_approve, m_approveWithOpenPgp, m_continue}) {
        button->setParent(this);
        if (m_use == Use::Decide)
            box->addButton(button, QDialogButtonBox::ActionRole);
        else
            button->hide(); // a box would show it again
    }
    box->addButton(close, QDialogButtonBox::RejectRole);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_approve, &QPushButton::clicked, this, &PlanDialog::chooseSshKey);
    connect(m_approveWithOpenPgp, &QPushButton::clicked, this, &PlanDialog::chooseOpenPgpKey);
    connect(m_continue, &QPushButton::clicked, this, [this] {
        Q_EMIT restoreRequested(m_opened->draft(), {*m_file, asLine(QFileInfo(m_path).fileName(), LongestName)});
    });
    return box;
}

void PlanDialog::read()
{
    auto *const reader = m_use == Use::Read ? readKeptPlan : readPlanFrom;
    inOwnThread(
        this, [path = m_path, reader] { return reader(path); }, [this](const Result<PlanFile> &file) { take(file); });
}

void PlanDialog::take(const Result<PlanFile> &file)
{
    if (!file) {
        m_refused->say({tr("This plan cannot be opened"),
                        file.error().sentence,
                        m_use == Use::Read ? QString() : tr("Open another plan…"),
                        {}});
        return;
    }
    m_file = *file;
    m_page->show(m_file->plan, m_clock.now());
    m_pages->setCurrentWidget(m_page);
    follow();
    m_page->focusFirst();
}

void PlanDialog::setSession(Session *session)
{
    m_session = session;
    follow();
}

void PlanDialog::follow()
{
    delete m_opened;
    m_opened = m_file && m_session && m_use == Use::Decide ? new OpenedPlan(m_file->plan, *m_session, m_settings, this)
                                                           : nullptr;
    if (m_opened)
        connect(m_opened, &OpenedPlan::changed, this, &PlanDialog::showToday);
    setSigning(m_isSigning);
    showToday();
    checkSignatures();
}

void PlanDialog::showToday()
{
    const bool isHere = m_opened && m_opened->isOfThisServer();
    m_continue->setEnabled(isHere);
    m_continue->setToolTip(isHere ? tr("Opens New restore with all of this filled in. Nothing is ordered yet.")
                                  : tr("Open a connection to the server that the plan was written at first."));
    if (!m_file || m_use == Use::Read)
        return;
    const auto preflight = m_opened ? m_opened->preflight() : std::nullopt;
    if (preflight)
        m_page->setPreflight(preflight->findings, preflight->passed, preflight->read);
    else
        m_page->setPreflight({}, {}, {});
    if (m_opened) {
        std::vector<Finding> findings = m_opened->findings();
        if (wasPlanSent(*m_session, planHash(planBytes(m_file->plan))))
            findings.push_back({Severity::Warning, Field::Confirmation,
                                tr("It was sent before: whoever agreed to it agreed to that one restore.")});
        m_page->setFindings(findings);
    } else
        m_page->setFindings(
            {{Severity::Warning, Field::Project,
              tr("No connection is open, so nothing of it could be checked: open one of %1.").arg(m_file->plan.server),
              true}});
}

void PlanDialog::checkSignatures()
{
    if (!m_file)
        return;
    const int check = ++m_check;
    if (!m_session && !m_file->signatures.empty()) {
        m_page->setApproval({false, tr("Whose signatures count is said by a connection, and none is open.")});
        return;
    }
    m_page->setApprovalOpen();
    PlanSignatures::Trust trust;
    if (m_session)
        trust = PlanSignatures::trustOf(m_session->connection());
    whenDone(this, m_signatures.check(*m_file, trust),
             [this, check](const Result<std::vector<CheckedSignature>> &checked) {
                 if (check == m_check && checked)
                     m_page->setApproval(approvalOf(*checked));
             });
}

void PlanDialog::chooseSshKey()
{
    m_message->clear();
    auto *dialog = new QFileDialog(this, tr("Choose your key"), QDir::home().filePath(QStringLiteral(".ssh")));
    dialog->setObjectName(QStringLiteral("keyDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(dialog->filter() | QDir::Hidden);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString &key) { sign(m_signatures.signWithSsh(m_file->plan, key)); });
    dialog->open();
}

void PlanDialog::chooseOpenPgpKey()
{
    m_message->clear();
    setSigning(true);
    whenDone(this, m_signatures.listOpenPgpKeys(), [this](const Result<std::vector<OpenPgpKey>> &keys) {
        setSigning(false);
        if (!keys)
            endSigning(keys.error());
        else if (keys->empty())
            m_message->say(MessageBar::Kind::Error, tr("gpg has no secret key of yours that can sign."));
        else
            askWhichKey(*keys);
    });
}

void PlanDialog::askWhichKey(const std::vector<OpenPgpKey> &keys)
{
    auto *dialog = new OpenPgpKeyDialog(keys, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { sign(m_signatures.signWithOpenPgp(m_file->plan, dialog->fingerprint())); });
    dialog->open();
}

/// One at a time: two by one key would be in the file.
void PlanDialog::setSigning(bool isSigning)
{
    m_isSigning = isSigning;
    for (QPushButton *button : {m_approve, m_approveWithOpenPgp})
        button->setEnabled(m_file && !isSigning);
}

void PlanDialog::sign(const Async<PlanSignature> &signature)
{
    setSigning(true);
    m_message->sayForNow(MessageBar::Kind::Information,
                         tr("The plan is being signed. The key may ask for its passphrase, or to be touched."));
    whenDone(this, signature, [this](const Result<PlanSignature> &made) {
        if (made)
            add(*made);
        else
            endSigning(made.error());
    });
}

/// To the file as it is by now: somebody else may have signed it meanwhile.
void PlanDialog::add(const PlanSignature &signature)
{
    inOwnThread(
        this, [path = m_path, plan = m_file->plan, signature] { return addSignature(path, plan, signature); },
        [this](const Result<PlanFile> &file) {
            if (!file)
                return endSigning(file.error());
            setSigning(false);
            m_file = *file;
            m_message->say(MessageBar::Kind::Information,
                           tr("Your signature is in %1. Pass that file on.").arg(QDir::toNativeSeparators(m_path)));
            checkSignatures();
        });
}

void PlanDialog::endSigning(const Error &error)
{
    setSigning(false);
    m_message->say(MessageBar::Kind::Error, QStringList{error.sentence, error.hint}.join(QLatin1Char(' ')).trimmed());
}

} // namespace tidemark
