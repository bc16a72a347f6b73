#include "ui/wizard/keep_bar.h"

#include "base/later.h"
#include "cloud/cloud_client.h"
#include "preparation/wizard_context.h"
#include "restore/snapshot_keeping.h"
#include "session/session.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/time_text.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

KeepBar::KeepBar(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_button(new QPushButton(tr("&Keep it…")))
    , m_bar(new MessageBar)
{
    m_button->setObjectName(QStringLiteral("keepSnapshot"));
    m_button->setAutoDefault(false);
    m_bar->setObjectName(QStringLiteral("keepQuestion"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_button, 0, Qt::AlignLeft);
    layout->addWidget(m_bar);
    connect(m_button, &QPushButton::clicked, this, &KeepBar::ask);
    showState();
}

void KeepBar::showSnapshot(const Snapshot *snapshot)
{
    const bool isOther = (snapshot ? snapshot->id : SnapshotId()) != (m_snapshot ? m_snapshot->id : SnapshotId());
    m_snapshot = snapshot ? std::optional(*snapshot) : std::nullopt;
    if (isOther)
        m_bar->clear(); // what was asked or said was about another one
    showState();
}

void KeepBar::showState()
{
    const bool canBe = m_snapshot && mayGoBeforeItIsRead(*m_snapshot, m_context.now());
    m_button->setVisible(canBe);
    m_button->setEnabled(m_asked.isEmpty());
    setVisible(canBe || m_bar->isVisibleTo(this));
}

void KeepBar::ask()
{
    const Snapshot snapshot = *m_snapshot;
    const QDateTime until = keptUntil(m_context.now());
    m_bar->ask(
        MessageBar::Kind::Warning,
        tr("Have the server keep the snapshot of %1 until %2? It expires at %3 now. A snapshot that is kept for "
           "longer takes up room, and may cost, for as long.")
            .arg(utcAndLocalText(snapshot.created.time()), utcAndLocalText(until), utcAndLocalText(snapshot.expires)),
        {{tr("Keep it until then"), [this, snapshot, until] { keep(snapshot, until); }}, {tr("Not now"), {}}},
        snapshot.id.value);
    showState();
}

void KeepBar::keep(const Snapshot &snapshot, const QDateTime &until)
{
    const RestoreDraft &draft = m_context.draft();
    if (!m_asked.isEmpty() || !draft.cluster)
        return;
    m_asked = snapshot.id;
    m_bar->sayForNow(MessageBar::Kind::Information, tr("Asking the server to keep it…"));
    showState();
    whenDone(this,
             m_context.session().client().changeSnapshot(draft.project.id, draft.cluster->id, snapshot.id,
                                                         ExpireSnapshot{until}),
             [this, id = snapshot.id](const Result<Snapshot> &kept) {
                 m_asked = {};
                 const bool isShown = m_snapshot && m_snapshot->id == id;
                 // What the server says counts, and not what it was asked for.
                 if (isShown && kept && kept->doNotDelete)
                     m_bar->say(MessageBar::Kind::Information, tr("The server keeps it, without an end."));
                 else if (isShown && kept)
                     m_bar->say(MessageBar::Kind::Information,
                                tr("The server keeps it until %1.").arg(utcAndLocalText(kept->expires)));
                 else if (isShown)
                     m_bar->say(MessageBar::Kind::Error,
                                (kept.error().sentence + QLatin1Char(' ') + kept.error().hint).trimmed());
                 if (m_context.draft().mode)
                     m_context.loader().refresh(*m_context.draft().mode); // also after an answer that got lost
                 showState();
             });
}

} // namespace tidemark
