#include "ui/wizard/restorable_panel.h"

#include "preparation/wizard_context.h"
#include "session/session.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/wizard/ranges_strip.h"
#include "ui/wizard/restorable_text.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace tidemark {

RestorablePanel::RestorablePanel(WizardContext &context, QWidget *parent)
    : Panel(2.5, parent)
    , m_context(context)
    , m_icon(new LookIcon(QStringLiteral("point-in-time"), Ink::Text2, 4))
    , m_title(new LookLabel({}, TypeRole::Strong, Ink::Text, LookLabel::Wrap::Yes))
    , m_oplog(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_snapshot(new LookLabel({}, TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes))
    , m_problem(new LookLabel({}, TypeRole::Caption, Ink::Warn, LookLabel::Wrap::Yes))
    , m_strip(new RangesStrip)
{
    setObjectName(QStringLiteral("restorable"));
    m_title->setObjectName(QStringLiteral("restorableTitle"));
    m_oplog->setObjectName(QStringLiteral("restorableOplog"));
    m_snapshot->setObjectName(QStringLiteral("restorableSnapshot"));
    m_problem->setObjectName(QStringLiteral("restorableProblem"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(head);
    layout->addWidget(m_strip);
    for (LookLabel *line : {m_oplog, m_snapshot, m_problem})
        layout->addWidget(line);
    keepMeasures(this, [head, layout] {
        head->setSpacing(u(1.5));
        layout->setSpacing(u(0.75));
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(300);
    connect(&m_rest, &QTimer::timeout, this, &RestorablePanel::ask);
}

void RestorablePanel::ask()
{
    if (isVisible())
        m_context.loader().needRanges();
}

void RestorablePanel::showFacts()
{
    const std::optional<Cluster> &cluster = m_context.draft().cluster;
    const FactsLoader &loader = m_context.loader();
    const ClusterId id = cluster ? cluster->id : ClusterId();
    if (id != m_shown ||
        (cluster && loader.state(FactsLoader::Fact::Ranges) == FactsLoader::State::NotAsked && !m_rest.isActive()))
        m_rest.start();
    m_shown = id;
    RestorableText text;
    if (cluster) {
        const bool isNew = m_ranges.update(m_context.facts(), loader.revision(), m_context.now());
        const Catalogue &catalogue = m_context.session().catalogue();
        const Snapshot *latest = catalogue.latestSnapshot(id);
        text = restorableText(
            confirmationName(*cluster), m_context.facts(), loader.state(FactsLoader::Fact::Ranges), m_ranges.ranges(),
            {catalogue.isLatestSnapshotKnown(id), latest ? std::optional(*latest) : std::nullopt}, m_context.now());
        if (isNew)
            m_strip->setRanges(m_ranges.ranges());
    } else {
        text.title = tr("Choose a cluster, and what it can be restored to is shown here");
    }
    m_icon->setIcon(QStringLiteral("point-in-time"), text.isGood ? Ink::Run : Ink::Text2);
    m_title->setType(text.isGood ? TypeRole::Strong : TypeRole::Body);
    m_title->setText(text.title);
    m_strip->setVisible(text.isGood);
    const std::pair<LookLabel *, const QString &> lines[]{
        {m_oplog, text.oplog}, {m_snapshot, text.snapshot}, {m_problem, text.problem}};
    for (const auto &[label, words] : lines) {
        label->setText(words);
        label->setVisible(!words.isEmpty());
    }
}

} // namespace tidemark
