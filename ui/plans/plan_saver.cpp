#include "ui/plans/plan_saver.h"

#include "base/background.h"
#include "plans/plan_disk.h"
#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/plans/plan_note_dialog.h"
#include "ui/widgets/saved_file_bar.h"

#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

PlanSaver::PlanSaver(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_button(new QPushButton(tr("Save &plan…")))
    , m_message(new MessageBar)
    , m_saved(new SavedFileBar)
{
    m_button->setObjectName(QStringLiteral("savePlan"));
    m_button->setAutoDefault(false);
    m_button->setToolTip(tr("For later, or for somebody else. Whoever opens it goes through everything anew."));
    m_message->setObjectName(QStringLiteral("planMessage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_message);
    layout->addWidget(m_saved);
    connect(m_button, &QPushButton::clicked, this, &PlanSaver::askForNote);
}

/// Nothing, and said why, where it cannot be written.
std::optional<RestorePlan> PlanSaver::plan(const QString &note)
{
    m_message->clear();
    const auto plan =
        planOf(m_context.draft(), m_context.facts(), m_context.session().connection(), m_context.now(), note);
    if (plan)
        return *plan;
    m_message->say(MessageBar::Kind::Error, plan.error().sentence);
    return std::nullopt;
}

void PlanSaver::askForNote()
{
    m_saved->clear();
    if (!plan({}))
        return; // nobody writes a note to what cannot be planned
    auto *dialog = new PlanNoteDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { choose(dialog->note()); });
    dialog->open();
}

void PlanSaver::choose(const QString &note)
{
    const auto plan = this->plan(note);
    if (!plan)
        return;
    auto *dialog = new QFileDialog(window(), tr("Save plan"), QDir::homePath());
    dialog->setObjectName(QStringLiteral("savePlanDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Plan (*.%1)").arg(QLatin1String(PlanSuffix)));
    dialog->setDefaultSuffix(QLatin1String(PlanSuffix));
    dialog->selectFile(planFileName(*plan));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, file = PlanFile{*plan, {}}](const QString &path) { save(file, path); });
    dialog->open();
}

/// In a thread of its own: the disk may be a network's.
void PlanSaver::save(const PlanFile &file, const QString &path)
{
    inOwnThread(
        this, [file, path] { return writePlanTo(path, file); },
        [this, path](const Result<bool> &written) {
            if (written)
                m_saved->showSaved(tr("The plan is in %1. Nothing was ordered.").arg(QDir::toNativeSeparators(path)),
                                   path);
            else
                m_message->say(MessageBar::Kind::Error,
                               written.error().sentence + QLatin1Char(' ') + written.error().hint);
        });
}

} // namespace tidemark
